import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { reading } from '#platform/db/pools.ts';
import { run } from '#platform/work/run.ts';
import { applyImport } from '../commands/apply-import.ts';
import { checkImport } from '../commands/check-import.ts';
import { discardImport } from '../commands/discard-import.ts';
import { recheckImport } from '../commands/recheck-import.ts';
import { overtakenBy } from '../queries/imports.ts';
import { applyFile, importFile } from '../import-file.ts';
import { ANI, CAMAT, importTown, NOW, people, SEKDA, TREE, units } from './test-town.ts';

let town: Awaited<ReturnType<typeof importTown>>;
beforeAll(async () => void (town = await importTown()));
afterAll(() => town.close());
beforeEach(() => town.empty());

describe('two at once', () => {
	it('applies one import once: the second is told by whom', async () => {
		await town.bring(units(...TREE));
		const { importId } = await town.check(people(SEKDA, CAMAT, ANI));
		const results = await Promise.allSettled(
			[1, 2].map(() => applyFile(importId, { kysely: town.db, actor: town.actor, now: NOW }))
		);
		expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
		expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({
			kind: 'refused',
			code: 'people.import.alreadyApplied',
			params: { who: 'Pengelola' }
		});
		expect(await town.count('people.posting')).toBe(3);
	});

	it('answers a double click with the first answer', async () => {
		await town.bring(units(...TREE));
		const { importId } = await town.check(people(ANI));
		const press = () =>
			run(applyImport, {
				actor: town.actor,
				input: { importId },
				key: `press-${importId}`,
				kysely: town.db,
				now: NOW
			});
		expect(await Promise.all([press(), press()])).toEqual([{ importId }, { importId }]);
	});

	const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
	const apply = (importId: string, at: Date) =>
		applyFile(importId, { kysely: town.db, actor: town.actor, now: at });
	const RENAMED = ANI.replace(',Ani,', ',Anita,');

	it('applies a dry run that another import overtook, when it still says the same of every row', async () => {
		await town.bring(units(...TREE));
		const first = await town.check(people(ANI));
		await town.bring(people(CAMAT), later(1));
		await apply(first.importId, later(2));
		expect(await town.count('people.person')).toBe(2);
	});

	it('refuses a dry run that another import has made untrue, and checks it again without the file', async () => {
		await town.bring(units(...TREE));
		const { importId } = await town.check(people(RENAMED, CAMAT));
		const overtaken = () => reading(town.agencyId, (db) => overtakenBy(db, importId), town.db);
		expect(await overtaken()).toBeNull();
		await town.bring(people(ANI), later(1));
		expect(await overtaken()).toBe('berkas.csv');
		await expect(apply(importId, later(2))).rejects.toMatchObject({
			code: 'people.import.stale',
			params: { file: 'berkas.csv' }
		});
		expect(await town.count('people.person')).toBe(1);
		const again = await run(recheckImport, {
			actor: town.actor,
			input: { importId },
			kysely: town.db,
			now: later(3)
		});
		expect(again.counts).toMatchObject({ rows: 2, new: 1, changed: 1, wrong: 0 });
		expect(await overtaken()).toBeNull();
		await apply(importId, later(4));
		const { rows } = await town.owner.query(
			'select name from people.person where agency_id = $1 order by name',
			[town.agencyId]
		);
		expect(rows).toEqual([{ name: 'Anita' }, { name: 'Camat' }]);
	});

	it('checks nothing again that was thrown away, nor for whoever may not import', async () => {
		const { importId } = await town.check(units(...TREE));
		const check = (actor = town.actor) => run(recheckImport, { actor, input: { importId }, kysely: town.db });
		await expect(check({ ...town.actor, grants: [] })).rejects.toMatchObject({ kind: 'forbidden' });
		await run(discardImport, { actor: town.actor, input: { importId }, kysely: town.db });
		await expect(check()).rejects.toMatchObject({ code: 'people.import.alreadyDiscarded' });
	});

	it('cannot apply what was thrown away, and keeps nothing of it', async () => {
		await town.bring(units(...TREE));
		const { importId } = await town.check(people(ANI));
		await run(discardImport, { actor: town.actor, input: { importId }, kysely: town.db });
		await expect(applyFile(importId, { kysely: town.db, actor: town.actor })).rejects.toMatchObject({
			code: 'people.import.alreadyDiscarded'
		});
		expect(
			(await town.owner.query('select count(*) from people.import_row where import_id = $1', [importId]))
				.rows[0].count
		).toBe('0');
	});
});

describe('who may', () => {
	it('import: only with the whole agency, and never another agency’s file', async () => {
		const { importId } = await town.check(units(...TREE));
		const admin: Actor = { ...town.actor, grants: [{ ability: 'people.import', unitPath: 'u1' }] };
		await expect(
			importFile({ kysely: town.db, actor: admin, fileName: 'x.csv', bytes: units(...TREE) })
		).rejects.toMatchObject({ kind: 'forbidden' });
		const other = newId();
		await town.owner.query(
			`insert into platform.agency (agency_id, code, name, city, time_zone) values ($1, $2, 'Lain', 'Lain', 'Asia/Jakarta')`,
			[other, other]
		);
		await expect(
			applyFile(importId, { kysely: town.db, actor: { ...town.actor, agencyId: other } })
		).rejects.toMatchObject({ kind: 'missing' });
	});

	it('send columns that Asah does not keep: nobody, through no door', async () => {
		const sheet = {
			kind: 'units',
			sheetName: '',
			headerRow: 1,
			columns: [{ name: 'NIK', header: 'NIK' }],
			dropped: [],
			absent: [],
			skipped: 0,
			rows: [{ row: 2, cells: ['1'] }]
		};
		await expect(
			run(checkImport, { actor: town.actor, input: { fileName: 'x', sheet }, kysely: town.db })
		).rejects.toMatchObject({ kind: 'invalid' });
	});
});
