import { z } from 'zod';
import { DECISIONS, SEVERITIES, FORMS, LINK_DAYS, MODES } from './model.ts';

const Id = z.uuid();
const Text = (maximum: number, minimum = 1) => z.string().trim().min(minimum).max(maximum);

export const CreateProgram = z.object({
	code: z
		.string()
		.trim()
		.toUpperCase()
		.regex(/^[A-Z0-9][A-Z0-9-]{1,19}$/, 'programs.program.codeForm'),
	name: Text(200, 3),
	form: z.enum(FORMS),
	goal: z.string().trim().max(1000).default('')
});

export const SetAttendance = z.object({ programId: Id, percent: z.number().int().min(0).max(100) });

export const DraftVersion = z.object({ programId: Id, reason: Text(1000, 5) });

const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

/**
 * Rows of a form: one in which none of `telling` is filled counts as not there, but keeps its place until the others
 * are checked, so that what is wrong is said beside the row it is in.
 */
const rowsOf = <Row extends z.ZodType>(row: Row, telling: readonly string[], maximum: number) =>
	z
		.array(
			z.preprocess(
				(value) =>
					typeof value === 'object' &&
					value !== null &&
					telling.every((name) => isEmpty(Reflect.get(value, name)))
						? null
						: value,
				row.nullable()
			)
		)
		.max(maximum)
		.default([])
		.transform((rows) => rows.flatMap((filled) => (filled === null ? [] : [filled])));

const hasTwoDecimals = (value: number) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6;

export const ModuleRow = z.object({
	id: Id.optional(),
	name: Text(200, 2),
	learningHours: z
		.number()
		.positive('programs.module.hours')
		.max(2000)
		.refine(hasTwoDecimals, 'programs.module.hours'),
	mode: z.enum(MODES)
});

export const OutcomeRow = z.object({
	id: Id.optional(),
	statement: Text(500, 5),
	competencyId: Id,
	level: z.coerce.number().int().min(1).max(5)
});

/** `revision` is that of the version the form was made from. */
export const SaveVersion = z.object({
	versionId: Id,
	revision: z.coerce.number().int(),
	reason: z.string().trim().max(1000).default(''),
	modules: rowsOf(ModuleRow, ['name', 'learningHours'], 100),
	outcomes: rowsOf(OutcomeRow, ['statement', 'competencyId'], 60)
});

export const AskReview = z.object({
	versionId: Id,
	partner: Text(200, 2),
	organisation: Text(200, 2),
	question: z.string().trim().max(2000).default(''),
	days: z.coerce
		.number()
		.refine((days) => LINK_DAYS.some((known) => known === days), 'kernel.field.choose')
		.default(14)
});

export const RevokeReview = z.object({ invitationId: Id });
export const Advise = z.object({ advice: Text(5000, 10) });
export const DecideAdvice = z.object({ adviceId: Id, decision: z.enum(DECISIONS), answer: Text(2000, 5) });
export const PutInForce = z.object({ versionId: Id, revision: z.coerce.number().int() });

export const AskChange = z.object({
	changeId: Id,
	versionId: Id,
	wording: Text(500, 10),
	evidence: z.string().max(2000),
	severity: z.enum(SEVERITIES)
});
export const DecideChange = z.object({ changeId: Id, decision: z.enum(DECISIONS), answer: Text(2000, 5) });
