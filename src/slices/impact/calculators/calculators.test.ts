import { describe, expect, test } from 'vitest';
import { tableOfText } from '../measurements.ts';
import { calculate } from './calculate.ts';
import type { Calculator, Circumstances } from './calculator.ts';
import { minutesBetween, momentOf, quantile } from './queue.ts';
import { leastRespondents } from './survey.ts';

const A = { id: '0190a000-0000-7000-8000-000000000001', code: 'A1', name: 'Kecamatan A' };
const B = { id: '0190a000-0000-7000-8000-000000000002', code: 'B1', name: 'Kecamatan B' };
const of: Circumstances = {
	units: [A, B],
	today: '2026-11-21',
	measure: { cadence: 'month', unitOfMeasure: 'menit', lowest: null, highest: null },
	statistic: 'median',
	bands: [
		{ from: 88.31, grade: 'A', weak: false },
		{ from: 76.61, grade: 'B', weak: false },
		{ from: 65, grade: 'C', weak: true },
		{ from: 25, grade: 'D', weak: true }
	]
};
const run = (calculator: Calculator, text: string, more: Partial<Circumstances> = {}) =>
	calculate(calculator, tableOfText(text), { ...of, ...more });
const codes = (problems: readonly { line: number; code: string }[]) =>
	problems.map(({ line, code }) => `${line} ${code.split('.').at(-1)}`);

describe('SKM (domain.md §18)', () => {
	const head = 'unit;periode;responden;populasi;U1;U2;U3;U4;U5;U6;U7;U8;U9';
	const means = (scores: string) => run('survey', `${head}\nA1;2026-01;40;1.000;${scores}`).results[0];
	test.each([
		['3,10;3,10;3,10;3,10;3,10;3,10;3,10;3,10;3,10', 77.5, 'B'],
		['3,2;3,0;2,8;3,6;3,1;3,3;3,4;2,9;3,0', 78.61, 'B'],
		['2,60;2,60;2,60;2,60;2,60;2,60;2,60;2,60;2,60', 65, 'C'],
		[Array.from({ length: 9 }, () => '3,0642').join(';'), 76.61, 'B'],
		[Array.from({ length: 9 }, () => '3,0641').join(';'), 76.6, 'C']
	])('means %s', (scores, value, grade) => {
		expect(means(scores)).toMatchObject({ value, count: 40, survey: { grade, least: 278 } });
	});
	test('from respondents: counts those who answered, and reads nothing of who they are', () => {
		const { results, problems } = run(
			'survey',
			'nama,unit,tanggal,umur,U1,U2,U3,U4,U5,U6,U7,U8,U9\nSiti,A1,2026-01-05,30,4,3,3,3,3,3,3,3,3\nBudi,A1,2026-01-19,41,2,3,3,3,3,3,3,,3'
		);
		expect(problems).toEqual([]);
		expect(results).toMatchObject([
			{ unitId: A.id, period: '2026-01-01', value: 75, count: 2, survey: { grade: 'C' } }
		]);
		expect(JSON.stringify(results)).not.toMatch(/Siti|Budi/);
	});
	test('scores outside 1 to 4, an element nobody answered, two surveys of a period', () => {
		expect(
			codes(
				run(
					'survey',
					'unit,bulan,U1,U2,U3,U4,U5,U6,U7,U8,U9\nA1,2026-01,5,3,3,3,3,3,3,3,x\nB1,2026-01,3,3,3,3,3,3,3,3,'
				).problems
			)
		).toEqual(['2 score', '2 score', '3 noAnswer']);
		expect(
			codes(
				run(
					'survey',
					`${head}\nA1;2026-01;4;9;${Array(9).fill('3').join(';')}\nA1;2026-01;4;9;${Array(9).fill('3').join(';')}`
				).problems
			)
		).toEqual(['3 twice']);
	});
	test('surveys of a half year take in its days', () => {
		const { results } = run(
			'survey',
			'unit,tanggal,U1,U2,U3,U4,U5,U6,U7,U8,U9\nA1,2026-08-05,3,3,3,3,3,3,3,3,3',
			{
				measure: { ...of.measure, cadence: 'half' }
			}
		);
		expect(results).toMatchObject([{ period: '2026-07-01', value: 75 }]);
	});
	test.each([
		[10, 10],
		[15, 14],
		[100, 80],
		[500, 217],
		[1000, 278],
		[10_000, 370],
		[1_000_000, 384]
	])('of %i people %i must answer (Krejcie & Morgan 1970, table 1)', (population, least) => {
		expect(leastRespondents(population)).toBe(least);
	});
});

describe('log of a queue', () => {
	test('median, mean and P90 per unit and month, past midnight too', () => {
		const { results, problems } = run(
			'queue',
			'unit,tanggal,datang,dipanggil,selesai\nA1,05/01/2026,08:00,08:10,08:15\nA1,05/01/2026,08:01,08:21,08:30\nA1,2026-01-06,23:50,00:20,00:30\nB1,2026-02-01,2026-02-01 08:00,2026-02-01 08:12:30,'
		);
		expect(problems).toEqual([]);
		expect(results).toMatchObject([
			{ unitId: A.id, period: '2026-01-01', value: 20, count: 3, queue: { median: 20, mean: 20, p90: 28 } },
			{ unitId: B.id, period: '2026-02-01', value: 12.5, count: 1 }
		]);
	});
	test('missing, unreadable and backward times are told by line', () => {
		const { results, problems } = run(
			'queue',
			'unit,tanggal,datang,dilayani,selesai\nA1,2026-01-05,08:00,,\nA1,2026-01-05,pagi,08:10,\nA1,2026-01-05,08:30,08:10,\nA1,2026-01-05,08:30,08:40,08:35\nA1,2027-01-05,08:30,08:40,\nX9,2026-01-05,08:30,08:40,'
		);
		expect(codes(problems)).toEqual([
			'2 notServed',
			'3 time',
			'4 servedBefore',
			'5 finishedBefore',
			'6 future',
			'7 unitUnknown'
		]);
		expect(results).toEqual([]);
	});
	test('a backward date is never midnight; quantiles are those of R', () => {
		const [late, early] = [momentOf('2026-01-05 23:50'), momentOf('2026-01-05 00:10')];
		expect(late && early && minutesBetween(late, early)).toBe(-1420);
		expect(momentOf('46027,5')).toEqual({ day: '2026-01-05', minute: 720 });
		expect(momentOf('25:00')).toBeNull();
		expect(quantile([1, 2, 3, 4], 0.9)).toBeCloseTo(3.7, 12);
	});
});

test('share of good predicates, and count of services', () => {
	const share = run(
		'predicate',
		'nip,unit,periode,predikat\n1,A1,2026-01,Baik\n2,A1,2026-01,Sangat Baik\n3,A1,2026-01,Kurang\n4,A1,2026-01,hebat'
	);
	expect(share.results).toMatchObject([{ value: 66.67, count: 3 }]);
	expect(codes(share.problems)).toEqual(['5 predicate']);
	const count = run(
		'count',
		'unit,tanggal,jumlah\nA1,2026-01-03,1.200\nA1,2026-01-04,5\nB1,2026-02-01,\nB1,2026-02-01,-3'
	);
	expect(count.results).toMatchObject([{ value: 1205 }, { value: 1 }]);
	expect(codes(count.problems)).toEqual(['5 count']);
});

test('a table without the columns says which are needed', () => {
	for (const calculator of ['survey', 'queue', 'predicate', 'count'] as const)
		expect(() => run(calculator, 'a,b\n1,2')).toThrow('kernel.invalid');
});
