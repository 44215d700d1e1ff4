import { expect, test } from 'vitest';
import type { Ability } from '#kernel/abilities.ts';
import type { Actor } from '#kernel/actor.ts';
import { canSee, canWish } from './access.ts';

const actor = (personId: string | null, ...grants: [Ability, string][]): Actor => ({
	agencyId: 'a',
	accountId: 'x',
	personId,
	name: personId ?? 'machine',
	unitPath: '',
	hat: null,
	grants: grants.map(([ability, unitPath]) => ({ ability, unitPath }))
});
const ani = { personId: 'ani', unitPath: 'kota.marelan.pelayanan' };

test.each([
	['oneself', actor('ani'), true],
	['the supervisor who talks it over', actor('kasi', ['growth.read', 'kota.marelan.pelayanan']), true],
	['the head of the unit above', actor('camat', ['growth.read', 'kota.marelan']), true],
	['a colleague', actor('budi'), false],
	['a supervisor next door', actor('lurah', ['growth.read', 'kota.plaju']), false],
	['a supervisor of a unit whose name only begins alike', actor('x', ['growth.read', 'kota.marel']), false],
	['somebody who reads other things of the unit', actor('x', ['people.read', 'kota.marelan']), false],
	['a machine without a person', actor(null), false]
] as const)('%s sees what somebody may learn next: %s', (_who, who, may) => {
	expect(canSee(who, ani)).toBe(may);
});

test('whoever has a personnel record wishes for themselves; a machine wishes for nothing', () => {
	expect(canWish(actor('ani'))).toBe(true);
	expect(canWish(actor(null, ['growth.read', '']))).toBe(false);
});
