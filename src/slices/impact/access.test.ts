import { expect, test } from 'vitest';
import type { Ability } from '#kernel/abilities.ts';
import type { Actor } from '#kernel/actor.ts';
import { canEdit, canRead, canReadStudy } from './access.ts';

const actor = (...grants: [Ability, string][]): Actor => ({
	agencyId: 'a',
	accountId: 'x',
	personId: 'x',
	name: 'X',
	unitPath: '',
	hat: null,
	grants: grants.map(([ability, unitPath]) => ({ ability, unitPath }))
});
const office = actor(['impact.read', ''], ['impact.edit', '']);
const camat = actor(['impact.read', 'kota.marelan']);
const stranger = actor(['impact.read', 'kota.plaju']);
const alike = actor(['impact.read', 'kota.mar']);
const clerk = actor();

const fixed = { frozen: true, unitPaths: ['kota.marelan', 'kota.belawan'] };

test('figures open for whoever may read them somewhere', () => {
	expect([office, camat, stranger, clerk].map(canRead)).toEqual([true, true, true, false]);
});

test('only who may edit in the whole agency names units and enters figures', () => {
	expect([office, camat, actor(['impact.edit', 'kota.marelan'])].map(canEdit)).toEqual([true, false, false]);
});

test.each([
	['the whole agency', office, true],
	['the head of a unit that takes part', camat, true],
	['the head of a unit that does not', stranger, false],
	['the head of a unit whose name only begins alike', alike, false],
	['an employee', clerk, false],
	['somebody who may only edit', actor(['impact.edit', '']), false]
] as const)('%s reads a fixed study: %s', (_who, who, may) => {
	expect(canReadStudy(who, fixed)).toBe(may);
});

test('a study still being designed concerns only those who read the whole agency', () => {
	expect([office, camat].map((who) => canReadStudy(who, { ...fixed, frozen: false }))).toEqual([true, false]);
});
