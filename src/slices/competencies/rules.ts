import { refused } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { RequiredRule } from './model.ts';

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
