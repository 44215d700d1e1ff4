import { z } from 'zod';
import { isValidDate } from '#kernel/time.ts';

const id = z.uuid();
const nip = z
	.string()
	.transform((text) => text.replace(/[\s.]/g, ''))
	.refine((text) => /^\d{18}$/.test(text), { message: 'evaluation.focus.nip' });
/** One question a line. */
const questions = z
	.string()
	.transform((text) =>
		text
			.split('\n')
			.map((line) => line.trim().replace(/^\d{1,2}[.)]\s+/, ''))
			.filter((line) => line !== '')
	)
	.pipe(z.array(z.string().max(300)).min(1, { message: 'kernel.field.required' }).max(30));

const head = {
	title: z.string().trim().min(3).max(160),
	heldOn: z.string().refine(isValidDate, { message: 'kernel.field.date' }),
	place: z.string().trim().max(160).default(''),
	people: z.number().int().min(2).max(60),
	questions,
	notes: z.string().trim().max(8000).default(''),
	facilitatorNip: nip.optional(),
	secondCoderNip: nip.optional(),
	/** Said by whoever was told that the notes seem to tell who somebody is. */
	keep: z.boolean().default(false)
};

/** About a class, or about a curriculum version whose participants came from several: `class:<id>`, `version:<id>`. */
export const HoldGroup = z.object({
	...head,
	about: z.string().regex(/^(?:class|version):[0-9a-f-]{36}$/, { message: 'kernel.field.choose' })
});
export const ChangeGroup = z.object({ ...head, groupId: id, seen: z.number().int() });
export const GroupStep = z.object({ groupId: id });

const passage = {
	said: z.string().trim().min(3).max(1000),
	speaker: z.string().trim().max(60).optional(),
	question: z.number().int().min(1).max(30).optional(),
	shareable: z.boolean().default(false),
	keep: z.boolean().default(false)
};
export const AddPassages = z.object({
	groupId: id,
	/** One passage a line, "label: what was said". */
	lines: z.string().trim().min(3).max(60_000),
	question: passage.question,
	shareable: passage.shareable,
	keep: passage.keep
});
export const ChangePassage = z.object({
	...passage,
	passageId: id,
	/** What was said as it stood when the form was opened; left out: whatever stands there is written over. */
	seen: z.string().max(1000).optional()
});
export const DropPassage = z.object({ passageId: id });

export const CodePassages = z.object({
	groupId: id,
	coded: z
		.array(
			z.object({
				passageId: id,
				codes: z.array(id).max(40).default([]),
				/**
				 * The codes that stood there when the sheet was opened, so that only what was ticked or unticked since is
				 * written, and nobody's who codes at the same time is lost; `none` when there were none. Left out: these codes
				 * and no others.
				 */
				seen: z
					.string()
					.max(40 * 37)
					.transform((text) => text.split(' ').filter((one) => one !== 'none'))
					.pipe(z.array(id))
					.optional()
			})
		)
		.min(1)
		.max(400)
});

const code = {
	code: z
		.string()
		.trim()
		.toUpperCase()
		.regex(/^[A-Z0-9][A-Z0-9.-]{1,19}$/, { message: 'evaluation.codebook.shape' }),
	name: z.string().trim().min(3).max(120),
	definition: z.string().trim().min(5).max(1000),
	example: z.string().trim().max(500).default(''),
	proposes: z.boolean().default(false)
};
export const WriteCode = z.object(code);
export const ChangeCode = z.object({ ...code, codeId: id, active: z.boolean().default(false) });
export const MergeCodes = z.object({ codeId: id, intoId: id });
export const SplitCode = z.object({ codeId: id });
export const TakeCodes = z.object({});
