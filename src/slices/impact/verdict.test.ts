import { describe, expect, test } from 'vitest';
import {
	differenceInDifferences,
	type DifferenceInDifferences
} from '#kernel/statistics/differenceInDifferences.ts';
import type { PanelRow } from '#kernel/statistics/panel.ts';
import { verdictOf, type Direction, type ImpactDesign } from './verdict.ts';

const PLANNED: ImpactDesign = { plannedBefore: true, smallestUseful: null };

type Shape = { estimate?: number; margin?: number } & Partial<DifferenceInDifferences>;

/** A sound study of 12 against 12 units, changed only where a case says so. */
function study({ estimate = -4, margin = 1, ...rest }: Shape = {}): DifferenceInDifferences {
	return {
		estimate,
		standardError: margin / 2,
		df: 23,
		pValue: 0.01,
		interval: { lower: estimate - margin, upper: estimate + margin, level: 0.95 },
		means: null,
		rawDifference: estimate,
		clusters: { treated: 12, comparison: 12 },
		unitsLeftOut: 0,
		observations: 576,
		start: 13,
		prePeriods: 12,
		postPeriods: 12,
		preTrend: {
			slope: 0.01,
			standardError: 0.05,
			pValue: 0.84,
			interval: { lower: -0.09, upper: 0.11, level: 0.95 }
		},
		eventStudy: [],
		warnings: [],
		...rest
	};
}

describe('the words follow the interval, not the wish', () => {
	test.each<[string, Shape, Direction, number | null, string, string]>([
		['shorter queues', { estimate: -4 }, 'lower', null, 'better', 'better'],
		['longer queues', { estimate: 4 }, 'lower', null, 'worse', 'worse'],
		['more satisfaction', { estimate: 4 }, 'higher', null, 'better', 'better'],
		['less satisfaction', { estimate: -4 }, 'higher', null, 'worse', 'worse'],
		['an interval across zero', { estimate: -4, margin: 5 }, 'lower', null, 'noEvidence', 'noEvidence'],
		['an interval that touches zero', { estimate: -4, margin: 4 }, 'lower', null, 'noEvidence', 'noEvidence'],
		[
			'wide, though a useful change was named',
			{ estimate: -1, margin: 5 },
			'lower',
			3,
			'noEvidence',
			'noEvidence'
		],
		['narrow around zero', { estimate: -0.5, margin: 1 }, 'lower', 3, 'noEvidence', 'noUsefulChange'],
		['sure but tiny', { estimate: -1, margin: 0.5 }, 'lower', 3, 'better', 'betterButSmall'],
		['sure and perhaps useful', { estimate: -3, margin: 1 }, 'lower', 3, 'better', 'better']
	])('%s', (_, shape, direction, smallestUseful, verdict, key) => {
		const said = verdictOf(study(shape), direction, { ...PLANNED, smallestUseful });
		expect(said).toMatchObject({ verdict, messageKey: `impact.verdict.${key}`, cautions: [] });
	});

	test('figures are told in the good direction, so that one sentence fits both kinds of indicator', () => {
		const { params } = verdictOf(study({ estimate: -4, margin: 1 }), 'lower', PLANNED);
		expect(params).toEqual({
			change: 4,
			size: 4,
			lowest: 3,
			highest: 5,
			level: 0.95,
			treated: 12,
			comparison: 12
		});
		expect(verdictOf(study({ estimate: -4 }), 'higher', PLANNED).params).toMatchObject({
			change: -4,
			size: 4,
			lowest: -5,
			highest: -3
		});
	});
});

describe('when the comparison cannot carry a judgement, that is the verdict', () => {
	test.each<[string, Shape, string]>([
		['nobody was trained', { warnings: ['noTreated'] }, 'noTreated'],
		['nobody to compare with', { warnings: ['noComparison'] }, 'noComparison'],
		['nothing measured afterwards', { warnings: ['noPost'] }, 'noAfter'],
		['nothing measured before', { warnings: ['noPre'] }, 'tooFewBefore'],
		['one period before', { prePeriods: 1, preTrend: null }, 'tooFewBefore'],
		['four trained units', { clusters: { treated: 4, comparison: 17 } }, 'tooFewUnits'],
		['four comparison units', { clusters: { treated: 17, comparison: 4 } }, 'tooFewUnits'],
		['paths that parted before', { warnings: ['preTrend'] }, 'pathsDiffered'],
		['training withdrawn again', { warnings: ['reversal'] }, 'treatmentStopped'],
		['no interval', { interval: null }, 'tooFewUnits']
	])('%s', (_, shape, key) => {
		expect(verdictOf(study(shape), 'lower', PLANNED)).toMatchObject({
			verdict: 'cannotTell',
			messageKey: `impact.verdict.${key}`
		});
	});
});

describe('weaknesses are said in the same breath', () => {
	test('a comparison chosen afterwards, few units, different starts', () => {
		const weak = study({ warnings: ['staggered', 'fewClusters'], clusters: { treated: 8, comparison: 9 } });
		expect(verdictOf(weak, 'lower', { plannedBefore: false, smallestUseful: null })).toMatchObject({
			verdict: 'better',
			cautions: [
				'impact.caution.chosenAfterwards',
				'impact.caution.differentStarts',
				'impact.caution.fewUnits'
			]
		});
	});
});

describe('a lottery', () => {
	const claim = (lost: number) =>
		verdictOf(study({}), 'lower', { plannedBefore: true, smallestUseful: null, followed: 'lottery', lost })
			.claim;
	test('puts a difference down to the training, unless more than a fifth of its units have no figures', () => {
		expect(claim(0.2)).toBe('lot');
		expect(claim(0.25)).toBe('compared');
	});
});

describe('from measurements to words', () => {
	/** 11 trained and 10 other kecamatan, two years of months; levels, a season and a fixed scatter of ±1. */
	const city = (effect: number, drift = 0): PanelRow[] =>
		Array.from({ length: 21 }, (_, unit) =>
			Array.from({ length: 24 }, (__, month) => {
				const treated = unit < 11;
				const scatter = ((unit * 7 + month * 11 + unit * month * 3) % 21) / 10 - 1;
				const season = 2 * Math.sin((month * Math.PI) / 6);
				const change = treated ? (month >= 12 ? effect : 0) + drift * month : 0;
				return {
					unit: `kecamatan ${unit}`,
					period: month,
					treated,
					post: month >= 12,
					value: 25 + unit + season + scatter + change
				};
			})
		).flat();

	test('six minutes less in the queue is found and called better', () => {
		const said = verdictOf(differenceInDifferences(city(-6)), 'lower', PLANNED);
		expect(said.verdict).toBe('better');
		expect(said.params['change']).toBeCloseTo(6, 0);
		expect(said.cautions).toEqual([]);
	});

	test('no change is not called a success', () => {
		expect(verdictOf(differenceInDifferences(city(0)), 'lower', PLANNED).verdict).toBe('noEvidence');
	});

	test('a queue that was shrinking long before the training is not credited to it', () => {
		expect(verdictOf(differenceInDifferences(city(0, -0.6)), 'lower', PLANNED)).toMatchObject({
			verdict: 'cannotTell',
			messageKey: 'impact.verdict.pathsDiffered'
		});
	});
});
