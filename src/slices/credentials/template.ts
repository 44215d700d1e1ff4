import { z } from 'zod';

const line = (most: number) => z.string().trim().min(1).max(most);

/** The words of a certificate as an agency edits them; the data stand where the sheet has their place. */
export const Layout = z.object({
	language: z.enum(['id', 'en']),
	/** At the head of the front: SERTIFIKAT, SURAT TANDA TAMAT PELATIHAN. */
	title: line(60),
	/** Smaller and under it, in the other language; empty: not printed. */
	subtitle: z.string().trim().max(80),
	awardedTo: line(80),
	statement: line(160),
	/** Before the JP in the fact line. */
	hours: line(40),
	/** Head of the back. */
	modules: line(80),
	/** Best first: from which score of the post-test on which predicate is printed; none: no predicate. */
	predicates: z.array(z.object({ from: z.number().int().min(0).max(100), word: line(40) })).max(6)
});

export type Layout = z.infer<typeof Layout>;

/** @law domain.md §8.2: the predicates of LAN's certificates; the limits are each agency's own. */
export const FIRST_LAYOUT: Record<Layout['language'], Layout> = {
	id: {
		language: 'id',
		title: 'Sertifikat',
		subtitle: 'Certificate of Completion',
		awardedTo: 'diberikan kepada',
		statement: 'yang telah mengikuti dan dinyatakan lulus pada',
		hours: 'Jam pelajaran',
		modules: 'Daftar mata pelatihan',
		predicates: []
	},
	en: {
		language: 'en',
		title: 'Certificate',
		subtitle: 'Sertifikat',
		awardedTo: 'is awarded to',
		statement: 'for having attended and passed',
		hours: 'Learning hours',
		modules: 'List of modules',
		predicates: []
	}
};

/** The word for a score; undefined without a score, or when the template gives none. */
export const predicateFor = (layout: Layout | undefined, score: number | null): string | undefined =>
	score === null
		? undefined
		: layout?.predicates.toSorted((a, b) => b.from - a.from).find(({ from }) => score >= from)?.word;

/** What the form sends: empty fields are left out there, and predicates without a word are none. */
export function layoutTyped({ layout, ...rest }: Record<string, unknown>): Record<string, unknown> {
	if (typeof layout !== 'object' || layout === null) return rest;
	const predicates: unknown = Reflect.get(layout, 'predicates');
	const given = (Array.isArray(predicates) ? predicates : []).filter(
		(one: unknown) => typeof one === 'object' && one !== null && 'word' in one
	);
	return { ...rest, layout: { subtitle: '', ...layout, predicates: given } };
}
