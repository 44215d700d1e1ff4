import { afterAll, beforeAll, expect, test } from 'vitest';
import { townWithAccounts } from '../../../tests/make/accounts.ts';
import { beginningOf } from './homes/beginning.ts';

let it: Awaited<ReturnType<typeof townWithAccounts>>;
beforeAll(async () => void (it = await townWithAccounts()));
afterAll(() => it.close());

const look = () => it.sees((db) => beginningOf(db, it.as('officer'), '2026-11-21'));
const done = async () => (await look())?.steps.filter((step) => step.done).map(({ step }) => step);

test('a new city is told what is missing until its first plan is decreed', async () => {
	// The town has people, one program in force and a survey that was held; nobody who could approve or decree.
	expect(await done()).toEqual(['people', 'programs', 'survey']);
	expect(await look()).toMatchObject({ accounts: 0, people: 12 });
	// Both steps that give roles lead to where roles are given.
	const leads = async (step: string) => (await look())?.steps.find((one) => one.step === step)?.href;
	expect([await leads('deciders'), await leads('access')]).toEqual(['/people/official', '/people/roles']);
	for (const [name, role] of [
		['officer', 'authorizedOfficial'],
		['camat', 'leadership']
	] as const)
		await it.owner.query(
			`insert into people.role_grant (agency_id, id, person_id, role, unit_id, valid_from, reason, made_by)
			values ($1, gen_random_uuid(), $2, $3, $4, '2026-11-21', 'SK 1', 'test')`,
			[it.agencyId, it.who(name), role, it.unit.kota]
		);
	expect(await done()).toEqual(['people', 'deciders', 'programs', 'survey']);
	await it.owner.query(
		`insert into plans.plan (agency_id, id, year, title, budget, status, decree_number, decree_date, created_by, created_at)
		values ($1, gen_random_uuid(), 2026, 'Rencana', 1, 'decreed', '188/1', '2026-01-02', $2, now())`,
		[it.agencyId, it.who('officer')]
	);
	expect(await look()).toBeNull();
});
