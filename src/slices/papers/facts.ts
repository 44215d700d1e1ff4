import { z } from 'zod';

const Cells = z.array(z.string());

/** A part of a paper's body; every word in it is printed as text, never read as markup or as a formula. */
export const Block = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('text'), text: z.string() }),
	z.object({ kind: z.literal('heading'), text: z.string() }),
	/** One word alone in the middle of the page: MEMERINTAHKAN. */
	z.object({ kind: z.literal('order'), text: z.string() }),
	/** Label, colon, value: Hari/Tanggal : Senin, 9 Maret 2026. */
	z.object({ kind: z.literal('facts'), rows: z.array(z.tuple([z.string(), z.string()])) }),
	/** Numbered; with a label as a letter of assignment has it: Dasar : 1. … */
	z.object({ kind: z.literal('list'), label: z.string().nullable(), items: Cells }),
	z.object({
		kind: z.literal('table'),
		caption: z.string(),
		head: Cells,
		/** 'auto', or so many parts of what is left ('2fr'), or millimetres ('20mm'). */
		widths: z.array(z.string().regex(/^(auto|\d+(\.\d+)?(fr|mm))$/u)),
		rows: z.array(Cells),
		/** Columns set to the right. */
		figures: z.array(z.number()),
		/** Rows to sign in by hand are taller. */
		tall: z.boolean()
	})
]);
export type Block = z.infer<typeof Block>;

export const LetterheadFacts = z.object({
	government: z.string(),
	office: z.string(),
	address: z.string(),
	city: z.string(),
	postalCode: z.string(),
	phone: z.string(),
	email: z.string(),
	website: z.string(),
	/** A stored file that is never changed. */
	logoId: z.string().nullable()
});
export type LetterheadFacts = z.infer<typeof LetterheadFacts>;

/**
 * Everything printed on a paper, as it was when it was issued. The files are set from it alone, so that the same paper
 * gives the same bytes on any later day; `layout` says by which template, which is never changed but given a successor.
 */
export const PaperFacts = z.object({
	layout: z.literal(1),
	/** surat (Nomor, Sifat, Lampiran, Hal, Yth.), or a title in the middle with the number under it. */
	form: z.enum(['letter', 'sheet']),
	letterhead: LetterheadFacts,
	title: z.string(),
	number: z.string(),
	letter: z.object({ nature: z.string(), attachment: z.string(), subject: z.string(), to: Cells }).nullable(),
	issuedOn: z.string(),
	/** As it stands above the signature or at the head of a letter. */
	placeAndDate: Cells,
	blocks: z.array(Block),
	/** Lampiran, on pages of its own. */
	annex: z.object({ title: Cells, blocks: z.array(Block) }).nullable(),
	signatory: z.object({
		lines: Cells,
		name: z.string(),
		rank: z.string().nullable(),
		nip: z.string().nullable()
	}),
	copies: Cells
});
export type PaperFacts = z.infer<typeof PaperFacts>;

/** Facts out of the database; only our own commands wrote them. */
export const readFacts = (stored: unknown): PaperFacts => PaperFacts.parse(stored);
