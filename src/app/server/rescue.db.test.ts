import { afterAll, beforeAll, expect, test } from 'vitest';
import { redeemAccessCode } from '#platform/auth/access-code.ts';
import { closeDatabase } from '#platform/db/pools.ts';
import { resetAccess } from '#slices/people/server/commands/reset-access.ts';
import { townWithAccounts } from '../../../tests/make/accounts.ts';
import { rescue } from './rescue.ts';

let it: Awaited<ReturnType<typeof townWithAccounts>>;
beforeAll(async () => void (it = await townWithAccounts()));
afterAll(async () => {
	await closeDatabase();
	await it.close();
});

test('the only administrator who lost the password is let in by whoever runs the machine, and the audit trail says so', async () => {
	const office = it.as('officer', ['people.read', 'people.resetAccess'], '');
	await it.does(office, resetAccess, { personId: it.who('ani') });
	const opened = await rescue(` ${it.nip('ani')} `);
	expect(opened).toMatchObject({ username: it.nip('ani') });
	const typed = { username: it.nip('ani'), code: opened?.code ?? '', password: 'kata-sandi-baru' };
	await redeemAccessCode(new Headers(), typed, new Date());
	const { rows } = await it.owner.query(
		`select account_id from platform.audit where command = 'people.resetAccess' order by at desc limit 1`
	);
	expect(rows).toEqual([{ account_id: 'system' }]);
});

test('an account that is not there is told, and nothing is made', async () => {
	expect(await rescue('199001012020011001')).toBeNull();
});
