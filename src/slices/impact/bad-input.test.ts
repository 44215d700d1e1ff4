import { describe, expect, test } from 'vitest';
import type { PanelRow } from '#kernel/statistics/panel.ts';
import { findingOf, type Finding, type Question } from './finding.ts';
import { readMeasurements, rowsOfFile } from './measurements.ts';
import type { Design } from './model.ts';
import { briefData } from './report/brief.ts';
import { bundleOf } from './report/bundle.ts';
import { balanceChart } from './report/balance-chart.ts';
import { eventChart } from './report/event-chart.ts';
import { lineChart } from './report/line-chart.ts';
import { armMeans } from './rules.ts';
import type { Study } from './server/queries/studies.ts';
import { panel, question } from './test-panel.ts';
import { problemWords } from './ui/problem-words.ts';

/** What a page must never show for a number that is none. */
const NO_FIGURE = /NaN|Infinity|∞|undefined|\bnull\b/;

/** All words and pictures that are made of a finding for the page, the brief and the bundle. */
function whatIsRead(asked: Question, finding: Finding): string[] {
	const study: Study = {
		id: 's',
		question: 'Apakah antrean lebih singkat?',
		figures: 'f',
		programId: 'p',
		program: 'Pelayanan',
		plan: null,
		planLineId: null,
		design: asked.setting.design,
		smallestUseful: null,
		selection: null,
		startsFrom: null,
		monthsBefore: null,
		monthsAfter: null,
		covariates: [],
		spillover: null,
		plannedBefore: true,
		frozenAt: null,
		frozenBy: null,
		draw: null,
		fixed: null,
		indicator: { id: 'i', code: 'ANTRE', name: 'Antrean', unitOfMeasure: 'menit', better: 'lower' }
	};
	const means = armMeans(asked.rows);
	const brief = briefData(
		{ agency: 'Kota', study, finding, means, start: null, remarks: [], units: [] },
		new Date(0)
	);
	const bundle = bundleOf({ study, question: asked, finding }).filter(({ name }) => name !== 'hasil.json');
	return [
		JSON.stringify(brief),
		lineChart(means, null),
		eventChart(finding.result.eventStudy),
		balanceChart(finding.analysis.balance),
		...bundle.map(({ content }) => Buffer.from(content).toString('utf8'))
	];
}

describe('a file of figures', () => {
	const unit = { id: '0190a000-0000-7000-8000-000000000001', code: 'K.01', name: 'Kecamatan Medan Marelan' };
	const minutes = { cadence: 'month' as const, unitOfMeasure: 'menit', lowest: 0, highest: 600 };
	const read = (...lines: string[]) =>
		readMeasurements(rowsOfFile(['unit;bulan;nilai', ...lines].join('\n')), [unit], '2026-11-21', minutes);

	test('in mixed units is refused line by line, with what to write instead', () => {
		const { good, problems } = read('K.01;2026-03;12 menit', 'K.01;2026-04;0,2 jam', 'K.01;2026-05;90 orang');
		expect(good).toHaveLength(1);
		expect(problems.map(({ line }) => line)).toEqual([3, 4]);
		const [hours = '', people = ''] = problems.map(problemWords);
		expect(hours).toContain('0,2 jam');
		expect(hours).toMatch(/12\b/);
		expect(people).toContain('90 orang');
		for (const words of [hours, people]) expect(words).not.toMatch(NO_FIGURE);
	});

	test('with decimal commas means what its writer meant; what could mean two numbers is asked', () => {
		const { good, problems } = read('K.01;2026-03;12,5', 'K.01;2026-04;1.234', 'K.01;2026-05;12,,5');
		expect(good.map(({ value }) => value)).toEqual([12.5]);
		expect(problems.map(({ code }) => code.split('.').at(-1))).toEqual(['valueAmbiguous', 'value']);
	});

	test('that could mean two numbers is told how to write either, and both are then understood', () => {
		const { problems } = read('K.01;2026-03;7.500');
		const words = problems.map(problemWords).join();
		expect(words).toContain('Tulis 7500 untuk ribuan, atau 7.5000 untuk desimal');
		const { good } = read('K.01;2026-03;75', 'K.01;2026-04;7.5000', 'K.01;2026-05;7,5000');
		expect(good.map(({ value }) => value)).toEqual([75, 7.5, 7.5]);
	});

	test('with a period twice counts the same value once and refuses two different ones, naming the first line', () => {
		const { good, problems, repeated } = read('K.01;2026-03;12', 'K.01;Maret 2026;12', 'K.01;3/2026;13');
		expect([good.length, repeated, problems.length]).toEqual([1, 1, 1]);
		expect(problems.map(problemWords).join()).toContain('2');
		expect(problems[0]).toMatchObject({ line: 4, params: { other: 2 } });
	});
});

