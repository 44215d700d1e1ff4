import { formatDate, formatMonth, formatNumber } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';
import type { Problem, ProblemCode } from '../measurements.ts';
import { MONTHS_IN, type Cadence } from '../model.ts';
import type { QualityFinding, QualityRule } from '../quality.ts';
import { amount } from './words.ts';

type Said = (inputs: { typed: string; other: string; word: string }) => string;
// Each message is named where it is used: a key put together at run time would send the browser every message there is.
const PROBLEMS: Record<ProblemCode, Said> = {
	'impact.import.unitUnknown': m['impact.import.unitUnknown'],
	'impact.import.unitAmbiguous': m['impact.import.unitAmbiguous'],
	'impact.import.month': m['impact.import.month'],
	'impact.import.otherCadence': m['impact.import.otherCadence'],
	'impact.import.future': m['impact.import.future'],
	'impact.import.value': m['impact.import.value'],
	'impact.import.valueMissing': m['impact.import.valueMissing'],
	// One figure more, and the last three can no longer be thousands.
	'impact.import.valueAmbiguous': ({ typed }) =>
		m['impact.import.valueAmbiguous']({
			typed,
			thousands: typed.replace(/[.,]/, ''),
			decimal: `${typed}0`
		}),
	'impact.import.otherMeasure': m['impact.import.otherMeasure'],
	'impact.import.otherMeasureInstead': m['impact.import.otherMeasureInstead'],
	'impact.import.tooLow': m['impact.import.tooLow'],
	'impact.import.tooHigh': m['impact.import.tooHigh'],
	'impact.import.twice': m['impact.import.twice'],
	'impact.import.nip': m['impact.import.nip'],
	'impact.import.nipRounded': m['impact.import.nipRounded'],
	'impact.import.personUnknown': m['impact.import.personUnknown'],
	'impact.import.personLeft': ({ word, ...rest }) =>
		m['impact.import.personLeft']({ ...rest, word: formatDate(word) }),
	'impact.import.personGone': m['impact.import.personGone'],
	'impact.import.personNoPost': m['impact.import.personNoPost'],
	'impact.calculate.score': m['impact.calculate.score'],
	'impact.calculate.noAnswer': m['impact.calculate.noAnswer'],
	'impact.calculate.time': m['impact.calculate.time'],
	'impact.calculate.notServed': m['impact.calculate.notServed'],
	'impact.calculate.servedBefore': m['impact.calculate.servedBefore'],
	'impact.calculate.finishedBefore': m['impact.calculate.finishedBefore'],
	'impact.calculate.predicate': m['impact.calculate.predicate'],
	'impact.calculate.count': m['impact.calculate.count']
};

/** What is wrong with a line, and how to mend it. */
export const problemWords = ({ code, params }: Problem): string =>
	PROBLEMS[code]({ typed: params.typed, other: formatNumber(params.other, 4), word: params.word });

export const CADENCE_WORDS: Record<Cadence, () => string> = {
	month: m['impact.cadence.month'],
	quarter: m['impact.cadence.quarter'],
	half: m['impact.cadence.half'],
	year: m['impact.cadence.year']
};

/** "Maret 2026", "Triwulan 1 2026", "Semester 2 2026", "2026". */
export function periodWords(period: string, cadence: Cadence): string {
	const year = period.slice(0, 4);
	if (cadence === 'month') return formatMonth(period);
	if (cadence === 'year') return year;
	const number = String(Math.ceil(Number(period.slice(5, 7)) / MONTHS_IN[cadence]));
	return cadence === 'half'
		? m['impact.cadence.halfOf']({ number, year })
		: m['impact.cadence.quarterOf']({ number, year });
}

export const RULE_WORDS: Record<QualityRule, { title: () => string; rule: () => string }> = {
	redefined: { title: m['impact.quality.redefined'], rule: m['impact.quality.redefinedRule'] },
	gap: { title: m['impact.quality.gap'], rule: m['impact.quality.gapRule'] },
	jump: { title: m['impact.quality.jump'], rule: m['impact.quality.jumpRule'] },
	constant: { title: m['impact.quality.constant'], rule: m['impact.quality.constantRule'] },
	few: { title: m['impact.quality.few'], rule: m['impact.quality.fewRule'] },
	heaped: { title: m['impact.quality.heaped'], rule: m['impact.quality.heapedRule'] }
};

/** One finding of a rule: where and how much. */
export function findingWords(
	{ rule, period, params }: QualityFinding,
	unit: string,
	cadence: Cadence
): string {
	const { from = 0, to = 0, usual = 0, missing = 0, points = 0, value = 0, share = 0 } = params;
	const when = period === null ? '' : periodWords(period, cadence);
	const count = formatNumber(points);
	switch (rule) {
		case 'redefined':
			return m['impact.quality.redefinedAt']({ unit, when });
		case 'gap':
			return m['impact.quality.gapAt']({ unit, when, count: formatNumber(missing) });
		case 'jump':
			return m['impact.quality.jumpAt']({
				unit,
				when,
				from: amount(from),
				to: amount(to),
				usual: amount(usual)
			});
		case 'constant':
			return m['impact.quality.constantAt']({ unit, count, value: amount(value) });
		case 'few':
			return m['impact.quality.fewAt']({ unit, count });
		case 'heaped':
			return m['impact.quality.heapedAt']({ unit, count, share: formatNumber(share * 100, 0) });
	}
}
