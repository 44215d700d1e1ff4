import { z } from 'zod';
import { OBSTACLES } from './model.ts';

const Step = z.object({ what: z.string().trim().min(3).max(500), dueOn: z.iso.date() });
const filled = (step: unknown): boolean =>
	typeof step === 'object' &&
	step !== null &&
	Object.values(step).some((value) => value !== undefined && value !== '');

/** Rows left empty are not steps. */
const Steps = z.preprocess((list) => (Array.isArray(list) ? list.filter(filled) : []), z.array(Step).max(10));

export const SavePlan = z.object({
	classId: z.uuid(),
	goal: z.string().trim().max(1000).default(''),
	indicator: z.string().trim().max(500).default(''),
	steps: Steps,
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

export const CheckIn = z.object({
	actionPlanId: z.uuid(),
	progress: z.number().int().min(0).max(100),
	note: z.string().trim().min(3).max(2000),
	obstacle: z.enum(OBSTACLES).nullish(),
	photo: z.object({ name: z.string().max(200), bytes: z.instanceof(Uint8Array<ArrayBufferLike>) }).nullish()
});

export const AnswerCheckIn = z.object({
	checkInId: z.uuid(),
	answer: z.string().trim().min(1).max(2000)
});
