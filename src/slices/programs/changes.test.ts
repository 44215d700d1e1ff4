import { describe, expect, test } from 'vitest';
import { changesBetween } from './changes.ts';
import type { Curriculum, Module, Outcome } from './model.ts';

const module = (parts: Partial<Module> & { id: string }): Module => ({
	name: 'Pelayanan prima',
	learningHours: 6,
	mode: 'class',
	basedOn: null,
	...parts
});
const outcome = (parts: Partial<Outcome> & { id: string }): Outcome => ({
	statement: 'Menyusun standar pelayanan',
	competencyId: 'c5',
	competency: 'Pelayanan publik',
	level: 3,
	basedOn: null,
	...parts
});
const curriculum = (modules: Module[], outcomes: Outcome[] = []): Curriculum => ({ modules, outcomes });

describe('what a version changed from the one before', () => {
	test('a copy that nobody touched changed nothing', () => {
		const before = curriculum([module({ id: 'm1' })], [outcome({ id: 'o1' })]);
		const after = curriculum([module({ id: 'n1', basedOn: 'm1' })], [outcome({ id: 'p1', basedOn: 'o1' })]);
		expect(changesBetween(before, after)).toEqual([]);
	});

	test('a renamed module is told as renamed, not as one gone and one new', () => {
		const before = curriculum([module({ id: 'm1', name: 'Pelayanan' })]);
		const after = curriculum([
			module({ id: 'n1', name: 'Pelayanan prima', basedOn: 'm1', learningHours: 8 })
		]);
		expect(changesBetween(before, after)).toEqual([
			{ kind: 'moduleRenamed', from: 'Pelayanan', to: 'Pelayanan prima' },
			{ kind: 'moduleHours', name: 'Pelayanan prima', from: 6, to: 8 }
		]);
	});

	test('a module typed again under the same name is the same one', () => {
		const before = curriculum([module({ id: 'm1', mode: 'class' })]);
		const after = curriculum([module({ id: 'n1', name: ' pelayanan  PRIMA ', mode: 'online' })]);
		expect(changesBetween(before, after)).toEqual([
			{ kind: 'moduleMode', name: ' pelayanan  PRIMA ', from: 'class', to: 'online' }
		]);
	});

	test('new and removed modules name their JP', () => {
		const before = curriculum([module({ id: 'm1', name: 'Pembukaan', learningHours: 1 })]);
		const after = curriculum([module({ id: 'n1', name: 'Simulasi loket', learningHours: 4 })]);
		expect(changesBetween(before, after)).toEqual([
			{ kind: 'moduleAdded', name: 'Simulasi loket', learningHours: 4 },
			{ kind: 'moduleRemoved', name: 'Pembukaan', learningHours: 1 }
		]);
	});

	test('a new order is told once; a module put in between is not a new order', () => {
		const before = curriculum([module({ id: 'a', name: 'AA' }), module({ id: 'b', name: 'BB' })]);
		const swapped = curriculum([
			module({ id: 'y', name: 'BB', basedOn: 'b' }),
			module({ id: 'x', name: 'AA', basedOn: 'a' })
		]);
		expect(changesBetween(before, swapped)).toEqual([{ kind: 'orderChanged' }]);
		const between = curriculum([
			module({ id: 'x', name: 'AA', basedOn: 'a' }),
			module({ id: 'n', name: 'NN' }),
			module({ id: 'y', name: 'BB', basedOn: 'b' })
		]);
		expect(changesBetween(before, between)).toEqual([{ kind: 'moduleAdded', name: 'NN', learningHours: 6 }]);
	});

	test('an outcome may change its sentence, its competency and its level, each told', () => {
		const before = curriculum([], [outcome({ id: 'o1' })]);
		const after = curriculum(
			[],
			[
				outcome({
					id: 'p1',
					basedOn: 'o1',
					statement: 'Merancang standar pelayanan',
					competencyId: 'c6',
					competency: 'Mengelola perubahan',
					level: 4
				})
			]
		);
		expect(changesBetween(before, after)).toEqual([
			{ kind: 'outcomeReworded', from: 'Menyusun standar pelayanan', to: 'Merancang standar pelayanan' },
			{
				kind: 'outcomeCompetency',
				statement: 'Merancang standar pelayanan',
				from: 'Pelayanan publik',
				to: 'Mengelola perubahan'
			},
			{
				kind: 'outcomeLevel',
				statement: 'Merancang standar pelayanan',
				competency: 'Mengelola perubahan',
				from: 3,
				to: 4
			}
		]);
	});
});
