import { describe, expect, test } from 'vitest';
import { superseded } from './rules.ts';

const rule = (validFrom: string, validTo: string | null = null, level = 2) => ({
	id: `rule ${validFrom}`,
	level,
	legalBasis: 'SK 1/2025',
	validFrom,
	validTo
});
const next = { level: 3, legalBasis: 'SK 9/2026', validFrom: '2026-07-01' };

describe('a new required level', () => {
	test('closes the one in force', () => {
		expect(superseded([rule('2024-01-01', '2025-01-01'), rule('2025-01-01')], next)?.id).toBe(
			'rule 2025-01-01'
		);
	});

	test('closes nothing where nothing was in force', () => {
		expect(superseded([], next)).toBeNull();
		expect(superseded([rule('2024-01-01', '2025-01-01')], next)).toBeNull();
		expect(superseded([rule('2024-01-01', '2026-07-01')], next)).toBeNull();
	});

	test.each([
		['the same day', '2026-07-01'],
		['a day later', '2026-07-02']
	])('never rewrites a rule that begins %s', (_, validFrom) => {
		expect(() => superseded([rule(validFrom)], next)).toThrow('competencies.required.notAfter');
	});

	test('must change the level or its legal basis', () => {
		expect(() => superseded([rule('2025-01-01')], { ...next, level: 2, legalBasis: 'SK 1/2025' })).toThrow(
			'competencies.required.same'
		);
		expect(superseded([rule('2025-01-01')], { ...next, level: 2 })?.id).toBe('rule 2025-01-01');
	});
});
