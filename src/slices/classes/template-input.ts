import { z } from 'zod';
import { isValidDate } from '#kernel/time.ts';
import { APPROVALS, CLASS_MODES, FACILITATOR_KINDS, POST_KINDS, SESSION_MODES } from './model.ts';

const id = z.uuid();
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'classes.field.clock' });
const name = z.string().trim().min(3).max(200);

/** A line of the form that was left empty is no session: it has no topic. */
const session = z.object({
	day: z.number().int().min(1).max(400).optional(),
	weekend: z.boolean().default(false),
	from: clock.optional(),
	minutes: z.number().int().min(1).max(960).optional(),
	topic: z.string().trim().max(200).default(''),
	teaches: z.boolean().default(false),
	module: z.string().trim().max(300).optional(),
	mode: z.enum(SESSION_MODES).default('class'),
	place: z.string().trim().max(200).default(''),
	/** A room of the agency, 'any' for whichever is free and large enough. */
	room: z.union([z.literal('any'), id]).optional(),
	lead: z.enum(FACILITATOR_KINDS).optional(),
	second: z.enum(FACILITATOR_KINDS).optional()
});
export type TemplateSession = Omit<z.output<typeof session>, 'day' | 'from' | 'minutes'> & {
	day: number;
	from: string;
	minutes: number;
};

export const SaveTemplate = z.object({
	/** Left out: a new one. */
	templateId: id.optional(),
	seen: z.number().int().optional(),
	name,
	purpose: z.string().trim().max(500).default(''),
	programId: id.optional(),
	form: z.string().trim().max(10).optional(),
	mode: z.enum(CLASS_MODES),
	seats: z.number().int().min(1).max(10_000),
	place: z.string().trim().max(200).default(''),
	approval: z.enum(APPROVALS).default('supervisor'),
	asksDays: z.number().int().min(0).max(365).optional(),
	answerHours: z.number().int().min(1).max(720).optional(),
	attendancePercent: z.number().int().min(0).max(100).optional(),
	prerequisites: z.array(id).max(10).default([]),
	quotas: z
		.array(
			z.object({
				unitId: id.optional(),
				postKind: z.enum(POST_KINDS).optional(),
				most: z.number().int().min(1).max(10_000).optional()
			})
		)
		.max(30)
		.default([])
		.superRefine((quotas, context) => {
			for (const [index, it] of quotas.entries()) {
				const somebody = it.unitId !== undefined || it.postKind !== undefined;
				if (somebody === (it.most !== undefined)) continue;
				context.addIssue({
					code: 'custom',
					path: [index, 'most'],
					message: somebody ? 'classes.seatRules.quotaWithoutSeats' : 'classes.seatRules.quotaOfNobody'
				});
			}
		}),
	sessions: z
		.array(session)
		.max(100)
		.transform((sessions, context): TemplateSession[] =>
			sessions.flatMap((it, index) => {
				if (it.topic === '') return [];
				const { day, from, minutes } = it;
				if (day !== undefined && from !== undefined && minutes !== undefined)
					return [{ ...it, day, from, minutes }];
				const path = day === undefined ? 'day' : from === undefined ? 'from' : 'minutes';
				context.addIssue({
					code: 'custom',
					path: [index, path],
					message: 'classes.template.sessionIncomplete'
				});
				return [];
			})
		)
});

export const MakeTemplate = z.object({ classId: id, name, purpose: z.string().trim().max(500).default('') });
/** One of those that Asah ships (class-templates.json), as a template of the agency's own. */
export const TakeTemplate = z.object({ choice: z.string().max(40) });
export const RetireTemplate = z.object({ templateId: id, retired: z.boolean() });

export const HoldTemplate = z
	.object({
		templateId: id,
		programId: id.optional(),
		planLineId: id.optional(),
		name,
		startsOn: z.string().refine(isValidDate, { message: 'kernel.field.date' }),
		seats: z.number().int().min(1).max(10_000).optional(),
		/** Who teaches in which part; left empty, the part stays open. */
		teachers: z
			.array(
				z.object({
					kind: z.enum(FACILITATOR_KINDS),
					nip: z
						.string()
						.transform((text) => text.replace(/[\s.]/g, ''))
						.refine((text) => /^\d{18}$/.test(text), { message: 'classes.field.nip' })
						.optional()
				})
			)
			.max(8)
			.default([])
	})
	.refine((it) => it.programId !== undefined || it.planLineId !== undefined, {
		path: ['programId'],
		message: 'classes.template.programNeeded'
	});
