import { z } from 'zod';
import { ITEM_KINDS, REACTION_ASPECTS } from './model.ts';

const id = z.uuid();
const name = z.string().trim().min(3).max(120);
const purpose = z.string().trim().max(500).default('');

/** Three minutes on a phone: more than this nobody answers with thought. */
export const MOST_ITEMS = 30;

const line = z.object({
	/** Where it stands on the form; left empty, where it stands in the list. */
	order: z.number().int().min(1).max(99).optional(),
	aspect: z.enum(REACTION_ASPECTS).default('material'),
	kind: z.enum(ITEM_KINDS).default('scale'),
	wordingId: z.string().trim().max(300).default(''),
	wordingEn: z.string().trim().max(300).default('')
});
export type FormLine = Omit<z.output<typeof line>, 'order'>;

/** A line of the form that was left empty is no item. English words left empty are the Indonesian ones. */
export const items = z
	.array(line)
	.max(MOST_ITEMS + 10)
	.transform((lines, context): FormLine[] => {
		const seen = new Set<string>();
		const kept = lines.flatMap((it, index) => {
			if (it.wordingId === '') return [];
			const words = it.wordingId.toLowerCase();
			if (seen.has(words))
				context.addIssue({
					code: 'custom',
					path: [index, 'wordingId'],
					message: 'evaluation.form.itemTwice'
				});
			seen.add(words);
			return [{ ...it, wordingEn: it.wordingEn || it.wordingId, at: it.order ?? index + 1, index }];
		});
		if (kept.length === 0 || kept.length > MOST_ITEMS)
			context.addIssue({
				code: 'custom',
				path: [0, 'wordingId'],
				message: kept.length === 0 ? 'evaluation.form.itemsNeeded' : 'evaluation.form.tooManyItems'
			});
		return kept
			.toSorted((a, b) => a.at - b.at || a.index - b.index)
			.map(({ aspect, kind, wordingId, wordingEn }) => ({ aspect, kind, wordingId, wordingEn }));
	});

export const StartForm = z.object({
	name,
	purpose,
	/** The version whose items it starts from; left out: empty. */
	copyOf: id.optional()
});
export const DraftForm = z.object({ templateId: id });
export const SaveForm = z.object({ versionId: id, revision: z.coerce.number().int(), name, purpose, items });
export const FormVersion = z.object({ versionId: id });
export const RetireForm = z.object({ templateId: id, retired: z.boolean() });
export const ChooseForms = z.object({
	classId: id,
	/** Left out: the form that Asah ships. */
	finalVersionId: id.optional(),
	/** Left out: none after sessions. */
	sessionVersionId: id.optional()
});
export const ClassOfForms = z.object({ classId: id });
/** What classes of a program use by themselves, read like `ChooseForms`. */
export const ProgramForms = z.object({
	programId: id,
	finalVersionId: id.optional(),
	sessionVersionId: id.optional()
});
