import { z } from 'zod';
import { isPostLevel } from '#kernel/posts.ts';
import { isValidDate } from '#kernel/time.ts';
import { RATERS } from './instrument.ts';

const day = z.string().refine(isValidDate, 'kernel.field.date');
const level = z.number().int().min(0).max(5);

export const CreateCampaign = z
	.object({
		name: z.string().trim().min(3).max(120),
		year: z.number().int().min(2000).max(2100),
		opensOn: day,
		closesOn: day,
		/** What it asks; absent: only levels, of oneself and by the supervisor. */
		instrumentVersionId: z.uuid().optional()
	})
	.refine(({ opensOn, closesOn }) => closesOn >= opensOn, {
		path: ['closesOn'],
		message: 'needs.campaign.closesBeforeOpens'
	});

export const OneCampaign = z.object({ campaignId: z.uuid() });

export const SetEstimator = z.object({
	driftPerYear: z.number().min(0, 'needs.estimator.driftRange').max(2, 'needs.estimator.driftRange'),
	oldestYears: z.number().min(0.5, 'needs.estimator.oldestRange').max(15, 'needs.estimator.oldestRange'),
	priorWeight: z
		.number()
		.int('needs.estimator.weightRange')
		.min(1, 'needs.estimator.weightRange')
		.max(10_000, 'needs.estimator.weightRange'),
	reason: z.string().trim().min(3).max(500),
	validFrom: day
});

export const RateSelf = z.object({ campaignId: z.uuid(), competencyId: z.uuid(), level });

export const RateTeam = z.object({
	campaignId: z.uuid(),
	personId: z.uuid(),
	/** One cell or a whole row of the sheet. Cells left empty on the screen are not sent. */
	levels: z
		.array(z.object({ competencyId: z.uuid(), level }))
		.min(1, 'needs.rate.nothing')
		.max(100)
		.refine((all) => new Set(all.map((one) => one.competencyId)).size === all.length, 'needs.rate.twice')
});

export const SetUpCampaign = z.object({
	campaignId: z.uuid(),
	instrumentVersionId: z.uuid().optional(),
	raters: z.array(z.enum([...RATERS, 'assessment'])).min(1, 'needs.campaign.noRater'),
	peers: z.number().int().min(3).max(10).default(3),
	subordinates: z.number().int().min(3).max(10).default(5),
	mostPerRater: z.number().int().min(1).max(20).default(6),
	/** Whom peers and subordinates rate, by kind of post; empty: everybody. */
	groupPostKinds: z.array(z.enum(['structural', 'functional', 'general'])).default([]),
	adjustUntil: day.optional(),
	quotaPercent: z.number().int().min(1).max(100).default(80),
	unitIds: z.array(z.uuid()).max(200).default([]),
	postKinds: z.array(z.enum(['structural', 'functional', 'general'])).default([]),
	employmentKinds: z.array(z.enum(['PNS', 'CPNS', 'PPPK', 'PPPK_PARUH_WAKTU'])).default([]),
	postLevels: z.array(z.string().refine(isPostLevel, 'kernel.field.choose')).default([])
});

export const ChangePeer = z.object({ campaignId: z.uuid(), personId: z.uuid(), raterId: z.uuid() });

export const AnswerItems = z.object({
	campaignId: z.uuid(),
	/** About whom; absent: about oneself. */
	personId: z.uuid().optional(),
	as: z.enum(RATERS).default('self'),
	answers: z
		.array(
			z.object({
				itemId: z.uuid(),
				competencyId: z.uuid().optional(),
				number: z.number().int().optional(),
				mastery: z.number().int().optional(),
				words: z.string().max(2000).optional(),
				codes: z.array(z.string().max(60)).max(20).optional()
			})
		)
		.min(1, 'needs.rate.nothingYet')
		.max(200)
		.refine(
			(all) => new Set(all.map((one) => `${one.itemId} ${one.competencyId ?? ''}`)).size === all.length,
			'needs.rate.twice'
		)
});
