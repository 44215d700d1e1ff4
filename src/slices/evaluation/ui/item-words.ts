import type { ItemAnalysis, ItemFlag } from '#kernel/statistics/itemAnalysis.ts';
import { ENOUGH } from '#kernel/statistics/itemAnalysis.ts';
import { formatFixed, formatNumber, formatPercent } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';

// Each message is named where it is used: a key put together at run time would send the browser every message there is.
const FLAG: Record<ItemFlag, () => string> = {
	veryHard: m['evaluation.items.flag.veryHard'],
	veryEasy: m['evaluation.items.flag.veryEasy'],
	negative: m['evaluation.items.flag.negative'],
	weak: m['evaluation.items.flag.weak'],
	misleadingChoice: m['evaluation.items.flag.misleadingChoice'],
	unusedChoice: m['evaluation.items.flag.unusedChoice']
};
const ADVICE: Record<ItemFlag, () => string> = {
	veryHard: m['evaluation.items.advice.veryHard'],
	veryEasy: m['evaluation.items.advice.veryEasy'],
	negative: m['evaluation.items.advice.negative'],
	weak: m['evaluation.items.advice.weak'],
	misleadingChoice: m['evaluation.items.advice.misleadingChoice'],
	unusedChoice: m['evaluation.items.advice.unusedChoice']
};
const NO_RELIABILITY = {
	tooFewPeople: m['evaluation.items.reliability.tooFewPeople'],
	oneItem: m['evaluation.items.reliability.oneItem'],
	noSpread: m['evaluation.items.reliability.noSpread']
};

export const flagWord = (flag: ItemFlag): string => FLAG[flag]();
export const flagAdvice = (flag: ItemFlag): string => ADVICE[flag]();
export const sharesWord = (value: number | null): string => (value === null ? '–' : formatPercent(value));
export const indexWord = (value: number | null): string => (value === null ? '–' : formatFixed(value, 2));

type Test = Omit<ItemAnalysis, 'items'>;

/** How far the whole test's score can be trusted, in a sentence; or why that cannot be said. */
export function reliabilityWords({ reliability, noReliability, complete, most }: Test): string {
	if (reliability === null)
		return NO_RELIABILITY[noReliability ?? 'noSpread']({
			n: formatNumber(complete),
			least: formatNumber(ENOUGH.reliability)
		});
	return m['evaluation.items.reliability.said']({
		name: reliability.dichotomous ? 'KR-20' : 'alpha',
		alpha: formatFixed(reliability.alpha, 2),
		lower: formatFixed(reliability.interval.lower, 2),
		upper: formatFixed(reliability.interval.upper, 2),
		error: formatFixed(reliability.errorOfMeasurement, 1),
		most: formatNumber(most)
	});
}

/** What the figures of so many people can carry; nothing to say when all of them. */
export function enoughWords(people: number): string | null {
	const facts = {
		n: formatNumber(people),
		facility: String(ENOUGH.facility),
		more: String(ENOUGH.discrimination)
	};
	if (people < ENOUGH.facility) return m['evaluation.items.enough.none'](facts);
	return people < ENOUGH.discrimination ? m['evaluation.items.enough.facility'](facts) : null;
}
