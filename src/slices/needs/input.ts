import { z } from 'zod';
import { isValidDate } from '#kernel/time.ts';

const day = z.string().refine(isValidDate, 'kernel.field.date');
const level = z.number().int().min(0).max(5);

export const CreateCampaign = z
	.object({
		name: z.string().trim().min(3).max(120),
		year: z.number().int().min(2000).max(2100),
		opensOn: day,
		closesOn: day
	})
	.refine(({ opensOn, closesOn }) => closesOn >= opensOn, {
		path: ['closesOn'],
		message: 'needs.campaign.closesBeforeOpens'
	});

export const OneCampaign = z.object({ campaignId: z.uuid() });

export const SetEstimator = z.object({
	driftPerYear: z.number().min(0).max(2),
	oldestYears: z.number().min(0.5).max(15),
	priorWeight: z.number().int().min(1).max(10_000),
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
