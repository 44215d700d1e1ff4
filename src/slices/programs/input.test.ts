import { describe, expect, test } from 'vitest';
import { shaped } from '#platform/work/shape.ts';
import { AppError } from '#kernel/errors.ts';
import { CreateProgram, SaveVersion } from './input.ts';

const versionId = '01900000-0000-7000-8000-000000000001';
const competencyId = '01900000-0000-7000-8000-000000000002';
const save = (modules: unknown[], outcomes: unknown[] = []) => ({
	versionId,
	revision: '1',
	modules,
	outcomes
});

function issues(input: unknown): Record<string, string> {
	try {
		shaped(SaveVersion, input);
		return {};
	} catch (error) {
		if (!(error instanceof AppError)) throw error;
		return Object.fromEntries(error.issues.map(({ path, code }) => [path, code]));
	}
}

describe('the rows of a version', () => {
	test('an empty row is left out', () => {
		const saved = shaped(
			SaveVersion,
			save([{ mode: 'class' }, { name: 'Simulasi', learningHours: 2.5, mode: 'field' }])
		);
		expect(saved.modules).toEqual([{ name: 'Simulasi', learningHours: 2.5, mode: 'field' }]);
	});

	test('what is wrong is said beside the row it is in, empty rows before it counted', () => {
		expect(issues(save([{ mode: 'class' }, { name: 'Simulasi', learningHours: -1, mode: 'field' }]))).toEqual(
			{
				'modules.1.learningHours': 'programs.module.hours'
			}
		);
	});

	test('JP has at most two decimals and must be a number', () => {
		expect(issues(save([{ name: 'Simulasi', learningHours: 1.333, mode: 'class' }]))).toHaveProperty([
			'modules.0.learningHours'
		]);
		expect(issues(save([{ name: 'Simulasi', learningHours: 'enam', mode: 'class' }]))).toEqual({
			'modules.0.learningHours': 'kernel.field.number'
		});
		expect(issues(save([{ name: 'Simulasi', learningHours: 0.07, mode: 'class' }]))).toEqual({});
	});

	test('a level outside 1 to 5 is refused', () => {
		const outcome = { statement: 'Melayani warga', competencyId, level: '6' };
		expect(issues(save([], [outcome]))).toHaveProperty(['outcomes.0.level']);
	});
});

test('a code is written in capitals whatever was typed', () => {
	expect(shaped(CreateProgram, { code: ' ppp-2 ', name: 'Pelayanan', form: 'KL03' }).code).toBe('PPP-2');
});
