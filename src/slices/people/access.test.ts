import { describe, expect, it } from 'vitest';
import type { Ability } from '#kernel/abilities.ts';
import type { Actor } from '#kernel/actor.ts';
import { canGiveRole, canImport, canReadPerson, canResetAccess, canSeeNip } from './access.ts';

const actor = (personId: string, ...grants: [Ability, string][]): Actor => ({
	agencyId: 'a',
	accountId: 'x',
	personId,
	name: personId,
	unitPath: '',
	hat: null,
	grants: grants.map(([ability, unitPath]) => ({ ability, unitPath }))
});
const ani = { personId: 'ani', unitPath: 'kota.marelan.pelayanan', supervisorId: 'kasi', powerPaths: [] };

describe('who may read a person', () => {
	it.each([
		['oneself', actor('ani'), true],
		['the supervisor', actor('kasi'), true],
		['a colleague', actor('budi'), false],
		['who reads the unit above', actor('camat', ['people.read', 'kota.marelan']), true],
		['who reads a unit beside', actor('lurah', ['people.read', 'kota.plaju']), false],
		['who reads a unit whose name only begins alike', actor('x', ['people.read', 'kota.mar']), false],
		['who reads everything', actor('office', ['people.read', '']), true]
	])('%s', (_who, who, expected) => {
		expect(canReadPerson(who, ani)).toBe(expected);
	});

	it('shows the whole NIP to oneself and to the keepers of the records only', () => {
		expect(canSeeNip(actor('ani'), ani)).toBe(true);
		expect(canSeeNip(actor('admin', ['people.resetAccess', 'kota.marelan']), ani)).toBe(true);
		expect(canSeeNip(actor('kasi', ['people.read', 'kota.marelan']), ani)).toBe(false);
	});
});

describe('who may import', () => {
	it('needs the whole agency', () => {
		expect(canImport(actor('office', ['people.import', '']))).toBe(true);
		expect(canImport(actor('admin', ['people.import', 'kota.marelan']))).toBe(false);
	});
});

describe('who may open somebody’s access again', () => {
	const admin = actor('admin', ['people.resetAccess', 'kota.marelan']);

	it('the unit admin, for people of the unit', () => {
		expect(canResetAccess(admin, ani)).toBe(true);
		expect(canResetAccess(admin, { ...ani, unitPath: 'kota.plaju' })).toBe(false);
	});

	it('not for somebody whose powers reach beyond it: the code would open them too', () => {
		expect(canResetAccess(admin, { ...ani, powerPaths: ['kota.marelan'] })).toBe(true);
		expect(canResetAccess(admin, { ...ani, powerPaths: [''] })).toBe(false);
		expect(canResetAccess(actor('office', ['people.resetAccess', '']), { ...ani, powerPaths: [''] })).toBe(
			true
		);
	});
});

describe('who may give or end a role', () => {
	it('somebody else, where they may give roles', () => {
		const giver = actor('giver', ['people.grant', 'kota.marelan']);
		expect(canGiveRole(giver, 'ani', 'kota.marelan.pelayanan')).toBe(true);
		expect(canGiveRole(giver, 'ani', '')).toBe(false);
		expect(canGiveRole(giver, 'giver', 'kota.marelan')).toBe(false);
	});
});
