import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { run } from '#platform/work/run.ts';
import { applyImport } from '../commands/apply-import.ts';
import { checkImport } from '../commands/check-import.ts';
import { discardImport } from '../commands/discard-import.ts';
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

	it('refuses a dry run that another import has made untrue', async () => {
		await town.bring(units(...TREE));
		const first = await town.check(people(ANI));
		await town.bring(people(CAMAT), new Date(NOW.getTime() + 60_000));
		await expect(
			applyFile(first.importId, {
				kysely: town.db,
				actor: town.actor,
				now: new Date(NOW.getTime() + 120_000)
			})
		).rejects.toMatchObject({ code: 'people.import.stale' });
		expect(await town.count('people.person')).toBe(1);
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
