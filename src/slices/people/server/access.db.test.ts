import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redeemAccessCode } from '#platform/auth/access-code.ts';
import { townWithAccounts } from '../../../../tests/make/accounts.ts';
import { endRole } from './commands/end-role.ts';
import { giveRole } from './commands/give-role.ts';
import { resetAccess } from './commands/reset-access.ts';
import { findPeople, personPage } from './queries/people.ts';
import { unitPage, unitTree } from './queries/units.ts';

let here: Awaited<ReturnType<typeof townWithAccounts>>;
beforeAll(async () => void (here = await townWithAccounts()));
afterAll(() => here.close());

const today = '2026-11-21';
const now = new Date('2026-11-21T03:00:00Z');
const admin = () => here.as('kasi', ['people.read', 'people.resetAccess'], 'kota.marelan');
const office = () =>
	here.as('officer', ['people.read', 'people.resetAccess', 'people.grant', 'people.import'], '');
const role = (personId: string, more: object = {}) => ({
	personId,
	role: 'unitAdmin',
	unitId: here.unit.marelan,
	validFrom: today,
	reason: 'SK 800/1/2026',
	...more
});

describe('opening a colleague’s access again', () => {
	it('gives a code that works, to somebody who never had an account too', async () => {
		const { code, username } = await here.does(admin(), resetAccess, { personId: here.who('ani') }, { now });
		expect(username).toBe(here.nip('ani'));
		await redeemAccessCode(new Headers(), { username, code, password: 'kata-sandi-baru' }, now);
	});

	it('keeps the code nowhere: the same press again is refused, and no table holds it', async () => {
		const press = () =>
			here.does(admin(), resetAccess, { personId: here.who('budi') }, { now, key: 'press-budi' });
		const { code } = await press();
		await expect(press()).rejects.toMatchObject({ code: 'platform.work.keyReused' });
		for (const table of ['platform.idempotency', 'platform.audit', 'platform.access_code']) {
			const { rows } = await here.owner.query(`select t::text from ${table} t`);
			expect(JSON.stringify(rows)).not.toContain(code.replace('-', ''));
		}
	});

	it('is refused for people of another unit: to the unit admin they do not exist', async () => {
		await expect(
			here.does(admin(), resetAccess, { personId: here.who('stranger') }, { now })
		).rejects.toMatchObject({ kind: 'missing' });
	});

	it('is refused for somebody whose role reaches beyond the unit', async () => {
		await here.does(
			office(),
			giveRole,
			role(here.who('citra'), { role: 'auditor', unitId: here.unit.kota }),
			{ now }
		);
		await expect(
			here.does(admin(), resetAccess, { personId: here.who('citra') }, { now })
		).rejects.toMatchObject({ kind: 'forbidden' });
		await here.does(office(), resetAccess, { personId: here.who('citra') }, { now });
	});
});

describe('a dated role', () => {
	it('holds from its day and ends when somebody ends it', async () => {
		const { grantId } = await here.does(
			office(),
			giveRole,
			role(here.who('dewi'), { validFrom: '2026-01-01' }),
			{ now }
		);
		await here.does(office(), endRole, { grantId }, { now });
		const { rows } = await here.owner.query('select valid_to::text from people.role_grant where id = $1', [
			grantId
		]);
		expect(rows).toEqual([{ valid_to: today }]);
		await expect(here.does(office(), endRole, { grantId }, { now })).rejects.toMatchObject({
			code: 'people.grant.ended'
		});
	});

	it('that has not begun is taken back without a trace but the audit line', async () => {
		const { grantId } = await here.does(
			office(),
			giveRole,
			role(here.who('eko'), { validFrom: '2027-01-01' }),
			{ now }
		);
		await here.does(office(), endRole, { grantId }, { now });
		expect(
			(await here.owner.query('select 1 from people.role_grant where id = $1', [grantId])).rowCount
		).toBe(0);
		expect(
			(await here.owner.query(`select 1 from platform.audit where subject->>'grantId' = $1`, [grantId]))
				.rowCount
		).toBe(2);
	});

	it.each([
		['to oneself', () => role(here.who('officer')), { kind: 'forbidden' }],
		[
			'that ends before it begins',
			() => role(here.who('fitri'), { validTo: '2026-01-01' }),
			{ kind: 'invalid' }
		],
		['that does not exist', () => role(here.who('fitri'), { role: 'king' }), { kind: 'invalid' }],
		['without a reason', () => role(here.who('fitri'), { reason: ' ' }), { kind: 'invalid' }]
	])('is not given %s', async (_how, input, refusal) => {
		await expect(here.does(office(), giveRole, input(), { now })).rejects.toMatchObject(refusal);
	});

	it('is not given twice for the same time, even by two people at once', async () => {
		const results = await Promise.allSettled(
			[1, 2].map(() => here.does(office(), giveRole, role(here.who('fitri')), { now }))
		);
		expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
		expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({
			code: 'people.grant.already'
		});
	});

	it('is given only where the giver may give', async () => {
		const giver = here.as('camat', ['people.grant'], 'kota.marelan');
		await expect(
			here.does(giver, giveRole, role(here.who('eko'), { unitId: here.unit.kota }), { now })
		).rejects.toMatchObject({ kind: 'forbidden' });
		await here.does(giver, giveRole, role(here.who('eko'), { unitId: here.unit.pelayanan }), { now });
	});
});

