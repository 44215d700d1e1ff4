import { formatFixed, formatNumber, formatPercent, withSign } from '#platform/i18n/format.ts';
import type { Facts, Stage } from '../rules.ts';

/** Facts that are no plain count; a fact is named the same in every stage it appears in. */
const FIGURES: Record<string, (value: number) => string> = {
	mean: (value) => formatFixed(value, 2),
	before: (value) => formatFixed(value, 2),
	after: (value) => formatFixed(value, 2),
	now: (value) => formatFixed(value, 2),
	gain: (value) => withSign(value, formatFixed(value, 1)),
	percent: (value) => formatPercent(value / 100, 1),
	learningHours: (value) => formatNumber(value, 2)
};

/** A stage's facts as the reader's language writes figures: 7.856 · 1,24 · 95,3% · −0,03. */
export const inFigures = ({ params }: Pick<Stage, 'params'>): Facts =>
	Object.fromEntries(
		Object.entries(params).map(([name, value]) => [
			name,
			typeof value === 'string' ? value : (FIGURES[name] ?? formatNumber)(value)
		])
	);
