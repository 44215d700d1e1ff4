import { serviceIndexOfAnswers } from '#slices/needs/public.server.ts';
import {
	columnsOf,
	periodHolding,
	reporter,
	unitFinder,
	unitIn,
	type Problem,
	type TableRow
} from '../measurements.ts';
import { numberOfText } from '../numbers.ts';
import { gather, PERIOD_TITLES, UNIT_TITLES, type Calculated, type Circumstances } from './calculator.ts';

const NINE = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
type Column = 'unit' | 'period' | 'respondents' | 'population' | `u${(typeof NINE)[number]}`;
const titles = (element: number): string[] => [
	`u${element}`,
	`u.${element}`,
	`unsur ${element}`,
	`u ${element}`
];

const COLUMNS: Record<Column, readonly string[]> = {
	unit: UNIT_TITLES,
	period: PERIOD_TITLES,
	respondents: ['responden', 'jumlah responden', 'respondents', 'n'],
	population: ['populasi', 'jumlah pemohon', 'penerima layanan', 'population'],
	u1: titles(1),
	u2: titles(2),
	u3: titles(3),
	u4: titles(4),
	u5: titles(5),
	u6: titles(6),
	u7: titles(7),
	u8: titles(8),
	u9: titles(9)
};
const ELEMENT_COLUMNS = NINE.map((element) => `u${element}` as const);

/**
 * How many respondents a population of N needs: χ²NP(1−P) ÷ (d²(N−1) + χ²P(1−P)) with χ² = 3.841, P = 0.5, d = 0.05,
 * rounded. @source Krejcie & Morgan 1970, Educational and Psychological Measurement 30, formula on p. 607
 */
export function leastRespondents(population: number): number {
	if (!Number.isInteger(population) || population < 1) throw new RangeError(`population: ${population}`);
	return Math.min(
		population,
		Math.round((3.841 * population * 0.25) / (0.0025 * (population - 1) + 3.841 * 0.25))
	);
}

/** Means of elements are kept with four decimals: as whole numbers, so that every sum is exact. */
const PARTS = 10_000;

type Answers = {
	/** One respondent each, or with `respondents` the means of so many. */
	respondents: number | null;
	population: number | null;
	/** Ten thousandths; null where the element was left out. */
	scores: (number | null)[];
};

/**
 * IKM of every unit and period. A line is one respondent (whole scores of 1 to 4, an empty cell is no answer), or, where
 * there is a column of respondents, the nine means of a survey. Age, sex and whatever else a survey asks is not read.
 */
export function surveyResults(table: readonly TableRow[], of: Circumstances): Calculated {
	const { at, lines } = columnsOf(
		table,
		COLUMNS,
		['unit', 'period', ...ELEMENT_COLUMNS],
		'impact.calculate.surveyColumns'
	);
	const known = unitFinder(of.units);
	const problems: Problem[] = [];
	const groups = gather<Answers & { row: number }>();
	for (const { row, cells } of lines) {
		const before = problems.length;
		const bad = reporter(problems, row);
		const unit = unitIn(known(at(cells, 'unit')), at(cells, 'unit'), bad);
		const period = periodHolding(at(cells, 'period'), of.measure.cadence, of.today, bad);
		const respondents = wholeOf(at(cells, 'respondents'));
		const population = wholeOf(at(cells, 'population'));
		if (Number.isNaN(respondents)) bad('impact.calculate.count', at(cells, 'respondents'));
		if (Number.isNaN(population)) bad('impact.calculate.count', at(cells, 'population'));
		const scores = ELEMENT_COLUMNS.map((name, index) => {
			const typed = at(cells, name);
			if (typed === '' && respondents === null) return null;
			const score = numberOfText(typed);
			const fits =
				typeof score === 'number' &&
				score >= 1 &&
				score <= 4 &&
				(respondents !== null || Number.isInteger(score));
			if (!fits) bad('impact.calculate.score', typed, index + 1);
			return fits ? Math.round(score * PARTS) : null;
		});
		if (unit === null || period === null || problems.length > before) continue;
		groups.of(unit.id, period).push({ row, respondents, population, scores });
	}
	const results = groups.all().flatMap(({ unitId, period, lines: answers }) => {
		const [first] = answers;
		const second = answers.find((line, index) => index > 0 && line.respondents !== null);
		if (first === undefined) return [];
		if (second !== undefined) {
			reporter(problems, second.row)('impact.import.twice', period.slice(0, 7), first.row);
			return [];
		}
		const elements = NINE.map((_, index) => {
			const given = answers.flatMap(({ scores }) => scores[index] ?? []);
			return { sum: given.reduce((sum, score) => sum + score, 0), answered: given.length * PARTS };
		});
		const silent = elements.findIndex(({ answered }) => answered === 0);
		if (silent >= 0) {
			reporter(problems, first.row)('impact.calculate.noAnswer', period.slice(0, 7), silent + 1);
			return [];
		}
		const { index, grade } = serviceIndexOfAnswers(elements, of.bands);
		const population = Math.max(0, ...answers.map((line) => line.population ?? 0));
		return [
			{
				unitId,
				period,
				value: Number(index),
				count: first.respondents ?? answers.length,
				survey: {
					index,
					grade,
					elements: elements.map(({ sum, answered }) => sum / answered),
					least: population > 0 ? leastRespondents(population) : null
				}
			}
		];
	});
	return { results, problems };
}

/** Null where nothing stands, NaN where it is no count. */
function wholeOf(typed: string): number | null {
	if (typed === '') return null;
	const plain = typed.replace(/^(\d{1,3})(?:[.,](\d{3}))+$/, (all) => all.replaceAll(/[.,]/g, ''));
	return /^\d{1,9}$/.test(plain) && Number(plain) > 0 ? Number(plain) : NaN;
}
