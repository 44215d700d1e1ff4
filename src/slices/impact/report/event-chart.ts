import type { Interval } from '#kernel/statistics/student.ts';
import { formatNumber, withSign } from '#platform/i18n/format.ts';
import { digitsOf, niceDomain, ticksOf } from '#ui/charts/scale.ts';
import { heightIn, HIGH, LEFT, RIGHT, startLine, TEXT, WIDE } from './paper.ts';

type Point = { relative: number; difference: number; interval: Interval | null };

/** The differences month by month for paper, as the page draws them: hollow before the start, full after. Empty without any. */
export function eventChart(points: readonly Point[]): string {
	if (points.length < 2) return '';
	const up = niceDomain(
		points.flatMap(({ difference, interval }) =>
			interval === null ? [difference] : [interval.lower, interval.upper]
		),
		{ zero: true }
	);
	const ticks = ticksOf(up);
	const x = (at: number) => LEFT + ((at + 0.5) / points.length) * (WIDE - LEFT - RIGHT);
	const height = heightIn(up);
	const y = (value: number) => height(value).toFixed(1);
	const startAt = points.findIndex(({ relative }) => relative >= 0);
	const every = Math.max(1, Math.ceil(points.length / 8));
	const mark = ({ relative, difference, interval }: Point, at: number): string => {
		const middle = x(at).toFixed(1);
		const look = relative < 0 ? 'fill="#ffffff" stroke="#575d6f"' : 'fill="#2f3e9e" stroke="#2f3e9e"';
		return (
			(interval === null
				? ''
				: `<line x1="${middle}" x2="${middle}" y1="${y(interval.lower)}" y2="${y(interval.upper)}" stroke="${relative < 0 ? '#575d6f' : '#2f3e9e'}" stroke-width="1.4"/>`) +
			`<circle cx="${middle}" cy="${y(difference)}" r="3.2" ${look} stroke-width="1.4"/>` +
			(at % every === 0
				? `<text x="${middle}" y="${HIGH - 6}" text-anchor="middle" ${TEXT}>${withSign(relative, formatNumber(relative))}</text>`
				: '')
		);
	};
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDE} ${HIGH}">`,
		...ticks.map(
			(tick) =>
				`<line x1="${LEFT}" x2="${WIDE - RIGHT}" y1="${y(tick)}" y2="${y(tick)}" stroke="${tick === 0 ? '#1c2233' : '#d9dce6'}"/>` +
				`<text x="${LEFT - 6}" y="${(Number(y(tick)) + 3).toFixed(1)}" text-anchor="end" ${TEXT}>${withSign(tick, formatNumber(tick, digitsOf(ticks)))}</text>`
		),
		startAt > 0 ? startLine((x(startAt - 1) + x(startAt)) / 2) : '',
		...points.map(mark),
		'</svg>'
	].join('');
}
