import { z } from 'zod';
import { CALCULATORS, STATISTICS } from './calculators/calculator.ts';
import { COMPARED_WITH, TREATED_BY } from './people-study.ts';
import { CADENCES, COVARIATES, DESIGNS, SUBJECTS } from './model.ts';

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'impact.field.month');

const limit = z.number().min(-9_999_999_999).max(9_999_999_999).optional();
const description = {
	name: z.string().trim().min(3).max(200),
	source: z.string().trim().min(3).max(300),
	/** Who answers for the figures: a unit by code or name, a person by NIP. */
	ownerUnit: z.string().trim().min(1).max(300).optional(),
	ownerNip: z.string().trim().min(1).max(30).optional(),
	/** Between which values a figure can be true. */
	lowest: limit,
	highest: limit
};
const definition = z.string().trim().min(5).max(4000);
const reason = z.string().trim().min(5, 'impact.field.reason').max(500, 'impact.field.reason');

export const CreateIndicator = z.object({
	code: z
		.string()
		.trim()
		.regex(/^[A-Za-z0-9._-]{2,20}$/, 'impact.field.code'),
	...description,
	unitOfMeasure: z.string().trim().min(1).max(40),
	better: z.enum(['lower', 'higher']),
	cadence: z.enum(CADENCES).default('month'),
	/** Stays as it is once there are figures. */
	subject: z.enum(SUBJECTS).default('unit'),
	definition: definition.optional(),
	competencyId: z.uuid().optional()
});

export const ChangeIndicator = z.object({
	indicatorId: z.uuid(),
	...description,
	/** Only as long as there are no figures. */
	subject: z.enum(SUBJECTS).optional()
});

/** `from` is the first period in whatever writing, the one that is measured so. */
export const RedefineIndicator = z.object({
	indicatorId: z.uuid(),
	definition,
	from: z.string().max(40).optional(),
	reason: reason.optional()
});

export const RetireIndicator = z.object({ indicatorId: z.uuid(), retired: z.boolean() });

/** Rows at a time: a city's indicator of 20 years is 21 × 240; a province's file of everything fits. */
export const MOST_ROWS = 60_000;
/** A year of months of a city's people. */
export const MOST_PEOPLE_ROWS = 200_000;

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
				/** 2026-03, 03/2026, 1 Maret 2026, TW I 2026 … */
				month: z.string().max(40),
				value: z.union([z.number(), z.string().max(40)])
			})
		)
		.min(1, 'impact.import.empty')
		.max(MOST_ROWS, 'impact.import.tooMany'),
	/** Why values that stand already become others; needed only then. */
	reason: reason.optional()
});

const personRow = z.object({
	line: z.number().int().optional(),
	/** 18 digits, however they are spaced. */
	nip: z.string().max(60),
	month: z.string().max(40),
	value: z.union([z.number(), z.string().max(40)])
});

/** Figures of people as a spreadsheet or a machine gives them; what each cell means is found out by `readPeopleMeasurements`. */
export const PeopleMeasurements = z.object({
	indicatorId: z.uuid(),
	rows: z.array(personRow).min(1, 'impact.import.empty').max(MOST_PEOPLE_ROWS, 'impact.import.tooManyPeople'),
	reason: reason.optional()
});

/** A register of services as it stands in its file: of each line only the officer's NIP, the day and the count are looked at. */
export const CountServices = z.object({
	indicatorId: z.uuid(),
	table: z
		.array(z.object({ row: z.number().int(), cells: z.array(z.string().max(32_767)).max(1000) }))
		.min(1, 'impact.import.empty')
		.max(MOST_PEOPLE_ROWS, 'impact.import.tooManyPeople')
});

/** The predicates of some years, out of the records of people. */
export const TakePredicates = z.object({
	indicatorId: z.uuid(),
	from: z.number().int().min(2015).max(2200),
	to: z.number().int().min(2015).max(2200),
	reason: reason.optional()
});

/** A log, survey or list as it stands in its file: only the columns that the calculator names are looked at. */
export const CalculateMeasurements = z.object({
	indicatorId: z.uuid(),
	calculator: z.enum(CALCULATORS),
	statistic: z.enum(STATISTICS).default('median'),
	table: z
		.array(z.object({ row: z.number().int(), cells: z.array(z.string().max(32_767)).max(1000) }))
		.min(1, 'impact.import.empty')
		.max(MOST_ROWS, 'impact.import.tooMany')
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
				/** An applicant's part is decided by lot; left open: takes no part. */
				role: z.enum(['treated', 'comparison', 'applicant']).optional(),
				from: month.optional()
			})
		)
		.max(2000)
		.default([]),
	/** Who takes part where the indicator is of people. */
	people: z
		.object({
			treatedBy: z.enum(TREATED_BY),
			comparedWith: z.enum(COMPARED_WITH).optional(),
			/** Days between which the program's classes ended, or of applicants began. */
			from: z.iso.date().optional(),
			to: z.iso.date().optional(),
			/** By name, or as rows of a list: NIP and part. */
			listed: z
				.array(
					z.object({
						line: z.number().int().optional(),
						nip: z.string().max(60),
						role: z.enum(['treated', 'comparison', 'applicant']),
						from: month.optional()
					})
				)
				.max(20_000)
				.optional()
		})
		.optional(),
	/** Months looked at before the start and from it on; all when left open. */
	monthsBefore: z.number().int().min(2).max(120).optional(),
	monthsAfter: z.number().int().min(1).max(120).optional(),
	covariates: z.array(z.enum(COVARIATES)).max(6).optional(),
	spillover: z.string().trim().min(3).max(500).optional(),
	/** Looked at beside the first indicator; a placebo is one that the training should not move. */
	outcomes: z
		.array(
			z.object({
				indicatorId: z.uuid(),
				/** Left open: not looked at. */
				kind: z.enum(['outcome', 'placebo']).optional()
			})
		)
		.max(200)
		.optional()
});

/** A draft's whole plan again; what is left open is empty. Of a drawn lottery without who takes part. */
export const ChangeStudy = CreateStudy.extend({ studyId: z.uuid() });

export const DrawLots = z.object({
	studyId: z.uuid(),
	places: z.number().int().min(1).max(19_999),
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
