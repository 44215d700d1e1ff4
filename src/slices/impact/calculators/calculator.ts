import type { CivilDate } from '#kernel/time.ts';
import type { ServiceBand, ServiceGrade } from '#slices/needs/public.ts';
import type { KnownUnit, Measure, Problem } from '../measurements.ts';

/** Survey of satisfaction (SKM), log of a queue, predicates of performance (SKP), count of services. */
export const CALCULATORS = ['survey', 'queue', 'predicate', 'count'] as const;
export type Calculator = (typeof CALCULATORS)[number];

/** Which figure of the waiting times becomes the measurement. */
export const STATISTICS = ['median', 'mean', 'p90'] as const;
export type Statistic = (typeof STATISTICS)[number];

export type Circumstances = {
	units: readonly KnownUnit[];
	today: CivilDate;
	measure: Measure;
	statistic: Statistic;
	bands: readonly ServiceBand[];
};

/** A measurement with what it rests on; never a line of the file, which may be about a person. */
export type Result = {
	unitId: string;
	period: CivilDate;
	value: number;
	/** Respondents, visitors, staff or lines. */
	count: number;
	survey?: { index: string; grade: ServiceGrade | null; elements: number[]; least: number | null };
	queue?: { median: number; mean: number; p90: number };
};

export type Calculated = { results: Result[]; problems: Problem[] };

/** Lines of one unit and period, gathered. */
export function gather<Line>(): {
	of: (unitId: string, period: CivilDate) => Line[];
	all: () => { unitId: string; period: CivilDate; lines: Line[] }[];
} {
	const groups = new Map<string, { unitId: string; period: CivilDate; lines: Line[] }>();
	return {
		of: (unitId, period) => {
			const key = `${unitId} ${period}`;
			const group = groups.get(key) ?? { unitId, period, lines: [] };
			groups.set(key, group);
			return group.lines;
		},
		all: () => [...groups.values()]
	};
}

export const UNIT_TITLES = [
	'unit',
	'kode',
	'kode unit',
	'nama unit',
	'unit kerja',
	'unit layanan',
	'kecamatan',
	'kelurahan',
	'opd'
];
export const PERIOD_TITLES = [
	'periode',
	'bulan',
	'tanggal',
	'tgl',
	'tanggal survei',
	'triwulan',
	'semester',
	'tahun',
	'period'
];
