import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reading } from '#platform/db/pools.ts';
import { importFacets, importRows, missingFromFile } from '../queries/import-rows.ts';
import { ANI, bytes, CAMAT, importTown, people, PEOPLE, SEKDA, TREE, units } from './test-town.ts';

let town: Awaited<ReturnType<typeof importTown>>;
beforeAll(async () => void (town = await importTown()));
afterAll(() => town.close());
beforeEach(() => town.empty());

describe('a dry run', () => {
	it('writes nothing of units or people', async () => {
		expect((await town.check(units(...TREE))).counts).toMatchObject({
			rows: 4,
			new: 4,
			wrong: 0,
			missing: 0
		});
		expect(await town.count('people.unit')).toBe(0);
		await town.bring(units(...TREE));
		expect((await town.check(people(SEKDA, CAMAT, ANI))).counts).toMatchObject({ rows: 3, new: 3, wrong: 0 });
		expect(await town.count('people.person')).toBe(0);
	});

	it('keeps no cell of a column that Asah does not keep, anywhere in the database', async () => {
		await town.bring(units(...TREE));
		await town.bring(
			people(
				SEKDA,
				CAMAT,
				ANI,
				'P-X,salah,Rusak,4,Juru,01-01-2020,SEKSI,Aktif,1271000000000009,Jalan Contoh 9'
			)
		);
		for (const table of [
			'people.import',
			'people.import_row',
			'people.person',
			'people.posting',
			'platform.file',
			'platform.audit',
			'platform.event',
			'platform.idempotency'
		]) {
			const { rows } = await town.owner.query(`select t::text from ${table} t where agency_id = $1`, [
				town.agencyId
			]);
			expect(JSON.stringify(rows)).not.toMatch(/12710000000000|Jalan Contoh/);
		}
	});

	it('keeps nothing of a wrong row but what names it and what is wrong', async () => {
		await town.bring(units(...TREE));
		const { importId } = await town.check(people('P-X,salah,Rusak,4,Juru,01-01-2020,SEKSI,Aktif,1,x'));
		const { rows } = await town.owner.query(
			'select label, data, problems from people.import_row where import_id = $1',
			[importId]
		);
		expect(rows).toEqual([
			{
				label: 'Rusak · salah',
				data: {},
				problems: [
					{ column: 'nip_baru', value: 'salah', code: 'people.nip.characters', params: { character: 's' } }
				]
			}
		]);
	});

	it('has no row of an import that there is not', async () => {
		await expect(
			town.owner.query(
				`insert into people.import_row (agency_id, import_id, row_number, outcome, data) values ($1, gen_random_uuid(), 2, 'new', '{}')`,
				[town.agencyId]
			)
		).rejects.toMatchObject({ code: '23503' });
	});

	it('says field by field what would change, and who is not in the file', async () => {
		await town.bring(units(...TREE));
		await town.bring(people(SEKDA, CAMAT, ANI));
		const changed = ANI.replace('Ani', 'Ani Lestari')
			.replace('Pengadministrasi Umum', 'Penata Layanan')
			.replace('01-03-2020', '01-06-2026');
		const { importId, counts } = await town.check(people(CAMAT, changed));
		expect(counts).toMatchObject({ rows: 2, new: 0, changed: 1, unchanged: 1, missing: 1 });
		await reading(
			town.agencyId,
			async (db) => {
				const { rows } = await importRows(
					db,
					importId,
					{ kind: 'people', shown: 'changed' },
					{ size: 10, offset: 0 }
				);
				const [row] = rows;
				expect(row?.changes.toSorted((a, b) => a.field.localeCompare(b.field))).toEqual([
					{ field: 'name', from: 'Ani', to: 'Ani Lestari' },
					{ field: 'post_since', from: '2020-03-01', to: '2026-06-01' },
					{ field: 'post_title', from: 'Pengadministrasi Umum', to: 'Penata Layanan' }
				]);
				expect(
					(await missingFromFile(db, importId, 'people', { size: 10, offset: 0 })).rows.map(
						({ label }) => label
					)
				).toEqual(['Sekda · 197001011995031001']);
			},
			town.db
		);
	});

	it('does not call somebody missing whose row is merely wrong', async () => {
		await town.bring(units(...TREE));
		await town.bring(people(SEKDA, CAMAT, ANI));
		expect((await town.check(people(SEKDA, CAMAT, ANI.replace('SEKSI', 'TUTUP')))).counts).toMatchObject({
			wrong: 1,
			missing: 0
		});
	});

	it('leaves alone what the file has no column for', async () => {
		await town.bring(units(...TREE));
		await town.bring(bytes(`${PEOPLE},EMAIL GOV`, `${ANI},ani@contoh.invalid`));
		expect((await town.check(people(ANI))).counts).toMatchObject({ unchanged: 1 });
	});

	it('names a reason once for all of its rows, with those facts alone that they share', async () => {
		await town.bring(units(...TREE));
		const short = (nip: string) => `,${nip},Rusak,4,Juru,01-01-2020,SEKSI,Aktif,,`;
		const { importId } = await town.check(
			people(short('19700101199503100'), short('1970010119950310'), ANI.replace('SEKSI', 'TUTUP'))
		);
		await reading(
			town.agencyId,
			async (db) =>
				expect(await importFacets(db, importId, 'wrong')).toEqual([
					{ name: 'people.nip.length', count: 2, params: { digits: '…' } },
					{ name: 'people.import.unknownUnit', count: 1, params: { unit: '–' } }
				]),
			town.db
		);
	});
});
