import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { run } from '#platform/work/run.ts';
import { undoImport } from '../commands/undo-import.ts';
import { addFollower } from './kind.ts';
import { ANI, bytes, CAMAT, importTown, NOW, people, SEKDA, TREE, units } from './test-town.ts';

let town: Awaited<ReturnType<typeof importTown>>;
beforeAll(async () => void (town = await importTown()));
afterAll(() => town.close());
beforeEach(() => town.empty());

const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const undo = (importId: string, now = later(100)) =>
	run(undoImport, { actor: town.actor, input: { importId }, kysely: town.db, now });
const refusal = async (importId: string) => {
	const error = await undo(importId).then(
		() => null,
		(thrown: unknown) => thrown
	);
	if (!(error instanceof AppError)) throw new Error('not refused');
	return { code: error.code, depends: error.issues.map(({ code, params }) => [code, params['count']]) };
};
const state = async () => {
	const dump = async (table: string, drop: string) =>
		(
			await town.owner.query(
				`select to_jsonb(t) - array[${drop}] as row from ${table} t where agency_id = $1 order by id`,
				[town.agencyId]
			)
		).rows.map(({ row }) => row);
	return {
		units: await dump('people.unit', `'label', 'path'`),
		people: await dump('people.person', `'changed_at'`),
		posts: await dump('people.posting', `''`)
	};
};

