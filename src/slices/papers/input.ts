import { z } from 'zod';
import { isValidDate } from '#kernel/time.ts';
import { ADDRESSED, CAPACITIES, COST_KINDS, PAPER_KINDS, PART_KEYS, PARTS, PER } from './model.ts';
import { MOST_LOGO_BYTES } from './logo.ts';
import { patternProblem } from './rules.ts';

const id = z.uuid();
const day = z.string().refine(isValidDate, { message: 'kernel.field.date' });
const line = (most: number) => z.string().trim().max(most).default('');
const nip = z
	.string()
	.transform((text) => text.replace(/[\s.]/g, ''))
	.refine((text) => /^\d{18}$/.test(text), { message: 'papers.field.nip' });
const reason = z.string().trim().min(5).max(500);

const Texts = z.partialRecord(z.enum(PART_KEYS), z.string().trim().max(8000)).default({});

export const SetLetterhead = z.object({
	validFrom: day,
	government: z.string().trim().min(3).max(200),
	office: z.string().trim().min(3).max(200),
	address: z.string().trim().min(3).max(300),
	city: z.string().trim().min(2).max(100),
	postalCode: line(10),
	phone: line(60),
	email: line(120),
	website: line(120),
	/** Left empty: the logo of before stays, unless it is to go. */
	logo: z
		.object({
			name: z.string().max(300),
			base64: z.base64().max(Math.ceil(MOST_LOGO_BYTES / 3) * 4, 'papers.logo.tooLarge')
		})
		.optional(),
	removeLogo: z.boolean().default(false)
});

export const SetNumbering = z.object({
	kind: z.enum(PAPER_KINDS),
	validFrom: day,
	pattern: z
		.string()
		.trim()
		.max(120)
		.superRefine((pattern, context) => {
			const message = patternProblem(pattern);
			if (message !== null) context.addIssue({ code: 'custom', message });
		}),
	/** Left empty: a counter of the kind's own. */
	series: z
		.string()
		.trim()
		.toLowerCase()
		.regex(/^[a-z0-9-]{1,40}$/, { message: 'papers.number.series' })
		.optional(),
	copies: line(2000)
});

export const AddSignatory = z
	.object({
		kind: z.enum(PAPER_KINDS).optional(),
		nip,
		capacity: z.enum(CAPACITIES),
		post: z.string().trim().min(3).max(200),
		ownPost: line(200),
		basis: line(200),
		validFrom: day,
		validTo: day.optional()
	})
	.refine((it) => (it.capacity === 'an') === (it.ownPost !== ''), {
		path: ['ownPost'],
		message: 'papers.signatory.ownPost'
	})
	.refine((it) => it.validTo === undefined || it.validTo > it.validFrom, {
		path: ['validTo'],
		message: 'papers.signatory.endsBefore'
	});
export const EndSignatory = z.object({ signatoryId: id, validTo: day });

export const DraftPaper = z.object({ classId: id, kind: z.enum(PAPER_KINDS), unitId: id.optional() });
export const ChangeDraft = z.object({ paperId: id, parts: Texts });
export const OnePaper = z.object({ paperId: id });
export const WithdrawPaper = z.object({ paperId: id, reason });

export const AskForBatch = z.object({
	classId: id,
	kind: z
		.enum(PAPER_KINDS)
		.refine((kind) => ADDRESSED.includes(kind), { message: 'papers.batch.notAddressed' }),
	per: z.enum(PER),
	parts: Texts
});
export const OneBatch = z.object({ batchId: id });

const quantity = z.number().min(0).max(1_000_000);
const rate = z.number().int().min(0).max(1_000_000_000_000);

export const PlanCost = z.object({
	classId: id,
	kind: z.enum(COST_KINDS),
	description: z.string().trim().min(2).max(200),
	nip: nip.optional(),
	unitWord: z.string().trim().min(1).max(20),
	quantity,
	rate
});
export const ChangeCost = PlanCost.omit({ classId: true }).extend({ costId: id });
export const RealiseCost = z.object({ costId: id, quantity, rate, evidence: line(200) });
export const OneCost = z.object({ costId: id });

/** The texts of a kind of paper that it knows, out of what a form sent. */
export const textsOf = (kind: keyof typeof PARTS, sent: z.output<typeof Texts>): Record<string, string> =>
	Object.fromEntries(PARTS[kind].map((key) => [key, sent[key] ?? '']));
