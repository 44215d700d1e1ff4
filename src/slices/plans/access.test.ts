import { expect, test } from 'vitest';
import type { Ability } from '#kernel/abilities.ts';
import type { Actor } from '#kernel/actor.ts';
import { canCreate, canDecree, canRead, canReturn, planButtons } from './access.ts';

const actor = (unitPath: string, ...abilities: Ability[]): Actor => ({
	agencyId: 'a',
	accountId: 'x',
	personId: 'p',
	name: 'X',
	unitPath,
	hat: null,
	grants: abilities.map((ability) => ({ ability, unitPath }))
});

const officer = actor('', 'plans.read', 'plans.edit', 'plans.submit');
const secretary = actor('', 'plans.read', 'plans.approve');
const mayor = actor('', 'plans.read', 'plans.decree');
const camat = actor('kota.marelan', 'plans.read', 'plans.edit', 'plans.approve');
const clerk = actor('kota.marelan');

test('a clerk does not see the plan; a head of a unit reads all of it but writes none of it', () => {
	expect(canRead(clerk)).toBe(false);
	expect(canRead(camat)).toBe(true);
	expect(canCreate(camat)).toBe(false);
	expect(Object.values(planButtons(camat, { status: 'submitted' }))).not.toContain(true);
});

test.each([
	['draft', officer, ['edit', 'submit']],
	['draft', secretary, []],
	['submitted', officer, []],
	['submitted', secretary, ['approve', 'return']],
	['submitted', mayor, []],
	['returned', officer, ['edit', 'submit']],
	['approved', secretary, ['return']],
	['approved', mayor, ['return', 'decree']],
	['approved', officer, []],
	['decreed', officer, []],
	['decreed', secretary, []],
	['decreed', mayor, []]
] as const)('on a plan that is %s the buttons follow ability and status', (status, who, buttons) => {
	const shown = Object.entries(planButtons(who, { status }))
		.filter(([, on]) => on)
		.map(([name]) => name);
	expect(shown.sort()).toEqual([...buttons].sort());
});

test('who would sign the decree may send an approved plan back, but not a submitted one', () => {
	expect(canReturn(mayor, { status: 'approved' })).toBe(true);
	expect(canReturn(mayor, { status: 'submitted' })).toBe(false);
	expect(canDecree(secretary)).toBe(false);
});
