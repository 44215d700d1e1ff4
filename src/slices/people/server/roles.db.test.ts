import { afterAll, beforeAll, expect, test } from 'vitest';
import { townWithAccounts } from '../../../../tests/make/accounts.ts';
import { giveRole } from './commands/give-role.ts';
import { officesWithoutAdmin, roleHolders } from './queries/roles.ts';

let here: Awaited<ReturnType<typeof townWithAccounts>>;
beforeAll(async () => void (here = await townWithAccounts()));
afterAll(() => here.close());

const today = '2026-11-21';
const office = () => here.as('officer', ['people.read', 'people.grant'], '');
const bare = async () =>
	(await here.sees((db) => officesWithoutAdmin(db, office(), today))).map((u) => u.name);
const give = (personId: string, more: object = {}) =>
	here.does(
		office(),
		giveRole,
		{ personId, role: 'unitAdmin', unitId: here.unit.marelan, validFrom: today, reason: 'SK 1', ...more },
		{ now: new Date('2026-11-21T03:00:00Z') }
	);

test('whoever gives roles sees which offices nobody looks after, and who holds what from when', async () => {
	expect(await bare()).toEqual(['Unit bkpsdm', 'Unit marelan', 'Unit plaju']);
	await give(here.who('ani'));
	await give(here.who('budi'), { role: 'auditor', unitId: here.unit.kota, validFrom: '2026-12-01' });
	expect(await bare()).toEqual(['Unit bkpsdm', 'Unit plaju']);
	const held = await here.sees((db) => roleHolders(db, office(), today));
	expect(held).toMatchObject([
		{ personId: here.who('budi'), role: 'auditor', from: '2026-12-01' },
		{ personId: here.who('ani'), role: 'unitAdmin', unitName: 'Unit marelan', from: today, to: null }
	]);
});

test('a role that has ended looks after nobody and is not listed', async () => {
	await give(here.who('stranger'), {
		unitId: here.unit.plaju,
		validFrom: '2026-11-01',
		validTo: '2026-11-20'
	});
	expect(await bare()).toContain('Unit plaju');
	const held = await here.sees((db) => roleHolders(db, office(), today));
	expect(held.map((one) => one.personId)).not.toContain(here.who('stranger'));
});

test('who may give roles in one office sees the roles of that office alone', async () => {
	const kasi = here.as('kasi', ['people.read', 'people.grant'], 'kota.marelan');
	const held = await here.sees((db) => roleHolders(db, kasi, today));
	expect(held.map((one) => one.personId)).toEqual([here.who('ani')]);
	expect(await here.sees((db) => officesWithoutAdmin(db, kasi, today))).toEqual([]);
});
