import { loadavg } from 'node:os';
import { itemAnalysis, type TestItem } from '#kernel/statistics/itemAnalysis.ts';
import { randomFrom } from '#kernel/statistics/random.ts';

// Item analysis of a large test: 5,000 people × 100 questions of four choices, from answers in memory to every figure.
const BUDGET_MS = 500;
const PEOPLE = 5000;
const ITEMS = 100;

const draw = randomFrom(7);
const able = Array.from({ length: PEOPLE }, () => draw() * 2 - 1);
const items = Array.from({ length: ITEMS }, (): TestItem => {
	const ticked = able.map((ability) => [draw() < 0.5 + 0.3 * ability ? 0 : 1 + Math.floor(draw() * 3)]);
	return {
		scores: Float64Array.from(ticked, ([tick]) => (tick === 0 ? 1 : 0)),
		most: 1,
		ticked,
		right: [true, false, false, false]
	};
});

const rows = Array.from({ length: 7 }, () => {
	const cpu = process.cpuUsage();
	const started = performance.now();
	const { reliability } = itemAnalysis(items);
	const ms = Math.round(performance.now() - started);
	if (reliability === null) throw new Error('no reliability');
	return {
		ms,
		'CPU, ms': Math.round(process.cpuUsage(cpu).user / 1000),
		budget: BUDGET_MS,
		ok: ms <= BUDGET_MS
	};
});
console.table(rows);
const median = rows.map(({ ms }) => ms).sort((a, b) => a - b)[3] ?? Infinity;
console.log(`median ${median} ms; load ${(loadavg()[0] ?? 0).toFixed(1)}`);
if (median > BUDGET_MS) process.exitCode = 1;
