import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CHOSEN, INDICATORS } from './year/indicators.ts';

const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');

describe('demo/README.md', () => {
	test.each(INDICATORS)('tells what is planted in $code, noise included', (model) => {
		const row = readme.split('\n').find((line) => line.startsWith(`| ${model.code} `));
		expect(row?.split('|').map((cell) => cell.trim())).toEqual(
			expect.arrayContaining([
				String(model.effect),
				`${model.base} (${model.units})`,
				String(model.season),
				String(model.trend),
				`${model.noise}, ${model.memory}`
			])
		);
	});

	test('tells of the planted selection', () => {
		const text = readme.slice(readme.indexOf('**Seleksi yang ditanam.**'));
		for (const figure of [CHOSEN.code, `${CHOSEN.base} (${CHOSEN.units})`, `naik ${CHOSEN.drift} persen`])
			expect(text).toContain(figure);
		expect(CHOSEN.effect).toBe(0);
	});
});
