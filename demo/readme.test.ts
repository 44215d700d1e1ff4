import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CHOSEN, INDICATORS, OFFICER } from './year/indicators.ts';

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

	test('tells what is planted in the figures of people', () => {
		const text = readme.slice(readme.indexOf('**Angka orang.**')).replaceAll(/\s+/g, ' ');
		for (const figure of [
			OFFICER.code,
			`tingkat dasar ${OFFICER.base} (sebaran antarorang ${OFFICER.people})`,
			`musim ${OFFICER.season}`,
			`seisi loket (sb ${OFFICER.shared})`,
			`sendiri (sb ${OFFICER.noise})`,
			`**+${OFFICER.effect} berkas**`
		])
			expect(text).toContain(figure);
	});

	test('tells of the planted selection', () => {
		const text = readme.slice(readme.indexOf('**Seleksi yang ditanam.**'));
		for (const figure of [CHOSEN.code, `${CHOSEN.base} (${CHOSEN.units})`, `naik ${CHOSEN.drift} persen`])
			expect(text).toContain(figure);
		expect(CHOSEN.effect).toBe(0);
	});
});
