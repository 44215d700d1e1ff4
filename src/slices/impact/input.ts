import { z } from 'zod';
import { COVARIATES, DESIGNS } from './model.ts';

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'impact.field.month');

export const CreateIndicator = z.object({
	code: z
		.string()
		.trim()
		.regex(/^[A-Za-z0-9._-]{2,20}$/, 'impact.field.code'),
	name: z.string().trim().min(3).max(200),
	unitOfMeasure: z.string().trim().min(1).max(40),
	better: z.enum(['lower', 'higher']),
	source: z.string().trim().min(3).max(300),
	competencyId: z.uuid().optional()
});

/** Measurements as a spreadsheet or a machine gives them; what each cell means is found out by `readMeasurements`. */
export const Measurements = z.object({
	indicatorId: z.uuid(),
	rows: z
		.array(
			z.object({
				/** Line in the file, to find it again. */
				line: z.number().int().optional(),
				/** id, code or name of the unit */
				unit: z.string().max(300),
				/** 2026-03, 03/2026, 1 Maret 2026 … */
				month: z.string().max(40),
				value: z.union([z.number(), z.string().max(40)])
			})
		)
		.min(1, 'impact.import.empty')
		.max(5000, 'impact.import.tooMany')
});

export const CreateStudy = z.object({
	indicatorId: z.uuid(),
	programId: z.uuid(),
	planLineId: z.uuid().optional(),
	question: z.string().trim().min(5).max(500),
	design: z.enum(DESIGNS),
	smallestUseful: z.number().positive().max(1_000_000_000).optional(),
	/** Month from which on the trained units count as trained, unless a unit has its own. */
	startsFrom: month.optional(),
	units: z
		.array(
			z.object({
				unitId: z.uuid(),
				/** An applicant's part is decided by lot. */
				role: z.enum(['treated', 'comparison', 'applicant']),
				from: month.optional()
			})
		)
		.min(1, 'impact.study.noUnits')
		.max(2000),
	/** Months looked at before the start and from it on; all when left open. */
	monthsBefore: z.number().int().min(2).max(120).optional(),
	monthsAfter: z.number().int().min(1).max(120).optional(),
	covariates: z.array(z.enum(COVARIATES)).max(3).optional(),
	spillover: z.string().trim().min(3).max(500).optional(),
	/** Looked at beside the first indicator; a placebo is one that the training should not move. */
	outcomes: z
		.array(z.object({ indicatorId: z.uuid(), kind: z.enum(['outcome', 'placebo']) }))
		.max(10)
		.optional()
});

export const DrawLots = z.object({
	studyId: z.uuid(),
	places: z.number().int().min(1).max(1999),
	/** Said aloud before the draw, by dice or a newspaper's number; else the machine takes one. */
	seed: z.number().int().min(0).max(4_294_967_295).optional()
});

export const AmendStudy = z.object({
	studyId: z.uuid(),
	words: z.string().trim().min(5).max(2000),
	reason: z.string().trim().min(5).max(1000)
});

export const CommentStudy = z.object({ studyId: z.uuid(), words: z.string().trim().min(5).max(2000) });

export const OneStudy = z.object({ studyId: z.uuid() });
