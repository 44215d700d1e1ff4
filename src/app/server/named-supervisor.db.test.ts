import { afterAll, beforeAll, expect, test } from 'vitest';
import { canRateTeamMember, canReadUnit } from '#slices/needs/access.ts';
import { canReadPerson } from '#slices/people/access.ts';
import { exceptSupervisor } from '#slices/people/server/commands/except-supervisor.ts';
import { placeOf } from '#slices/people/server/queries/places.ts';
import { town } from '../../../tests/make/town.ts';
import { actorIn, hatsOf } from './actor.ts';

let it: Awaited<ReturnType<typeof town>>;
beforeAll(async () => void (it = await town()));
afterAll(() => it.close());

const now = new Date('2026-06-10T03:00:00Z');
const name = (who: string, by: string) =>
	it.does(
		it.as('officer', ['people.organise'], ''),
		exceptSupervisor,
		{
			personId: it.who(who),
			supervisorId: it.who(by),
			validFrom: '2026-06-10',
			lastDay: '2026-06-20',
			reason: 'Tim percepatan'
		},
		{ now }
	);
const hats = (who: string, day: string) => it.sees((db) => hatsOf(db, it.who(who), day));
const place = (who: string) => it.sees((db) => placeOf(db, it.who(who)));

test('somebody of another unit, named the supervisor of one person, rates that one and sees nobody else of the unit', async () => {
	await name('ani', 'trainer');
	const [first, ...others] = await hats('trainer', '2026-06-12');
	expect(first).toMatchObject({ role: 'namedSupervisor', unitName: 'Unit pelayanan' });
	expect(others.map(({ role }) => role)).toEqual(['employee']);
	const identity = { accountId: 'x', agencyId: it.agencyId, personId: it.who('trainer'), name: 'trainer' };
	const actor = actorIn(identity, first ? [first] : [], undefined);
	const [ani, budi] = [await place('ani'), await place('budi')];
	expect([canRateTeamMember(actor, ani), canRateTeamMember(actor, budi)]).toEqual([true, false]);
	expect([canReadPerson(actor, ani), canReadPerson(actor, budi)]).toEqual([true, false]);
	expect(canReadUnit(actor, ani.unitPath)).toBe(false);
});

test('it holds on its days alone, and whoever leads the unit anyway needs no second one', async () => {
	expect((await hats('trainer', '2026-06-09')).map(({ role }) => role)).toEqual(['employee']);
	expect((await hats('trainer', '2026-06-21')).map(({ role }) => role)).toEqual(['employee']);
	await name('budi', 'kasi');
	expect((await hats('kasi', '2026-06-12')).map(({ role }) => role)).not.toContain('namedSupervisor');
});
