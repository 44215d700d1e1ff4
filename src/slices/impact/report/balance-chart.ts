import { formatFixed, withSign } from '#platform/i18n/format.ts';
import { along, niceDomain } from '#ui/charts/scale.ts';
import type { CovariateBalance } from '../estimate-matched.ts';
import { COVARIATE_WORDS } from '../ui/study-words.ts';
import { RIGHT, TEXT, WIDE } from './paper.ts';

const ROW = 18;
const NAMES = 170;
const FIGURES = 90;

/** How alike the two sides were in each trait, for paper: all (ring), the matched (dot), both in figures beside. Empty without matching. */
export function balanceChart(balance: readonly CovariateBalance[]): string {
	if (balance.length === 0) return '';
	const domain = niceDomain([-0.25, 0.25, ...balance.flatMap(({ before, after }) => [before, after])], {
		zero: true
	});
	const right = WIDE - RIGHT - FIGURES;
	const x = (value: number) => (NAMES + (along(domain, value) / 100) * (right - NAMES)).toFixed(1);
	const high = balance.length * ROW;
	const signed = (value: number) => withSign(value, formatFixed(value, 2));
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDE} ${high}">`,
		`<rect x="${x(-0.1)}" width="${(Number(x(0.1)) - Number(x(-0.1))).toFixed(1)}" y="0" height="${high}" fill="#eef1fb"/>`,
		`<line x1="${x(0)}" x2="${x(0)}" y1="0" y2="${high}" stroke="#1c2233"/>`,
		...balance.map(({ covariate, before, after }, at) => {
			const middle = at * ROW + ROW / 2;
			return (
				`<text x="0" y="${middle + 3.5}" ${TEXT}>${COVARIATE_WORDS[covariate]()}</text>` +
				`<circle cx="${x(before)}" cy="${middle}" r="4" fill="#ffffff" stroke="#575d6f" stroke-width="1.4"/>` +
				`<circle cx="${x(after)}" cy="${middle}" r="4" fill="#2f3e9e"/>` +
				[before, after]
					.map(
						(value, side) =>
							`<text x="${WIDE - RIGHT - (1 - side) * 40}" y="${middle + 3.5}" text-anchor="end" ${TEXT}>${signed(value)}</text>`
					)
					.join('')
			);
		}),
		'</svg>'
	].join('');
}
