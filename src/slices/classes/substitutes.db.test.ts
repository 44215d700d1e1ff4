import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { splits } from '../../../tests/make/splits.ts';
import { recordAbsence } from './server/commands/record-absence.ts';
import { personInSplit } from './server/queries/person-in-split.ts';

let it: Awaited<ReturnType<typeof splits>>;
let office: Actor;
const neighbour = newId();

const works = (name: string, unitId: string, title: string) =>
	it.owner.query('update people.posting set unit_id = $2, title = $3 where person_id = $1', [
		it.who(name),
		unitId,
		title
	]);

/**
 * Four of the six in Pelayanan must be at the counter. Beside it, below the same camat, an office of three: two at its
 * counter, and a public trainer. Far away, in Plaju, one more at a counter.
 */
beforeAll(async () => {
	it = await splits();
	office = it.splitter;
	await it.owner.query(
		`insert into people.unit (agency_id, id, name, kind, parent_id, label, path, valid_from)
		values ($1, $2, 'Unit tetangga', 'kelurahan', $3, 'tetangga', 'kota.marelan.tetangga', '2020-01-01')`,
		[it.agencyId, neighbour, it.unit.marelan]
	);
	await works('coach', neighbour, 'Pengelola Loket');
	await works('officer', neighbour, 'Pengadministrasi Loket');
	await works('trainer', neighbour, 'Widyaiswara Ahli Muda');
	await works('fitri', it.unit.plaju, 'Pengelola Loket');
	await it.needs(it.unit.pelayanan, 'Petugas loket', 4);
});
beforeEach(() => it.nextDay());
afterAll(() => it.close());

/** Three want to go, two can: who could stand in for the one left, as the page of that person says. */
async function substitutes() {
	const { classId } = await it.aClass({ seats: 4 });
	const splitId = await it.start([classId], ['ani', 'budi', 'citra']);
	await it.solve(splitId);
	const pages = await Promise.all(
		['ani', 'budi', 'citra'].map((name) => it.sees((db) => personInSplit(db, office, splitId, it.who(name))))
	);
	const left = pages.flatMap(({ choices }) => choices.filter(({ here }) => !here));
	expect(left).toHaveLength(1);
	expect(left[0]?.reasons).toMatchObject([{ kind: 'short', present: 3, required: 4 }]);
	return left[0]?.substitutes ?? [];
}

describe('who could stand in at a counter that a class would leave short', () => {
	test('is of the same role, in a neighbouring office, by name', async () => {
		expect(await substitutes()).toEqual([
			{ name: 'coach', post: 'Pengelola Loket', unit: expect.stringContaining('Unit tetangga'), own: false },
			{
				name: 'officer',
				post: 'Pengadministrasi Loket',
				unit: expect.stringContaining('tetangga'),
				own: false
			}
		]);
	});

	test('is nobody who is away that day', async () => {
		await it.does(office, recordAbsence, {
			nip: it.nip('coach'),
			kind: 'leave',
			startsOn: it.today(),
			endsOn: it.today()
		});
		expect((await substitutes()).map(({ name }) => name)).toEqual(['officer']);
	});

	test('is nobody whom their own counter cannot spare', async () => {
		await it.needs(neighbour, 'Petugas loket', 2);
		expect(await substitutes()).toEqual([]);
	});
});