describe('undoing an import', () => {
	it('takes back the people whom it brought and leaves the others', async () => {
		await town.bring(units(...TREE));
		await town.bring(people(SEKDA), later(1));
		const before = await state();
		const { importId } = await town.bring(people(SEKDA, CAMAT, ANI), later(2));
		expect(await town.count('people.person')).toBe(3);
		await undo(importId);
		expect(await state()).toEqual(before);
		const { rows } = await town.owner.query(
			`select status, undone_by, (select count(*)::int from people.import_row r where r.import_id = i.id) as rows from people.import i where id = $1`,
			[importId]
		);
		expect(rows).toEqual([{ status: 'undone', undone_by: 'Pengelola', rows: 0 }]);
	});

	it('takes back what a room added by itself, while nobody has touched it', async () => {
		const campaign = newId();
		let touched = 0;
		addFollower({
			tables: ['needs.target'],
			dependants: async () =>
				touched > 0 ? [{ code: 'people.import.depends.needs', params: { count: touched } }] : [],
			forget: async (tx) => {
				await tx.deleteFrom('needs.target').where('agency_id', '=', town.agencyId).execute();
			}
		});
		await town.bring(units(...TREE));
		const { importId } = await town.bring(people(ANI), later(1));
		await town.owner.query(
			`insert into needs.campaign (agency_id, id, name, year, status, opens_on, closes_on, created_by, created_at)
			values ($1, $2, 'Survei', 2027, 'open', '2026-11-01', '2026-12-31', 'x', now())`,
			[town.agencyId, campaign]
		);
		await town.owner.query(
			`insert into needs.target (agency_id, campaign_id, person_id, unit_id, post_level)
			select p.agency_id, $2, p.id, j.unit_id, '06' from people.person p join people.posting j on j.agency_id = p.agency_id and j.person_id = p.id
			where p.agency_id = $1`,
			[town.agencyId, campaign]
		);
		touched = 1;
		expect(await refusal(importId)).toMatchObject({ depends: [['people.import.depends.needs', 1]] });
		touched = 0;
		await undo(importId);
		expect(await town.count('people.person')).toBe(0);
	});

	it('gives back fields, a closed post, a corrected one, and the head', async () => {
		await town.bring(units(...TREE));
		await town.bring(people(SEKDA, CAMAT, ANI), later(1));
		const before = await state();
		const { importId, counts } = await town.bring(
			people(
				SEKDA,
				CAMAT.replace('Camat,1', 'Camat Baru,1').replace('01-02-2023', '01-01-2023'),
				ANI.replace('SEKSI', 'KEC').replace('01-03-2020', '01-06-2026')
			),
			later(2)
		);
		expect(counts.changed).toBe(2);
		await undo(importId);
		expect(await state()).toEqual(before);
	});

	it('of units gives back the tree, the adopted top too', async () => {
		const top = newId();
		await town.owner.query(
			`insert into people.unit (agency_id, id, name, kind, label, path, valid_from) values ($1, $2, 'Kota', 'pemerintah', 'u0', 'u0', '2026-11-20')`,
			[town.agencyId, top]
		);
		const before = await state();
		const { importId } = await town.bring(units(...TREE), later(1));
		await undo(importId);
		expect(await state()).toEqual(before);
	});

	it('is refused while a later import wrote the same people, which is named; undone in turn it goes', async () => {
		await town.bring(units(...TREE));
		const first = await town.bring(people(SEKDA, ANI), later(1));
		const second = await town.bring(people(SEKDA, ANI.replace('Ani', 'Ani Lestari')), later(2));
		expect(await refusal(first.importId)).toEqual({
			code: 'people.import.undoBlocked',
			depends: [['people.import.depends.laterImport', 1]]
		});
		await undo(second.importId, later(3));
		await undo(first.importId, later(4));
		expect(await town.count('people.person')).toBe(0);
	});

	it('is refused while roles, ratings or other rooms speak of whom it brought, each counted', async () => {
		await town.bring(units(...TREE));
		const { importId } = await town.bring(people(ANI), later(1));
		const { rows } = await town.owner.query(
			`select p.id, j.unit_id from people.person p join people.posting j on j.person_id = p.id where p.agency_id = $1`,
			[town.agencyId]
		);
		const [ani] = rows;
		await town.owner.query(
			`insert into people.role_grant (agency_id, id, person_id, role, unit_id, valid_from, made_by) values ($1, $2, $3, 'auditor', $4, '2026-11-22', 'uji')`,
			[town.agencyId, newId(), ani.id, ani.unit_id]
		);
		await town.owner.query(
			`insert into platform.access_code (agency_id, id, person_id, code_hash, made_by, expires_at, created_at) values ($1, $2, $3, 'x', 'uji', now(), now())`,
			[town.agencyId, newId(), ani.id]
		);
		await town.bring(bytes('NIP,TAHUN,PREDIKAT', '199003032015032003,2025,Baik'), later(2));
		expect(await refusal(importId)).toEqual({
			code: 'people.import.undoBlocked',
			depends: [
				['people.import.depends.access', 1],
				['people.import.depends.people', 2]
			]
		});
		expect(await town.count('people.person')).toBe(1);
	});

	it('of units is refused while people sit in them', async () => {
		const { importId } = await town.bring(units(...TREE));
		await town.bring(people(ANI), later(1));
		expect((await refusal(importId)).depends).toEqual([['people.import.depends.people', 1]]);
	});

	it('is refused when somebody was changed by hand since', async () => {
		await town.bring(units(...TREE));
		const { importId } = await town.bring(people(ANI), later(1));
		await town.owner.query('update people.person set changed_at = $2 where agency_id = $1', [
			town.agencyId,
			later(5)
		]);
		expect((await refusal(importId)).depends).toEqual([['people.import.depends.changedSince', 1]]);
	});

	it('is refused twice, before it was applied, and after 30 days', async () => {
		await town.bring(units(...TREE));
		const dry = await town.check(people(ANI), later(1));
		await expect(undo(dry.importId)).rejects.toMatchObject({ code: 'people.import.nothingToUndo' });
		const { importId } = await town.bring(people(ANI), later(2));
		await expect(undo(importId, new Date(NOW.getTime() + 40 * 86_400_000))).rejects.toMatchObject({
			code: 'people.import.undoTooLate'
		});
		await undo(importId);
		await expect(undo(importId)).rejects.toMatchObject({ code: 'people.import.alreadyUndone' });
	});

	it('makes a dry run of before untrue', async () => {
		await town.bring(units(...TREE));
		const { importId } = await town.bring(people(ANI), later(1));
		const dry = await town.check(people(ANI, CAMAT), later(2));
		await undo(importId, later(3));
		const { applyFile } = await import('../import-file.ts');
		await expect(
			applyFile(dry.importId, { kysely: town.db, actor: town.actor, now: later(4) })
		).rejects.toMatchObject({ code: 'people.import.stale' });
	});
});
