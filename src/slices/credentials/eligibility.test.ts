import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_RULE, reasonsAgainst, verdictOf, type EligibilityRule, type Standing } from './eligibility.ts';

const good: Standing = {
	outcome: 'passed',
	attendedPercent: 100,
	posttestPercent: 90,
	reacted: true,
	certificate: null
};
const strict = { posttestPercent: 70, needsReaction: true };
const codes = (standing: Partial<Standing>, rule: EligibilityRule = strict) =>
	reasonsAgainst({ ...good, ...standing }, rule, 85).map(({ code }) => code);

describe('who may have a certificate', () => {
	test.each([
		['everything done', {}, []],
		['failed and was there too little', { outcome: 'failed', attendedPercent: 84 }, ['attendance']],
		['failed and was there exactly enough', { outcome: 'failed', attendedPercent: 85 }, ['failed']],
		['passed by a correction, whatever the share', { attendedPercent: 84 }, []],
		['never handed in the test', { posttestPercent: null }, ['noPosttest']],
		['scored too little', { posttestPercent: 69 }, ['posttest']],
		['did not send the reaction', { reacted: false }, ['reaction']],
		['failed by the office though there', { outcome: 'failed' }, ['failed']],
		['the class is not closed yet', { outcome: 'enrolled' }, ['open']],
		['had one that was taken back', { certificate: 'revoked' }, ['revoked']],
		[
			'nothing done',
			{ outcome: 'failed', attendedPercent: 20, posttestPercent: null, reacted: false },
			['attendance', 'noPosttest', 'reaction']
		]
	] as const)('%s', (_, standing, expected) => {
		expect(codes(standing)).toEqual(expected);
	});

	test('a program without a rule asks what the class asks, and nothing else', () => {
		expect(codes({ posttestPercent: null, reacted: false }, { ...strict, ...NO_RULE })).toEqual([]);
		expect(reasonsAgainst({ ...good, attendedPercent: 84, outcome: 'failed' }, NO_RULE, 85)).toEqual([
			{ code: 'attendance', facts: { has: 84, needs: 85 } }
		]);
	});

	test('asking less never takes the certificate from anybody', () => {
		const standing = fc.record({
			outcome: fc.constantFrom('passed', 'failed', 'enrolled'),
			attendedPercent: fc.integer({ min: 0, max: 100 }),
			posttestPercent: fc.option(fc.integer({ min: 0, max: 100 })),
			reacted: fc.boolean(),
			certificate: fc.constantFrom(null, 'revoked')
		});
		fc.assert(
			fc.property(standing, fc.integer({ min: 0, max: 85 }), (person, less) => {
				const before = reasonsAgainst(person, strict, 85).length;
				expect(reasonsAgainst(person, NO_RULE, less).length).toBeLessThanOrEqual(before);
			})
		);
	});

	test('who has one is neither eligible nor refused', () => {
		expect(verdictOf({ ...good, certificate: 'valid' }, [])).toBe('has');
		expect(verdictOf({ ...good, certificate: 'replaced' }, [])).toBe('has');
		expect(verdictOf(good, [])).toBe('may');
		expect(verdictOf(good, reasonsAgainst({ ...good, reacted: false }, strict, 85))).toBe('not');
	});
});
