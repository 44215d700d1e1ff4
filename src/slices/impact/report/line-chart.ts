import { formatMonth, formatNumber } from '#platform/i18n/format.ts';
import { digitsOf, niceDomain, ticksOf } from '#ui/charts/scale.ts';
import type { ArmPoint } from '../rules.ts';
import { heightIn, HIGH, LEFT, RIGHT, startLine, TEXT, WIDE } from './paper.ts';

/** The two sides' means for paper, as the page draws them: trained full, comparison dashed. Empty without months. */
export function lineChart(points: readonly ArmPoint[], start: string | null): string {
	const values = points.flatMap(({ treated, comparison }) =>
		[treated, comparison].filter((value) => value !== null)
	);
	if (points.length < 2 || values.length === 0) return '';
	const up = niceDomain(values);
	const ticks = ticksOf(up);
	const x = (at: number) => LEFT + (at / (points.length - 1)) * (WIDE - LEFT - RIGHT);
	const y = heightIn(up);
	const path = (side: 'treated' | 'comparison') =>
		points
			.flatMap((point, at) => {
				const value = point[side];
				return value === null ? [] : [`${x(at).toFixed(1)},${y(value).toFixed(1)}`];
			})
			.join(' ');
	const startAt = start === null ? -1 : points.findIndex(({ month }) => month >= start);
	const every = Math.max(1, Math.ceil(points.length / 6));
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDE} ${HIGH}">`,
		...ticks.map(
			(tick) =>
				`<line x1="${LEFT}" x2="${WIDE - RIGHT}" y1="${y(tick).toFixed(1)}" y2="${y(tick).toFixed(1)}" stroke="#d9dce6"/>` +
				`<text x="${LEFT - 6}" y="${(y(tick) + 3).toFixed(1)}" text-anchor="end" ${TEXT}>${formatNumber(tick, digitsOf(ticks))}</text>`
		),
		...points.flatMap(({ month }, at) =>
			at % every === 0
				? [
						`<text x="${x(at).toFixed(1)}" y="${HIGH - 6}" text-anchor="middle" ${TEXT}>${formatMonth(month)}</text>`
					]
				: []
		),
		startAt > 0 ? startLine(x(startAt - 0.5)) : '',
		`<polyline points="${path('comparison')}" fill="none" stroke="#1c2233" stroke-width="1.6" stroke-dasharray="5 4"/>`,
		`<polyline points="${path('treated')}" fill="none" stroke="#2f3e9e" stroke-width="2.6"/>`,
		'</svg>'
	].join('');
}
