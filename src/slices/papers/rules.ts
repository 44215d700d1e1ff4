import { refused } from '#kernel/errors.ts';
import { romanMonth, type CivilDate } from '#kernel/time.ts';
import { PAPER_NEXT, type Capacity, type PaperStatus } from './model.ts';

const ALREADY: Record<PaperStatus, string> = {
	draft: 'papers.paper.stillDraft',
	issued: 'papers.paper.alreadyIssued',
	withdrawn: 'papers.paper.alreadyWithdrawn'
};

/** Refuses a step of a paper that the table of statuses does not know. */
export function paperStep(from: PaperStatus, to: PaperStatus): { status: PaperStatus } {
	if (!PAPER_NEXT[from].includes(to)) throw refused(ALREADY[from]);
	return { status: to };
}

/** Only a draft may change. */
export function stillDraft(status: PaperStatus): void {
	if (status !== 'draft') throw refused(ALREADY[status]);
}

/** What may stand between braces in a pattern; `no:000` pads with zeros to as many places. */
const TOKEN = /\{(no(?::0{1,6})?|bulanRomawi|bulan|tahun|tanggal)\}/gu;

/**
 * Why a numbering pattern can't be used, as a message key; null when it can. The counter starts again each year, so a
 * pattern without the year would give a number of last year again.
 */
export function patternProblem(pattern: string): string | null {
	const rest = pattern.replaceAll(TOKEN, '');
	if (/[{}]/u.test(rest)) return 'papers.number.unknownToken';
	if (!/\{no(?::0+)?\}/u.test(pattern)) return 'papers.number.noCounter';
	if (!pattern.includes('{tahun}')) return 'papers.number.noYear';
	if (!/^[\p{L}\p{N} ./_-]*$/u.test(rest)) return 'papers.number.oddSign';
	return null;
}

/** `800.2.3/{no:000}/BKPSDM/{bulanRomawi}/{tahun}` → 800.2.3/042/BKPSDM/XI/2026; without a counter yet, a gap in its place. */
export function numberOf(pattern: string, counter: number | null, on: CivilDate): string {
	const [year = '', month = '', day = ''] = on.split('-');
	return pattern.replaceAll(TOKEN, (_, token: string) => {
		if (token.startsWith('no'))
			return counter === null ? '…' : String(counter).padStart(token.split(':')[1]?.length ?? 1, '0');
		if (token === 'bulanRomawi') return romanMonth(Number(month));
		if (token === 'bulan') return month;
		return token === 'tahun' ? year : day;
	});
}

export type Signatory = {
	kind: string | null;
	capacity: Capacity;
	post: string;
	ownPost: string;
	validFrom: CivilDate;
	validTo: CivilDate | null;
};

/**
 * Who signs this kind of paper on that day: whoever is named for the kind goes before who signs all, and of two of
 * those the one who began later (an acting head goes before the head whose order has not been ended).
 */
export function signatoryOn<Row extends Signatory>(
	rows: readonly Row[],
	kind: string,
	on: CivilDate
): Row | undefined {
	return rows
		.filter((row) => row.kind === null || row.kind === kind)
		.filter((row) => row.validFrom <= on && (row.validTo === null || row.validTo > on))
		.toSorted(
			(a, b) =>
				Number(b.kind !== null) - Number(a.kind !== null) ||
				(a.validFrom < b.validFrom ? 1 : a.validFrom > b.validFrom ? -1 : 0)
		)[0];
}

/** The lines above a signature. @law Permendagri 1/2023, tata naskah dinas: Plt., Plh., a.n. */
export function signingLines({
	capacity,
	post,
	ownPost
}: Pick<Signatory, 'capacity' | 'post' | 'ownPost'>): string[] {
	switch (capacity) {
		case 'definitive':
			return [`${post},`];
		case 'plt':
			return [`Plt. ${post},`];
		case 'plh':
			return [`Plh. ${post},`];
		case 'an':
			return [`a.n. ${post}`, `${ownPost},`];
	}
}

/** Lines of a text part that say something. */
export const linesOf = (text: string): string[] =>
	text
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '');
