import { z } from 'zod';
import { isValidDate } from '#kernel/time.ts';
import { FUND_SOURCES } from './model.ts';

const id = z.uuid();
/** Amounts as offices write them: 60.000.000, Rp 60.000.000,50 or plain digits. Anything else stays a word and is refused. */
const rupiah = z.preprocess(
	(typed) => (typeof typed === 'string' ? (rupiahOf(typed) ?? typed) : typed),
	z.number({ error: 'plans.field.rupiah' }).min(0).max(9_999_999_999_999)
);

function rupiahOf(typed: string): number | null {
	const text = typed.replace(/^\s*rp\.?/i, '').replace(/\s/g, '');
	if (/^\d{1,3}(\.\d{3})+(,\d{1,2})?$/.test(text)) return Number(text.replaceAll('.', '').replace(',', '.'));
	return /^\d+(,\d{1,2})?$/.test(text) ? Number(text.replace(',', '.')) : null;
}

const text = (longest: number) => z.string().trim().min(1).max(longest);

export const CreatePlan = z.object({
	year: z.number().int().min(2000).max(2100),
	title: z.string().trim().min(3).max(200),
	budget: rupiah
});

export const ChangePlan = z.object({ planId: id, title: z.string().trim().min(3).max(200), budget: rupiah });

const lineFacts = {
	unitGoal: text(300),
	seats: z.number().int().min(1).max(100_000),
	learningHours: z.number().positive().max(2_000),
	cost: rupiah,
	quarter: z.number().int().min(1).max(4),
	fundSource: z.enum(FUND_SOURCES)
};

/**
 * A line made from a gap names campaign and competency together; without both it answers no measured need. Evidence
 * and target level are never typed: they are read from the campaign and the curriculum.
 */
export const AddLine = z
	.object({
		planId: id,
		programId: id,
		campaignId: id.optional(),
		competencyId: id.optional(),
		unitId: id.optional(),
		/** An accepted need: campaign, unit and competency are its own, its frozen figures the evidence. */
		needId: id.optional(),
		...lineFacts,
		/** Left empty: the JP of the curriculum in force. */
		learningHours: lineFacts.learningHours.optional()
	})
	.refine((line) => (line.campaignId === undefined) === (line.competencyId === undefined), {
		path: ['competencyId'],
		message: 'plans.line.gapIncomplete'
	});

export const ChangeLine = z.object({ lineId: id, ...lineFacts });
export const RemoveLine = z.object({ lineId: id });

export const SubmitPlan = z.object({ planId: id, note: z.string().trim().max(1000).default('') });
export const ReturnPlan = z.object({ planId: id, note: text(1000) });
export const ApprovePlan = z.object({ planId: id, note: z.string().trim().max(1000).default('') });

export const DecreePlan = z.object({
	planId: id,
	decreeNumber: z.string().trim().min(3).max(100),
	decreeDate: z.string().refine(isValidDate, { message: 'kernel.field.date' })
});
