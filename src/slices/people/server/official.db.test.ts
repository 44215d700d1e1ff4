import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { redeemAccessCode } from '#platform/auth/access-code.ts';
import { townWithAccounts } from '../../../../tests/make/accounts.ts';
import { resetAccess } from './commands/reset-access.ts';
import { welcomeOfficial } from './commands/welcome-official.ts';

let it: Awaited<ReturnType<typeof townWithAccounts>>;
beforeAll(async () => {
	it = await townWithAccounts();
	// As files say it: the secretary leads the highest unit.
	await it.owner.query(`update people.unit set head_person_id = $2 where id = $1`, [
		it.unit.kota,
		it.who('officer')
	]);
	await it.owner.query('select people.refresh_leaders($1)', [it.agencyId]);
});
afterAll(() => it.close());

const now = new Date('2026-11-21T03:00:00Z');
const office = () => it.as('officer', ['people.organise', 'people.read', 'people.resetAccess'], '');
const mayor = {
	name: 'Hotman Sirait',
	sex: 'male',
	title: 'Wali Kota',
	isHead: true,
	effectiveOn: '2025-02-20',
	reason: 'Pelantikan'
};
const topHead = async () => {
	const found = await it.sees((db) =>
		sql<{ name: string; kind: string }>`
			select p.name, p.employment_kind as kind from people.unit u
			join people.person p on p.agency_id = u.agency_id and p.id = u.head_person_id
			where u.id = ${it.unit.kota}`.execute(db)
	);
	return found.rows[0];
};

test('an elected head has no NIP, leads the agency from the day of taking office', async () => {
	await it.does(office(), welcomeOfficial, mayor, { now });
	expect(await topHead()).toEqual({ name: 'Hotman Sirait', kind: 'OFFICIAL' });
});

test('there is one at a time; a deputy stands beside', async () => {
	await expect(it.does(office(), welcomeOfficial, { ...mayor, name: 'Lain' }, { now })).rejects.toMatchObject(
		{
			code: 'people.move.headThere'
		}
	);
	await it.does(office(), welcomeOfficial, { ...mayor, name: 'Wakil', isHead: false }, { now });
	expect(await topHead()).toMatchObject({ name: 'Hotman Sirait' });
});

test('is recorded by nobody whose reach is one district', async () => {
	const camat = it.as('camat', ['people.organise'], 'kota.marelan');
	await expect(it.does(camat, welcomeOfficial, mayor, { now })).rejects.toMatchObject({ kind: 'forbidden' });
});

test('their first code says by which name they sign in; a NIP is no such name', async () => {
	const { personId } = await it.does(
		office(),
		welcomeOfficial,
		{ ...mayor, name: 'Wakil Dua', isHead: false },
		{ now }
	);
	const code = (username?: string) => it.does(office(), resetAccess, { personId, username }, { now });
	await expect(code()).rejects.toMatchObject({ code: 'auth.accessCode.noAccount' });
	await expect(code('198503122010011001')).rejects.toMatchObject({ kind: 'invalid' });
	const first = await code('Wakil.Walikota');
	expect(first.username).toBe('wakil.walikota');
	await redeemAccessCode(
		new Headers(),
		{ username: first.username, code: first.code, password: 'kata-sandi-baru' },
		now
	);
	expect((await code()).username).toBe('wakil.walikota');
});
