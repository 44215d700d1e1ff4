import type { Interval } from '#kernel/statistics/student.ts';
import { DOCUMENT_FONT } from '#platform/documents/fonts.ts';
import { formatNumber, withSign } from '#platform/i18n/format.ts';
import { along, digitsOf, niceDomain, ticksOf } from '#ui/charts/scale.ts';

type Point = { relative: number; difference: number; interval: Interval | null };

const WIDE = 640;
const HIGH = 200;
const LEFT = 40;
const TOP = 10;
const RIGHT = 10;
const FOOT = 24;

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
	const y = (value: number) => (TOP + (1 - along(up, value) / 100) * (HIGH - TOP - FOOT)).toFixed(1);
	const startAt = points.findIndex(({ relative }) => relative >= 0);
	const every = Math.max(1, Math.ceil(points.length / 8));
	const text = `font-family="${DOCUMENT_FONT}" font-size="10" fill="#575d6f"`;
	const mark = ({ relative, difference, interval }: Point, at: number): string => {
		const middle = x(at).toFixed(1);
		const look = relative < 0 ? 'fill="#ffffff" stroke="#575d6f"' : 'fill="#2f3e9e" stroke="#2f3e9e"';
		return (
			(interval === null
				? ''
				: `<line x1="${middle}" x2="${middle}" y1="${y(interval.lower)}" y2="${y(interval.upper)}" stroke="${relative < 0 ? '#575d6f' : '#2f3e9e'}" stroke-width="1.4"/>`) +
			`<circle cx="${middle}" cy="${y(difference)}" r="3.2" ${look} stroke-width="1.4"/>` +
			(at % every === 0
				? `<text x="${middle}" y="${HIGH - 6}" text-anchor="middle" ${text}>${withSign(relative, formatNumber(relative))}</text>`
				: '')
		);
	};
	const start = startAt > 0 ? ((x(startAt - 1) + x(startAt)) / 2).toFixed(1) : null;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDE} ${HIGH}">`,
		...ticks.map(
			(tick) =>
				`<line x1="${LEFT}" x2="${WIDE - RIGHT}" y1="${y(tick)}" y2="${y(tick)}" stroke="${tick === 0 ? '#1c2233' : '#d9dce6'}"/>` +
				`<text x="${LEFT - 6}" y="${(Number(y(tick)) + 3).toFixed(1)}" text-anchor="end" ${text}>${withSign(tick, formatNumber(tick, digitsOf(ticks)))}</text>`
		),
		start === null
			? ''
			: `<line x1="${start}" x2="${start}" y1="${TOP}" y2="${HIGH - FOOT}" stroke="#1c2233" stroke-dasharray="5 4"/>`,
		...points.map(mark),
		'</svg>'
	].join('');
}
