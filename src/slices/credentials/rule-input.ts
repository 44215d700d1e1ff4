import { z } from 'zod';
import { LEADERSHIP_LEVELS } from './leadership.ts';
import { ROUNDINGS } from './jp.ts';
import { YEARS_BY } from './jp-setting.ts';
import { SANCTIONS } from './ip-asn.ts';

const FormCode = z.string().regex(/^(PD|KL|NK)\d{2}$/, 'kernel.field.choose');
const LegalBasis = z.string().trim().min(5).max(200);
const Jp = z.number().positive().max(1000);

/** The agency's own rate of a form from a day on, with the decree that says so. */
export const SetJpRate = z.object({
	code: FormCode,
	basis: z.enum(['programme', 'perDay', 'perTime', 'capPerDay', 'perSemester']),
	/** JP of a day, a time or a semester. */
	domestic: Jp.optional(),
	abroad: Jp.optional(),
	abroadFactor: z.number().min(1).max(3).optional(),
	capPerDay: z.number().positive().max(24).optional(),
	capPerMonth: z.number().int().min(1).max(31).optional(),
	validFrom: z.iso.date(),
	legalBasis: LegalBasis
});

export const SetJpSetting = z.object({
	yearBy: z.enum(YEARS_BY),
	rounding: z.enum(ROUNDINGS),
	validFrom: z.iso.date(),
	legalBasis: LegalBasis
});

const Points = z.number().min(0).max(100);
const Competence = z.object({
	post: Points.optional(),
	hours: Points.optional(),
	seminar: Points.optional()
});

/** A whole version of the rules of the index. */
export const SetIpRules = z.object({
	name: z.string().trim().min(3).max(120),
	legalBasis: LegalBasis,
	validFrom: z.iso.date(),
	employmentKinds: z.array(z.enum(['PNS', 'PPPK', 'PPPK_PARUH_WAKTU'])).min(1, 'kernel.field.choose'),
	hoursNeeded: z.number().positive().max(500),
	seminarYears: z.number().int().min(1).max(5),
	seminarForms: z.array(FormCode).min(1, 'kernel.field.choose'),
	higherLevelCounts: z.boolean().default(false),
	disciplineYears: z.number().int().min(1).max(50).nullish().default(null),
	/** Words, with commas between them. */
	untrainedPosts: z.string().max(2000).default(''),
	qualification: z.record(z.string(), Points),
	competence: z.object({ structural: Competence, functional: Competence, general: Competence }),
	performance: z.record(z.string(), Points),
	discipline: z.object({ none: Points, light: Points, medium: Points, heavy: Points }),
	categories: z.object({ veryHigh: Points, high: Points, medium: Points, low: Points, veryLow: Points })
});

export const MeasureIp = z.object({ year: z.number().int().min(2019).max(2100) });

export const RecordSanction = z.object({
	nip: z.string().trim().min(1),
	level: z.enum(SANCTIONS),
	decidedOn: z.iso.date(),
	decree: z.string().trim().min(3).max(120)
});
const Reason = z.string().trim().min(10, 'credentials.reason.tooShort').max(500);
export const WithdrawSanction = z.object({ sanctionId: z.uuid(), reason: Reason });

export const MakeBatch = z.object({ year: z.number().int().min(2010).max(2100) });
export const OneBatch = z.object({ batchId: z.uuid() });
export const TakeBack = z.object({ batchId: z.uuid(), reason: Reason });
export const CompleteRecord = z.object({
	entryId: z.uuid(),
	number: z.string().trim().max(100).optional(),
	provider: z.string().trim().max(200).optional(),
	leadershipLevel: z.enum(LEADERSHIP_LEVELS).optional()
});
