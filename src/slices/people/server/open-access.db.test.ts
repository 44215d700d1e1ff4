import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountsIn } from '#platform/auth/auth.ts';
import { redeemAccessCode } from '#platform/auth/access-code.ts';
import { townWithAccounts } from '../../../../tests/make/accounts.ts';
import { giveRole } from './commands/give-role.ts';
import { openAccess } from './commands/open-access.ts';

let it: Awaited<ReturnType<typeof townWithAccounts>>;
beforeAll(async () => void (it = await townWithAccounts()));
afterAll(() => it.close());

const now = new Date('2026-11-21T03:00:00Z');
const later = new Date('2026-11-29T03:00:00Z');
const admin = () => it.as('kasi', ['people.read', 'people.resetAccess'], 'kota.marelan');
const open = (at = now, who = admin(), unitId = it.unit.marelan) =>
	it.does(who, openAccess, { unitId }, { now: at });
const names = ({ slips }: { slips: { name: string }[] }) => slips.map(({ name }) => name).toSorted();

test('everybody of a unit and below gets a code that opens an account; nobody whose powers reach beyond, and not oneself', async () => {
	await it.does(
		it.as('officer', ['people.read', 'people.grant'], ''),
		giveRole,
		{
			personId: it.who('citra'),
			role: 'auditor',
			unitId: it.unit.kota,
			validFrom: '2026-11-21',
			reason: 'SK 1'
		},
		{ now }
	);
	const made = await open();
	expect(names(made)).toEqual(['ani', 'budi', 'camat', 'dewi', 'eko', 'fitri']);
	expect(made.left).toBe(0);
	expect(await accountsIn(it.agencyId)).toBe(6);
	const [ani] = made.slips.filter(({ name }) => name === 'ani');
	await redeemAccessCode(
		new Headers(),
		{ username: ani?.username ?? '', code: ani?.code ?? '', password: 'kata-sandi-baru' },
		new Date('2026-11-27T03:00:00Z')
	);
});

test('made again at once there is nobody left; after a week those who did not come get another code', async () => {
	await expect(open()).rejects.toMatchObject({ code: 'people.access.everybodyHas' });
	expect(names(await open(later))).toEqual(['budi', 'camat', 'dewi', 'eko', 'fitri']);
	expect(await accountsIn(it.agencyId)).toBe(6);
});

test('a sheet that was lost is made again within the week, the oldest codes first, and the lost codes open nothing; who came in is left alone', async () => {
	const soon = new Date('2026-12-07T04:00:00Z');
	const lost = await open(new Date('2026-12-07T03:00:00Z'));
	const once = await it.does(admin(), openAccess, { unitId: it.unit.marelan, again: true }, { now: soon });
	expect(names(once)).toEqual(['budi', 'camat', 'dewi', 'eko', 'fitri']);
	expect(once.slips.map(({ name }) => name)).toEqual(lost.slips.map(({ name }) => name));
	const [budi] = lost.slips.filter(({ name }) => name === 'budi');
	await expect(
		redeemAccessCode(
			new Headers(),
			{ username: budi?.username ?? '', code: budi?.code ?? '', password: 'kata-sandi-baru' },
			soon
		)
	).rejects.toMatchObject({ code: 'auth.accessCode.refused' });
});

test('two who press at once do not make two codes for one person', async () => {
	const office = it.as('officer', ['people.read', 'people.resetAccess'], '');
	const both = await Promise.allSettled([1, 2].map(() => open(now, office, it.unit.plaju)));
	expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
	expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({
		code: 'people.access.everybodyHas'
	});
});

test('of another unit it is forbidden, and no code is kept anywhere', async () => {
	await expect(open(now, admin(), it.unit.plaju)).rejects.toMatchObject({ kind: 'forbidden' });
	const { slips } = await open(new Date('2026-12-15T03:00:00Z'));
	for (const table of ['platform.idempotency', 'platform.audit', 'platform.access_code']) {
		const { rows } = await it.owner.query(`select t::text from ${table} t`);
		for (const { code } of slips) expect(JSON.stringify(rows)).not.toContain(code.replace('-', ''));
	}
});
