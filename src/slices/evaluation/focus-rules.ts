import { cohenKappa, pooledKappa } from '#kernel/statistics/cohenKappa.ts';
import type { Agreement } from './focus-model.ts';

/** Longest label of a speaker, "Peserta 1, kecamatan"; what is longer before a colon belongs to what was said. */
const LABEL = 40;
/** Fewer passages coded by both than this say nothing of how well two coders agree. */
export const LEAST_DOUBLE_CODED = 10;

/** `line` is where it was written, from 1. */
export type Passage = { line: number; speaker: string | null; said: string };

/** One passage a line, with the speaker's label before a colon if there is one. Empty lines are left out. */
export function passagesIn(text: string): Passage[] {
	return text.split('\n').flatMap((whole, at): Passage[] => {
		const row = whole.trim();
		if (row === '') return [];
		const line = at + 1;
		const [, label, said] = /^([^:“"]{1,60}?)\s*:\s+(\S.*)$/.exec(row) ?? [];
		if (label === undefined || said === undefined || label.length > LABEL || label.split(/\s+/).length > 5)
			return [{ line, speaker: null, said: bare(row) }];
		return [{ line, speaker: label, said: bare(said) }];
	});
}

/** Quotation marks around the whole go: the screen sets its own. */
const bare = (said: string): string => /^[“"]([^“”"]*)[”"]$/.exec(said)?.[1]?.trim() ?? said;

export type Personal = 'number' | 'phone' | 'email' | 'name';

const SIGNS: readonly [Personal, RegExp][] = [
	// A NIP (18 digits), an old one (9) or a NIK (16), bare or in the groups in which they are printed.
	['number', /(?<!\d)(?:\d[ .-]?){15,17}\d(?!\d)|(?<!\d)\d{9}(?!\d)/],
	['phone', /(?<!\d)(?:\+?62|0)[ -]?8\d{1,2}(?:[ -]?\d){6,10}(?!\d)/],
	['email', /[\w.+-]+@[\w-]+\.\w/]
];
const ADDRESSED = /\b(?:[Pp]ak|[Bb]u|[Bb]apak|[Ii]bu|[Mm]as|[Mm]bak|Sdri?)\.?\s(\p{Lu}\p{Ll}+)/gu;
/** Said with the same courtesy, but of a part and not of a person. */
const PARTS = new Set(
	'Camat|Lurah|Kepala|Kabid|Kadis|Kasi|Kasubag|Kabag|Sekda|Sekcam|Wali|Bupati|Gubernur|Sekretaris|Guru|Narasumber|Fasilitator|Pelatih|Pengajar|Widyaiswara|Peserta|Petugas|Pimpinan|Atasan|Instruktur|Mentor|Panitia|Direktur|Dokter'.split(
		'|'
	)
);
const addressesSomebody = (text: string): boolean =>
	[...text.matchAll(ADDRESSED)].some(([, word = '']) => !PARTS.has(word));

/** What in a text seems to tell who somebody is. A hint and no proof: whoever wrote it looks again. */
export const seemsPersonal = (text: string): Personal[] => [
	...SIGNS.flatMap(([kind, sign]) => (sign.test(text) ? [kind] : [])),
	...(addressesSomebody(text) ? (['name'] as const) : [])
];

/** Numbers of the lines that seem to tell who somebody is. */
export const personalLines = (passages: readonly Passage[]): number[] =>
	passages.flatMap(({ line, speaker, said }) =>
		seemsPersonal(`${speaker ?? ''} ${said}`).length > 0 ? [line] : []
	);

export type TwiceCoded = { first: ReadonlySet<string>; second: ReadonlySet<string> };

/**
 * How far two coders agree, code by code: each code is given to a passage or not, so each has a table of two by two
 * (`cohenKappa`); over all codes that either used, pooled kappa. Passages that neither gave any code count as agreed.
 */
export function agreementOf(passages: readonly TwiceCoded[]): Agreement {
	const codes = [...new Set(passages.flatMap(({ first, second }) => [...first, ...second]))].toSorted();
	const tables = codes.map((codeId) => {
		const count = (inFirst: boolean, inSecond: boolean) =>
			passages.filter(({ first, second }) => first.has(codeId) === inFirst && second.has(codeId) === inSecond)
				.length;
		const [both, first, second] = [count(true, true), count(true, false), count(false, true)];
		const kappa = cohenKappa([
			[both, first],
			[second, count(false, false)]
		]);
		return { codeId, both, first, second, table: kappa };
	});
	return {
		passages: passages.length,
		pooled: pooledKappa(tables.map(({ table }) => table)),
		codes: tables.map(({ table, ...counts }) => ({ ...counts, kappa: table.kappa }))
	};
}