describe('what one sees of others', () => {
	const find = (name: string, abilities: Parameters<typeof here.as>[1], search: string, at?: string) =>
		here.sees(
			async (db) =>
				(await findPeople(db, here.as(name, abilities, at), { search, unitId: null, size: 50, offset: 0 }))
					.people
		);

	it('finds people by any words of the name, in one’s units only', async () => {
		expect((await find('camat', ['people.read'], 'AN', 'kota.marelan')).map(({ name }) => name)).toEqual([
			'ani'
		]);
		expect(await find('camat', ['people.read'], 'stranger', 'kota.marelan')).toEqual([]);
		expect((await find('officer', ['people.read'], 'stranger', '')).map(({ name }) => name)).toEqual([
			'stranger'
		]);
	});

	it('hides the middle of other people’s NIP, and does not find by what it hides', async () => {
		const [seen] = await find('camat', ['people.read'], 'ani', 'kota.marelan');
		expect(seen?.nip).toMatch(/^1985•{12}\d\d$/);
		expect(await find('camat', ['people.read'], here.nip('ani'), 'kota.marelan')).toEqual([]);
		expect(
			(await find('officer', ['people.read', 'people.import'], here.nip('ani'), '')).map(({ nip }) => nip)
		).toEqual([here.nip('ani')]);
	});

	it('lists a unit with everything below it when no name is asked for', async () => {
		const inUnit = await here.sees((db) =>
			findPeople(db, here.as('officer', ['people.read'], ''), {
				search: '',
				unitId: here.unit.marelan,
				size: 3,
				offset: 6
			})
		);
		expect(inUnit).toMatchObject({ total: 8, people: [{}, {}] });
	});

	it('sorts by name, post or unit, both ways, the same on every page', async () => {
		const list = (by: 'name' | 'unit', descending: boolean, offset = 0) =>
			here.sees(async (db) => {
				const asked = { search: '', unitId: here.unit.kota, size: 5, offset, sort: { by, descending } };
				return (await findPeople(db, here.as('officer', ['people.read'], ''), asked)).people;
			});
		const names = (people: Awaited<ReturnType<typeof list>>) => people.map(({ name }) => name);
		const down = [...names(await list('name', true)), ...names(await list('name', true, 5))];
		expect(down).toEqual([...down].toSorted().toReversed());
		expect(new Set(down).size).toBe(10);
		const units = (await list('unit', true)).map(({ unitName }) => unitName);
		expect(units).toEqual([...units].toSorted().toReversed());
	});

	it('takes % and _ as what they are', async () => {
		expect(await find('officer', ['people.read'], '%', '')).toEqual([]);
		expect(await find('officer', ['people.read'], '_', '')).toEqual([]);
	});

	it('opens one’s own page and the team’s, and nobody else’s', async () => {
		const open = (name: string, whose: string) =>
			here.sees((db) => personPage(db, here.as(name), here.who(whose), today));
		expect(await open('ani', 'ani')).toMatchObject({
			person: { name: 'ani', nip: here.nip('ani') },
			supervisor: { id: here.who('kasi'), why: 'unit' }
		});
		expect((await open('kasi', 'ani')).person.nip).toMatch(/•/);
		await expect(open('budi', 'ani')).rejects.toMatchObject({ kind: 'missing' });
	});

	it('shows the tree as far as one reads, with everybody counted once', async () => {
		const tree = await here.sees((db) => unitTree(db, here.as('camat', ['people.read'], 'kota.marelan')));
		expect(tree.roots.map(({ name, people, members }) => ({ name, people, members }))).toEqual([
			{ name: 'Unit marelan', people: 8, members: 1 }
		]);
		await expect(
			here.sees((db) =>
				unitPage(db, here.as('camat', ['people.read'], 'kota.marelan'), here.unit.plaju, '2026-06-01')
			)
		).rejects.toMatchObject({ kind: 'missing' });
	});
});
