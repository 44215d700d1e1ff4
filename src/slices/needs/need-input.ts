import { z } from 'zod';
import { isPostLevel } from '#kernel/posts.ts';
import { isValidDate } from '#kernel/time.ts';
import { MOST_LINES } from './idp.ts';
import { GOAL_SOURCES, OUTCOMES, WANTED_FORMS } from './need-model.ts';
import { participantsOf } from './participant.ts';
import { FACTORS } from './priority.ts';

const id = z.uuid();
const text = (shortest: number, longest: number) => z.string().trim().min(shortest).max(longest);
const year = z.number().int().min(2000).max(2100);
const day = z.string().refine(isValidDate, 'kernel.field.date');
const note = z.string().trim().max(1000).default('');
// From a list to choose from: what is missing was not chosen.
const quarter = z.coerce.number('kernel.field.choose').int().min(1).max(4);
/** As it is stored: two decimals, so that what is compared here is what the database compares. */
const measure = z
	.number()
	.min(-999_999_999_999)
	.max(999_999_999_999)
	.transform((value) => Number(value.toFixed(2)));
const score = z.number().min(1, 'needs.need.scoreRange').max(4, 'needs.need.scoreRange');

const serviceFacts = {
	year,
	half: z.coerce.number().int().min(0).max(2),
	respondents: z.number().int().min(1).max(10_000_000),
	scores: z.array(score).length(9, 'needs.need.nineScores'),
	source: text(3, 200)
};
export const RecordService = z.object({ unitId: id, ...serviceFacts });
export const ImportServices = z.object({
	rows: z
		.array(z.object({ line: z.number().int(), unit: z.string().trim().min(1), ...serviceFacts }))
		.min(1, 'needs.need.noRows')
		.max(2000)
});

export const AddGoal = z
	.object({
		unitId: id,
		goal: text(5, 500),
		source: z.enum(GOAL_SOURCES),
		weight: z.number().min(0).max(2),
		yearFrom: year,
		yearTo: year,
		competencyId: id.optional()
	})
	.refine((goal) => goal.yearTo >= goal.yearFrom, {
		path: ['yearTo'],
		message: 'needs.need.yearsTurned'
	});
export const EndGoal = z.object({ goalId: id });

export const RecordPerformance = z
	.object({
		nip: z.string().trim().min(1),
		year,
		kind: z.enum(['predicate', 'target']),
		predicate: z.coerce.number().int().min(3).max(5).optional(),
		item: text(3, 300).optional(),
		target: measure.optional(),
		reached: measure.optional(),
		source: text(3, 200)
	})
	.refine((one) => one.kind !== 'predicate' || one.predicate !== undefined, {
		path: ['predicate'],
		message: 'kernel.field.required'
	})
	.refine(
		(one) =>
			one.kind !== 'target' ||
			(one.item !== undefined &&
				one.target !== undefined &&
				one.reached !== undefined &&
				one.reached < one.target),
		{ path: ['reached'], message: 'needs.need.notBelow' }
	);

const exponent = z.number().min(0, 'needs.priority.weightRange').max(3, 'needs.priority.weightRange');
export const SetPriorityRule = z
	.object({
		probability: exponent,
		size: exponent,
		importance: exponent,
		reach: exponent,
		goal: exponent,
		sizeFull: z.number().min(0.5, 'needs.priority.sizeRange').max(5, 'needs.priority.sizeRange'),
		reachFull: z
			.number()
			.int('needs.priority.reachRange')
			.min(2, 'needs.priority.reachRange')
			.max(1_000_000, 'needs.priority.reachRange'),
		validFrom: day,
		reason: text(3, 500)
	})
	// Anything to the power of nothing is one: every need would stand first.
	.refine((rule) => FACTORS.some((factor) => rule[factor] > 0), {
		path: [FACTORS[0]],
		message: 'needs.priority.allIgnored'
	});
/** Which dated rules: weights of the ranking, importance of competencies, settings of the estimator. */
export const WithdrawRule = z.object({ of: z.enum(['weights', 'importance', 'estimator']), ruleId: id });
export const SetImportance = z.object({
	competencyId: id,
	/** Absent or empty: all posts. */
	postLevel: z
		.string()
		.trim()
		.refine((code) => code === '' || isPostLevel(code), 'kernel.field.choose')
		.optional(),
	importance: z.number().min(0, 'needs.importance.range').max(2, 'needs.importance.range'),
	validFrom: day,
	reason: text(3, 500)
});

const needFacts = {
	people: z.number().int().min(1).max(100_000),
	form: z.enum(WANTED_FORMS),
	quarter,
	reason: text(5, 1000)
};
/** A line of the ranking; what it rests on is read, never typed. */
export const TakeNeed = z.object({ unitId: id, campaignId: id, subject: z.string().max(80), ...needFacts });
export const PassOver = z.object({
	unitId: id,
	campaignId: id,
	subject: z.string().max(80),
	reason: text(5, 1000)
});
export const AddNeed = z.object({ unitId: id, year, topic: text(3, 200), ...needFacts });
export const ChangeNeed = z.object({ proposalId: id, topic: text(3, 200).optional(), ...needFacts });
export const OneNeed = z.object({ proposalId: id, note });
export const ManyNeeds = z.object({
	proposalIds: z.array(id, 'needs.need.chooseSome').min(1, 'needs.need.chooseSome').max(500),
	step: z.enum(['verified', 'revise', 'merge']),
	note
});

export const OpenForum = z.object({
	title: text(3, 200),
	year,
	heldOn: day,
	place: text(2, 200),
	chair: text(2, 200),
	/** One a line: name, comma, whom they speak for. */
	participants: text(3, 5000).refine((all) => participantsOf(all) !== null, 'needs.forum.participantName')
});
export const PutOnAgenda = z.object({
	forumId: id,
	proposalIds: z.array(id, 'needs.need.chooseSome').min(1, 'needs.need.chooseSome').max(500)
});
export const DecideInForum = z.object({
	forumId: id,
	items: z
		.array(
			z.object({
				proposalId: id,
				outcome: z.enum(OUTCOMES).optional(),
				note: z.string().trim().max(1000).default('')
			})
		)
		.min(1)
		.max(500)
});
export const CloseForum = z.object({ forumId: id, number: text(3, 100) });

const idpLine = z.object({
	competencyId: id.optional(),
	topic: text(3, 200),
	form: z.enum(WANTED_FORMS),
	learningHours: z.number().min(0.1, 'needs.idp.hoursRange').max(400, 'needs.idp.hoursRange'),
	quarter,
	reason: text(3, 500)
});
export const SaveIdp = z.object({
	year,
	careerTarget: z.string().trim().max(300).default(''),
	/** Null: a place on the form that was left empty. */
	lines: z.array(idpLine.nullable()).max(MOST_LINES, 'needs.idp.tooMany').default([]),
	/** Goes to the supervisor as it stands now. */
	handIn: z.boolean().default(false)
});
export const SubmitIdp = z.object({ idpId: id });
export const DecideIdp = z.object({ idpId: id, decision: z.enum(['agreed', 'revise', 'declined']), note });

export const REPORT_KINDS = [
	'akpk_pdf',
	'akpk_xlsx',
	'a4q1_pdf',
	'a4q1_xlsx',
	'a4q2_pdf',
	'a4q2_xlsx'
] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];
export const MakeReport = z.object({ campaignId: id, kind: z.enum(REPORT_KINDS) });
