import { describe, expect, test } from 'vitest';
import { analyse } from './estimate.ts';
import { findingOf } from './finding.ts';
import type { Design } from './model.ts';
import { everybody, panel, question, setting, type Town } from './test-panel.ts';

describe('the estimator follows the design, and finds what was planted', () => {
	const late = (unit: number) => 10 + (unit % 3) * 3;
	test.each<[Design, Town, string]>([
		['lottery', {}, 'adjusted'],
		['before_after_comparison', {}, 'twoWay'],
		['staggered_start', { startOf: late }, 'groups'],
		['staggered_start', { startOf: late, trained: 24 }, 'groups'],
		['matched', { units: 80, trained: 10 }, 'matched']
	])('%s', (design, town, method) => {
		const rows = panel(town);
		const { analysis, verdict } = findingOf(question(rows, design));
		expect(analysis.main.method).toBe(method);
		expect(analysis.main.interval?.lower).toBeLessThan(-6 + 0.5);
		expect(analysis.main.interval?.upper).toBeGreaterThan(-6 - 0.5);
		expect(verdict.verdict).toBe('better');
		expect(analysis.detectable).toBeGreaterThan(0);
	});

	test.each<Design>(['lottery', 'before_after_comparison', 'staggered_start', 'matched'])(
		'%s calls nothing a success where nothing is',
		(design) => {
			const { verdict } = findingOf(question(panel({ effect: 0, units: 80, trained: 10 }), design));
			expect(verdict.verdict).toBe('noEvidence');
		}
	);

	test('a lottery counts only who was drawn; one that kept no draw is an ordinary comparison', () => {
		const rows = panel();
		const drawn = everybody(rows);
		drawn.delete('k0');
		const kept = findingOf(question(rows, 'lottery', { setting: setting('lottery', { drawn }) }));
		expect(kept.analysis).toMatchObject({ followed: 'lottery', unitsAside: 1 });
		expect(kept.verdict).toMatchObject({ claim: 'lot' });
		expect(kept.verdict.cautions).toContain('impact.caution.unitsAside');
		const lost = findingOf(question(rows, 'lottery', { setting: setting('lottery') }));
		expect(lost.verdict).toMatchObject({ claim: 'compared' });
		expect(lost.verdict.cautions).toContain('impact.caution.drawNotKept');
	});

	test('staggered starts show their path with a band that is wider than each point’s interval', () => {
		const { event } = analyse(panel({ startOf: late }), setting('staggered_start'));
		const after = event?.points.filter(({ relative, band }) => relative >= 0 && band !== null) ?? [];
		expect(after.length).toBeGreaterThan(3);
		for (const { band, interval } of after)
			if (band && interval)
				expect(band.upper - band.lower).toBeGreaterThan((interval.upper - interval.lower) * 0.95);
	});
});

describe('holes in the series', () => {
	const late = (unit: number) => 10 + (unit % 3) * 3;

	test('a month missing at the start is no later start', () => {
		const rows = panel({ startOf: late }).filter(({ unit, period }) => unit !== 'k0' || period !== 10);
		const starts = new Map(
			rows.filter(({ treated }) => treated).map(({ unit }) => [unit, late(Number(unit.slice(1)))])
		);
		const blind = analyse(rows, setting('staggered_start')).main;
		const { main } = analyse(rows, setting('staggered_start', { starts }));
		// By its own figures alone the unit is a group without a month before, and drops out.
		expect(blind.estimate).not.toBe(main.estimate);
		expect(main.interval?.lower).toBeLessThan(-6 + 0.5);
		expect(main.interval?.upper).toBeGreaterThan(-6 - 0.5);
	});

	test('a month in which one unit of its group was measured costs that month and not the answer', () => {
		const group = ['k0', 'k3', 'k6'];
		const rows = panel({ startOf: late }).filter(
			({ unit, period }) => !group.includes(unit) || period !== 15
		);
		const { main } = analyse(rows, setting('staggered_start'));
		expect(main.interval?.lower).toBeLessThan(-6 + 0.5);
		expect(main.interval?.upper).toBeGreaterThan(-6 - 0.5);
	});
});

describe('what the design cannot carry is not said', () => {
	test('plain before and after never gets a verdict, however large the change', () => {
		const rows = panel({ units: 12, trained: 12 });
		const { verdict, analysis } = findingOf(question(rows, 'before_after'));
		expect(analysis.main).toMatchObject({ method: 'change' });
		expect(analysis.main.estimate).not.toBeNull();
		expect(verdict).toMatchObject({ verdict: 'cannotTell', messageKey: 'impact.verdict.beforeAfterOnly' });
	});

	test('a matched study speaks of similar units', () => {
		expect(findingOf(question(panel({ units: 80, trained: 10 }), 'matched')).verdict.claim).toBe('alike');
	});

	test('a test indicator that moves overrules the answer', () => {
		const rows = panel();
		const indicator = { id: 'x', code: 'X', name: 'X', unitOfMeasure: 'x', better: 'lower' as const };
		const outcomes = [{ indicator, placebo: true, rows: panel({ effect: -4 }) }];
		const said = findingOf(question(rows, 'before_after_comparison', { outcomes }));
		expect(said.verdict.messageKey).toBe('impact.verdict.placeboMoved');
		expect(said.checks).toContainEqual({ check: 'placeboOutcome', held: false, value: 1 });
	});

	test('several outcomes are adjusted together', () => {
		const indicator = { id: 'x', code: 'X', name: 'X', unitOfMeasure: 'x', better: 'lower' as const };
		const outcomes = [0, 0].map((effect) => ({ indicator, placebo: false, rows: panel({ effect }) }));
		const said = findingOf(question(panel(), 'before_after_comparison', { outcomes }));
		for (const one of said.outcomes)
			expect(one.adjusted).toBeGreaterThanOrEqual((one.analysis.main.pValue ?? 1) - 1e-12);
		expect(said.outcomes.map(({ verdict }) => verdict.verdict)).toEqual(['noEvidence', 'noEvidence']);
	});

	test('units that chose themselves because they were on their way up are no success', () => {
		const rows = panel({
			effect: 0,
			value: (unit, month) => 40 + unit - (unit < 12 ? 0.5 * month : 0) + ((unit * month) % 5) / 10
		});
		expect(findingOf(question(rows, 'before_after_comparison')).verdict).toMatchObject({
			verdict: 'cannotTell',
			messageKey: 'impact.verdict.pathsDiffered'
		});
	});
});
