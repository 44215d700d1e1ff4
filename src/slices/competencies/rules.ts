import { refused } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import { PROPOSAL_NEXT, type ProposalStatus, type RequiredRule } from './model.ts';

type Dated = Pick<RequiredRule, 'id' | 'level' | 'legalBasis' | 'validFrom' | 'validTo'>;

/**
 * Which rule a new one closes: the one in force on the day it begins, or none. History is never rewritten, so a rule
 * begins after every rule known so far. Refuses: begins on or before the day the newest rule began, changes nothing.
 * `earlier` are the rules of the same post level and the same competency (or of "all").
 */
export function superseded(
	earlier: readonly Dated[],
	next: { level: number; legalBasis: string; validFrom: CivilDate }
): Dated | null {
	const newest = earlier.reduce<Dated | null>(
		(a, b) => (a === null || b.validFrom > a.validFrom ? b : a),
		null
	);
	if (newest === null) return null;
	if (newest.validFrom >= next.validFrom)
		throw refused('competencies.required.notAfter', { from: newest.validFrom });
	if (newest.validTo === null && newest.level === next.level && newest.legalBasis === next.legalBasis)
		throw refused('competencies.required.same', { level: next.level });
	return newest.validTo === null || newest.validTo > next.validFrom ? newest : null;
}

type Draft = { name: string; legalBasis: string; validFrom: CivilDate; competencies: number };

/**
 * May a draft of a dictionary come in force? Refuses: no legal basis, nothing in it, a day to come (it is put in force
 * on its day, so that what people are measured by never changes overnight unseen), a day on or before the one that the
 * version in force began.
 */
export function comingInForce(
	draft: Draft,
	current: { validFrom: CivilDate } | null,
	today: CivilDate
): void {
	if (draft.legalBasis.trim() === '') throw refused('competencies.version.noBasis');
	if (draft.competencies === 0) throw refused('competencies.version.empty');
	if (draft.validFrom > today) throw refused('competencies.version.notYet', { from: draft.validFrom });
	if (current !== null && draft.validFrom <= current.validFrom)
		throw refused('competencies.version.notAfter', { from: current.validFrom });
}

/** Decides a proposal that waits. Refuses: one that was decided already. */
export function decided(
	proposal: { status: ProposalStatus },
	decision: Exclude<ProposalStatus, 'waiting'>
): ProposalStatus {
	if (!PROPOSAL_NEXT[proposal.status].some((next) => next === decision))
		throw refused('competencies.proposal.decided');
	return decision;
}

/** The next free code of a technical competency, 'T.07' after 'T.06'; codes of another form do not count. */
export function nextCode(taken: readonly string[]): string {
	const numbers = taken.flatMap((code) => {
		const found = /^T\.(\d+)$/.exec(code);
		return found === null ? [] : [Number(found[1])];
	});
	return `T.${String(Math.max(0, ...numbers) + 1).padStart(2, '0')}`;
}