describe('bad input gets words, and never NaN', () => {
	const cases: [string, Design, PanelRow[], string][] = [
		['no figures at all', 'before_after_comparison', [], 'noTreated'],
		['no figures, by lot', 'lottery', [], 'noTreated'],
		['no figures, staggered', 'staggered_start', [], 'noTreated'],
		['no figures, matched', 'matched', [], 'noTreated'],
		['everybody trained', 'before_after_comparison', panel({ trained: 24 }), 'noComparison'],
		['everybody trained, by lot', 'lottery', panel({ trained: 24 }), 'noComparison'],
		['everybody trained, matched', 'matched', panel({ trained: 24 }), 'noComparison'],
		['everybody trained at once, staggered', 'staggered_start', panel({ trained: 24 }), 'tooFewUnits'],
		['one comparison unit', 'before_after_comparison', panel({ trained: 23 }), 'tooFewUnits'],
		['one comparison unit, by lot', 'lottery', panel({ trained: 23 }), 'tooFewUnits'],
		['one comparison unit, matched', 'matched', panel({ trained: 23 }), ''],
		['a constant outcome', 'before_after_comparison', panel({ value: () => 7 }), 'constant'],
		['a constant outcome, by lot', 'lottery', panel({ value: () => 7 }), 'constant'],
		['a constant outcome, staggered', 'staggered_start', panel({ value: () => 7 }), 'constant'],
		['a constant outcome, matched', 'matched', panel({ value: () => 7 }), 'constant'],
		[
			'perfect separation',
			'matched',
			panel({ value: (unit, month) => (unit < 12 ? 100 : 10) + unit + ((unit * month) % 7) / 10 }),
			'separated'
		],
		['nothing after the start', 'lottery', panel().filter(({ period }) => period < 12), 'noAfter'],
		['nothing before the start', 'lottery', panel().filter(({ period }) => period >= 12), ''],
		['every third month missing', 'staggered_start', panel().filter(({ period }) => period % 3 !== 0), ''],
		[
			'half of the units hardly measured',
			'lottery',
			panel().filter(({ unit, period }) => Number(unit.slice(1)) % 2 === 0 || period === 3),
			''
		]
	];
	test.each(cases)('%s', (_, design, rows, key) => {
		const asked = question(rows, design, { planned: 24 });
		const finding = findingOf(asked);
		expect(
			JSON.stringify(finding, (__, value: unknown) =>
				typeof value === 'number' && !Number.isFinite(value) ? 'BAD' : value
			)
		).not.toContain('BAD');
		for (const shown of whatIsRead(asked, finding)) expect(shown).not.toMatch(NO_FIGURE);
		if (key !== '') expect(finding.verdict.messageKey).toBe(`impact.verdict.${key}`);
		expect(finding.verdict.messageKey).toMatch(/^impact\.verdict\./);
	});

	test('units without figures are said', () => {
		const rows = panel().filter(({ unit }) => Number(unit.slice(1)) % 2 === 0);
		const said = findingOf(question(rows, 'before_after_comparison', { planned: 24 }));
		expect(said.verdict.cautions).toContain('impact.caution.unitsLost');
		expect(said.checks).toContainEqual({ check: 'lost', held: false, value: 0.5 });
	});
});
