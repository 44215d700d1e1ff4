import { averageEffect } from '#kernel/statistics/averageEffect.ts';
import { didOf } from '#kernel/statistics/differenceInDifferences.ts';
import { matchedEffect } from '#kernel/statistics/matching.ts';
import type { Panel } from '#kernel/statistics/panel.ts';
import { randomFrom } from '#kernel/statistics/random.ts';
import { staggeredAdoption } from '#kernel/statistics/staggeredAdoption.ts';

// The estimators of impact at the size of a nation's units: no database, one thread.
const UNITS = 20_000;
const PERIODS = 50;
const PEOPLE = 14_351;
const COVARIATES = 12;

const random = randomFrom(1);
const outcome = Float64Array.from({ length: UNITS * PERIODS }, random);
const periods = Array.from({ length: PERIODS }, (_, period) => period);
const starts = Float64Array.from({ length: UNITS }, (_, i) => (i % 3 === 0 ? Infinity : 2 + (i % 48)));
const panel: Panel = {
	unitOf: Int32Array.from({ length: UNITS * PERIODS }, (_, row) => row % UNITS),
	units: UNITS,
	periodOf: Int32Array.from({ length: UNITS * PERIODS }, (_, row) => Math.floor(row / UNITS)),
	periods: Float64Array.from(periods),
	treated: Uint8Array.from(outcome, (_, row) => (row % UNITS) % 2),
	post: Uint8Array.from(outcome, (_, row) =>
		(row % UNITS) % 2 === 1 && row >= (UNITS * PERIODS) / 2 ? 1 : 0
	),
	value: outcome
};
const covariates = Array.from({ length: COVARIATES }, () => Float64Array.from({ length: PEOPLE }, random));
const lean = (i: number): number =>
	covariates.reduce((sum, column) => sum + (column[i] ?? 0), 0) / COVARIATES;
const treated = Uint8Array.from({ length: PEOPLE }, (_, i) => (random() < lean(i) * 0.5 ? 1 : 0));
const y = Float64Array.from(treated, (side, i) => side + 2 * lean(i) + random());

const measures = [
	{
		what: 'staggered adoption, 1,000,000 unit-periods, never treated',
		bar: 5000,
		work: () => staggeredAdoption({ periods, starts, outcome }).effects.length
	},
	{
		what: 'the same, not yet treated',
		bar: 5000,
		work: () => staggeredAdoption({ periods, starts, outcome }, { comparison: 'notYet' }).effects.length
	},
	{
		what: 'difference in differences, clustered, 1,000,000 rows',
		bar: 2000,
		work: () => didOf(panel).observations
	},
	{
		what: `matching ${PEOPLE} people, ${COVARIATES} covariates, caliper`,
		bar: 5000,
		work: () => {
			const found = matchedEffect(y, treated, covariates);
			return typeof found === 'string' ? 0 : found.pairs.length;
		}
	},
	{
		what: 'the same, doubly robust',
		bar: 5000,
		work: () => {
			const found = averageEffect(y, treated, covariates);
			return typeof found === 'string' ? 0 : found.treated;
		}
	}
];

const rows = measures.map(({ what, bar, work }) => {
	const times = Array.from({ length: 3 }, () => {
		const begun = performance.now();
		const size = work();
		return { ms: performance.now() - begun, size };
	}).sort((a, b) => a.ms - b.ms);
	const [fastest, median, slowest] = times;
	return {
		what,
		'median, ms': Math.round(median?.ms ?? 0),
		'fastest–slowest, ms': `${Math.round(fastest?.ms ?? 0)}–${Math.round(slowest?.ms ?? 0)}`,
		size: median?.size,
		'at most, ms': bar,
		ok: (median?.ms ?? Infinity) <= bar
	};
});
console.table(rows);
const peak = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(`memory at its peak: ${peak} MB (at most 1000)`);
if (rows.some(({ ok }) => !ok) || peak > 1000) process.exitCode = 1;
