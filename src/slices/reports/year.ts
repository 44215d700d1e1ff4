import type { Verdict } from '#slices/impact/public.ts';

/** The year that a report's address asks for, never in the future; this year when it asks for nothing sensible. */
export function reportYear(url: URL, today: string): number {
	const thisYear = Number(today.slice(0, 4));
	const asked = Number(url.searchParams.get('year'));
	return Number.isInteger(asked) && asked >= 2010 && asked <= thisYear ? asked : thisYear;
}

export type ProgramOfYear = {
	programId: string;
	name: string;
	/** Finished classes of the year, and people who sat in them. */
	finished: number;
	seated: number;
	/** Levels 1 to 4: is anything there at all? */
	levels: boolean[];
};

/** Programs of which a level (1 to 4) holds nothing. */
export const without = (programs: readonly ProgramOfYear[], level: 1 | 2 | 3 | 4): ProgramOfYear[] =>
	programs.filter(({ levels }) => levels[level - 1] !== true);

const FIRST: readonly Verdict['verdict'][] = ['worse', 'better', 'noEvidence', 'cannotTell'];

/** What went wrong first, then what went well, then what nobody can say; within it the newest. */
export const inMayorsOrder = (
	a: { verdict: Verdict; frozenAt: Date },
	b: { verdict: Verdict; frozenAt: Date }
): number =>
	FIRST.indexOf(a.verdict.verdict) - FIRST.indexOf(b.verdict.verdict) ||
	b.frozenAt.getTime() - a.frozenAt.getTime();

/** How many answers of each kind there are, in the same order; those without any are left out. */
export const countsOf = (
	verdicts: readonly { verdict: Verdict }[]
): { verdict: Verdict['verdict']; count: number }[] =>
	FIRST.map((verdict) => ({
		verdict,
		count: verdicts.filter((one) => one.verdict.verdict === verdict).length
	})).filter(({ count }) => count > 0);
