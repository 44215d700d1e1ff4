import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { town } from '../../../../tests/make/town.ts';
import { leaderChoices } from './queries/choices.ts';

let it: Awaited<ReturnType<typeof town>>;
beforeAll(async () => void (it = await town()));
afterAll(() => it.close());

const office = () => it.as('officer', ['people.read', 'people.organise', 'people.import'], '');
const found = async (who: string, actor: Actor = office()) =>
	(await it.sees((db) => leaderChoices(db, actor, it.unit.plaju, who)))
		.filter((one) => one.found)
		.map(({ id }) => id);

test('a unit offers its own people and the heads; whoever is neither is found by name or NIP, and stands first', async () => {
	const offered = await it.sees((db) => leaderChoices(db, office(), it.unit.plaju, ''));
	expect(offered.map(({ id }) => id)).not.toContain(it.who('ani'));
	expect(await found('ani')).toEqual([it.who('ani')]);
	expect(await found(it.nip('ani'))).toEqual([it.who('ani')]);
	const [first, ...rest] = await it.sees((db) => leaderChoices(db, office(), it.unit.plaju, 'ani'));
	expect(first).toMatchObject({ id: it.who('ani'), name: expect.stringContaining('Unit pelayanan') });
	expect(rest.map(({ id }) => id)).toEqual(offered.map(({ id }) => id));
	// Somebody offered anyway is not offered twice.
	expect(await it.sees((db) => leaderChoices(db, office(), it.unit.plaju, 'stranger'))).toHaveLength(
		offered.length
	);
	expect(await found('nobody at all')).toEqual([]);
});

test('nobody is found whom one may not see', async () => {
	const elsewhere = it.as('stranger', ['people.read', 'people.organise'], 'kota.plaju');
	expect(await found('ani', elsewhere)).toEqual([]);
});
