import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/** WCAG 2.2 relative luminance of '#rgb' or '#rrggbb'. */
function luminance(hex: string): number {
	const digits = hex.length === 4 ? hex.slice(1).replace(/./g, '$&$&') : hex.slice(1);
	const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((from) => {
		const share = Number.parseInt(digits.slice(from, from + 2), 16) / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
	const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (light + 0.05) / (dark + 0.05);
}

const css = readFileSync(new URL('../app.css', import.meta.url), 'utf8');
const tokens = new Map(
	[...css.matchAll(/--color-([\w-]+): light-dark\((#\w+), (#\w+)\)/g)].map(
		([, name = '', light = '', dark = '']) => [name, { light, dark }]
	)
);
const of = (name: string, theme: 'light' | 'dark'): string => {
	const token = tokens.get(name);
	if (!token) throw new Error(`no colour ${name}`);
	return token[theme];
};

const GROUNDS = ['paper', 'sheet'];
const TEXTS: [text: string, grounds: string[]][] = [
	['ink', [...GROUNDS, 'sunk', 'nila-soft', 'kunyit-soft', 'good-soft', 'bad-soft']],
	['quiet', [...GROUNDS, 'sunk', 'nila-soft']],
	['nila', [...GROUNDS, 'nila-soft', 'kunyit-soft', 'bad-soft']],
	['kunyit-ink', [...GROUNDS, 'kunyit-soft']],
	['good', [...GROUNDS, 'good-soft']],
	['bad', [...GROUNDS, 'bad-soft']],
	['on-nila', ['nila', 'nila-strong']],
	['on-bad', ['bad', 'bad-strong']],
	['paper', ['ink']]
];

test('the contrast formula gives the figures of WCAG: black on white 21, #767676 on white just passes', () => {
	expect(contrast('#000', '#fff')).toBeCloseTo(21, 5);
	expect(contrast('#767676', '#fff')).toBeCloseTo(4.54, 2);
});

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
	test.each(TEXTS.flatMap(([text, grounds]) => grounds.map((ground) => [text, ground] as const)))(
		'%s can be read on %s',
		(text, ground) => {
			expect(contrast(of(text, theme), of(ground, theme))).toBeGreaterThanOrEqual(4.5);
		}
	);
	test.each(
		GROUNDS.flatMap((ground) => [
			['edge', ground] as const,
			['nila', ground] as const,
			['bad', ground] as const
		])
	)('an edge of %s can be seen on %s', (edge, ground) => {
		expect(contrast(of(edge, theme), of(ground, theme))).toBeGreaterThanOrEqual(3);
	});
});
