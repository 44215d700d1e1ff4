import { describe, expect, test } from 'vitest';
import type { Ability } from '#kernel/abilities.ts';
import type { Actor } from '#kernel/actor.ts';
import { canRateSelf, canRateTeamMember, canReadProfile, canReadUnit, canRunCampaigns } from './access.ts';

const actor = (personId: string | null, ...grants: [Ability, string][]): Actor => ({
	agencyId: 'a',
	accountId: 'x',
	personId,
	name: 'Orang',
	unitPath: 'kota',
	hat: null,
	grants: grants.map(([ability, unitPath]) => ({ ability, unitPath }))
});
const clerk = { personId: 'clerk', supervisorId: 'head', unitPath: 'kota.camat.loket' };

describe('who rates whom', () => {
	test.each([
		['oneself', actor('clerk'), true],
		['a colleague', actor('colleague'), false],
		['the supervisor', actor('head', ['needs.rateTeam', 'kota.camat']), false],
		['an account without a person', actor(null, ['needs.run', '']), false]
	])('as a self rating: %s → %s', (_, who, allowed) => {
		expect(canRateSelf(who, clerk)).toBe(allowed);
	});

	test.each([
		['the supervisor in the hat of the unit', actor('head', ['needs.rateTeam', 'kota.camat']), true],
		['the supervisor in a hat of another unit', actor('head', ['needs.rateTeam', 'kota.dinas']), false],
		['the supervisor in the hat of an employee', actor('head'), false],
		['another supervisor of the same unit', actor('other', ['needs.rateTeam', 'kota.camat']), false],
		['the head of the office above', actor('boss', ['needs.rateTeam', 'kota']), false],
		['oneself', actor('clerk', ['needs.rateTeam', 'kota']), false]
	])('as a supervisor: %s → %s', (_, who, allowed) => {
		expect(canRateTeamMember(who, clerk)).toBe(allowed);
	});

	test('a head without anybody above is not their own supervisor', () => {
		const top = { personId: 'top', supervisorId: 'top', unitPath: 'kota' };
		expect(canRateTeamMember(actor('top', ['needs.rateTeam', '']), top)).toBe(false);
	});
});

describe('who sees what was rated', () => {
	test.each([
		['oneself', actor('clerk'), true],
		['the supervisor', actor('head', ['needs.rateTeam', 'kota.camat']), true],
		['whoever reads the unit', actor('camat', ['needs.read', 'kota.camat']), true],
		['whoever reads the whole agency', actor('bkpsdm', ['needs.read', '']), true],
		['whoever reads another unit', actor('kadis', ['needs.read', 'kota.dinas']), false],
		['a colleague', actor('colleague'), false]
	])('a profile: %s → %s', (_, who, allowed) => {
		expect(canReadProfile(who, clerk)).toBe(allowed);
	});

	test('a unit is read with what lies below it, never above', () => {
		const camat = actor('camat', ['needs.read', 'kota.camat']);
		expect(canReadUnit(camat, 'kota.camat')).toBe(true);
		expect(canReadUnit(camat, 'kota.camat.loket')).toBe(true);
		expect(canReadUnit(camat, 'kota')).toBe(false);
		expect(canReadUnit(camat, 'kota.camatan')).toBe(false);
	});

	test('campaigns are run for the whole agency or not at all', () => {
		expect(canRunCampaigns(actor('x', ['needs.run', '']))).toBe(true);
		expect(canRunCampaigns(actor('x', ['needs.run', 'kota.camat']))).toBe(false);
	});
});
