import { expect, test } from 'vitest';
import type { Ability } from '#kernel/abilities.ts';
import type { Actor } from '#kernel/actor.ts';
import { canReact, canReadAll, canReadResults } from './access.ts';

const actor = (personId: string | null, ...abilities: Ability[]): Actor => ({
	agencyId: 'a',
	accountId: 'x',
	personId,
	name: personId ?? 'machine',
	unitPath: '',
	hat: null,
	grants: abilities.map((ability) => ({ ability, unitPath: 'kota.bkpsdm' }))
});
const office = actor('officer', 'evaluation.read');
const trainer = actor('trainer');
const ani = actor('ani');

test('the list of all results opens for whoever may read evaluations', () => {
	expect([office, trainer, ani, actor(null)].map(canReadAll)).toEqual([true, false, false, false]);
});

test.each([
	['whoever may read evaluations', office, false, true],
	['who teaches the class', trainer, true, true],
	['who teaches another class', trainer, false, false],
	['a participant', ani, false, false],
	['a machine, whatever a class says of it', actor(null), true, false]
])('%s reads the results of a class: %s', (_who, who, teaches, may) => {
	expect(canReadResults(who, { teaches })).toBe(may);
});

test('a participant reacts; nobody does it for another, neither the office nor a machine', () => {
	expect(canReact(ani, { personId: 'ani' })).toBe(true);
	expect([office, trainer, actor(null)].map((who) => canReact(who, { personId: 'ani' }))).toEqual([
		false,
		false,
		false
	]);
});
