import { z } from 'zod';
import { ADOPTION, HORIZONS, MILESTONE_STATES, OBSTACLES, SMALLEST_GROUP } from './model.ts';

const Step = z.object({ what: z.string().trim().min(3).max(500), dueOn: z.iso.date() });
const filled = (step: unknown): boolean =>
	typeof step === 'object' &&
	step !== null &&
	Object.values(step).some((value) => value !== undefined && value !== '');

/** Rows left empty are not steps. */
const Steps = z.preprocess((list) => (Array.isArray(list) ? list.filter(filled) : []), z.array(Step).max(10));

const Milestone = z.object({
	horizon: z.enum(HORIZONS),
	target: z.string().trim().min(3).max(500),
	months: z.number().int().min(1).max(60)
});
/** A horizon without a target is none, whatever its usual months say. */
const Milestones = z.preprocess(
	(list) =>
		Array.isArray(list)
			? list.filter(
					(one: unknown) => typeof one === 'object' && one !== null && 'target' in one && one.target !== ''
				)
			: [],
	z
		.array(Milestone)
		.max(HORIZONS.length)
		.refine((list) => new Set(list.map(({ horizon }) => horizon)).size === list.length)
);

export const SavePlan = z.object({
	classId: z.uuid(),
	goal: z.string().trim().max(1000).default(''),
	indicator: z.string().trim().max(500).default(''),
	steps: Steps,
	/** What is needed from others. */
	support: z.string().trim().max(1000).default(''),
	/** Impact indicator that it should move. */
	indicatorId: z.uuid().nullish(),
	/** Title of a change project; without one the milestones are not kept. */
	project: z.string().trim().min(3).max(300).optional(),
	milestones: Milestones.prefault([]),
	/** Saved only, or sent to the supervisor as well. */
	submit: z.boolean().default(false)
});

export const DecidePlan = z
	.object({
		actionPlanId: z.uuid(),
		decision: z.enum(['approved', 'returned']),
		note: z.string().trim().max(1000).default('')
	})
	.refine((typed) => typed.decision === 'approved' || typed.note.length >= 5, {
		path: ['note'],
		message: 'followup.decide.noteNeeded'
	});

export const TickStep = z.object({ actionPlanId: z.uuid(), stepId: z.uuid(), done: z.boolean() });

const Upload = z.object({ name: z.string().max(200), bytes: z.instanceof(Uint8Array<ArrayBufferLike>) });

export const CheckIn = z.object({
	actionPlanId: z.uuid(),
	progress: z.number().int().min(0).max(100),
	note: z.string().trim().min(3).max(2000),
	obstacle: z.enum(OBSTACLES).nullish(),
	photo: Upload.nullish(),
	/** Small picture that the device made of the photo. */
	thumb: Upload.nullish(),
	/** By the device's clock, in epoch milliseconds: when it was sent off there, however long it waited for a line. */
	writtenAt: z.number().int().nullish()
});

export const SayMilestone = z.object({
	actionPlanId: z.uuid(),
	horizon: z.enum(HORIZONS),
	state: z.enum(MILESTONE_STATES)
});

export const AdoptProject = z.object({
	actionPlanId: z.uuid(),
	months: z.union([z.literal(3), z.literal(6), z.literal(12)]),
	answer: z.enum(ADOPTION),
	note: z.string().trim().max(1000).default('')
});

export const AnswerCheckIn = z.object({
	checkInId: z.uuid(),
	answer: z.string().trim().min(1).max(2000)
});

const Level = z.coerce.number().int().min(0).max(5);
export const Rate = z.object({
	evaluationId: z.uuid(),
	ratings: z
		.array(z.object({ competencyId: z.uuid(), before: Level, now: Level }))
		.min(1)
		.max(40)
});

/** None, or enough that something of them may be shown. */
const Group = z
	.number()
	.int()
	.min(0)
	.max(10)
	.refine((asked) => asked === 0 || asked >= SMALLEST_GROUP, 'followup.set.group');
export const SetFollowUp = z.object({
	programId: z.uuid().nullish(),
	// One message for the one field, whichever of its days is wrong.
	checkInDays: z
		.array(z.number(), 'followup.set.daysWrong')
		.min(1, 'followup.set.daysWrong')
		.max(6, 'followup.set.daysWrong')
		.refine(
			(days) =>
				new Set(days).size === days.length &&
				days.every((day) => Number.isInteger(day) && day >= 7 && day <= 400),
			'followup.set.daysWrong'
		),
	evaluateAfterDays: z.number().int().min(30).max(400),
	evaluateForDays: z.number().int().min(7).max(90),
	peers: Group,
	subordinates: Group,
	remindEveryDays: z.number().int().min(2).max(30),
	mostReminders: z.number().int().min(0).max(5)
});
