import ExcelJS from 'exceljs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { reading } from '#platform/db/pools.ts';
import { run } from '#platform/work/run.ts';
import { confirmDepartures } from '../commands/confirm-departures.ts';
import { expireImports } from '../commands/expire-imports.ts';
import { importCells } from '../queries/import-cells.ts';
import { importFacets, importRows } from '../queries/import-rows.ts';
import { sourcesOf } from '../queries/sources.ts';
import { applyFile } from '../import-file.ts';
import { markedWorkbook } from './marked-workbook.ts';
import { receiveFile } from './receive-file.ts';
import { ANI, bytes, CAMAT, importTown, NOW, people, PEOPLE, SEKDA, TREE, units } from './test-town.ts';

let town: Awaited<ReturnType<typeof importTown>>;
beforeAll(async () => void (town = await importTown()));
afterAll(() => town.close());
beforeEach(async () => {
	await town.empty();
	await town.bring(units(...TREE));
});

const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
const sees = <T>(ask: Parameters<typeof reading<T>>[1]) => reading(town.agencyId, ask, town.db);
const one = async (statement: string, ...values: unknown[]) =>
	(await town.owner.query(statement, [town.agencyId, ...values])).rows;

describe('names', () => {
	it('in capitals are shown as people write them, and do not change to and fro between files', async () => {
		await town.bring(people(ANI.replace('Ani', 'ANI BR. SEMBIRING')));
		expect(await one('select name from people.person where agency_id = $1')).toEqual([
			{ name: 'Ani br. Sembiring' }
		]);
		expect((await town.bring(people(ANI.replace('Ani', 'Ani Br. SemBiring')), later(1))).counts.changed).toBe(
			1
		);
		expect(
			(await town.check(people(ANI.replace('Ani', 'ANI BR. SEMBIRING')), later(2))).counts
		).toMatchObject({
			unchanged: 1,
			changed: 0
		});
	});

	it('with titles are taken apart with a warning; a file without titles leaves them', async () => {
		const titled = ANI.replace(',Ani,', ',"Dr. ANI, S.KOM., M.M.",');
		const { counts } = await town.bring(people(titled));
		expect(counts.warnings).toBe(1);
		expect(await one('select name, front_title, back_title from people.person where agency_id = $1')).toEqual(
			[{ name: 'Ani', front_title: 'Dr.', back_title: 'S.Kom., M.M.' }]
		);
		expect((await town.check(people(titled), later(1))).counts).toMatchObject({ unchanged: 1 });
		expect((await town.check(people(ANI), later(1))).counts).toMatchObject({ unchanged: 1 });
	});
});

describe('codes of units', () => {
	it('that lost their zeros are given them back where they can be told', async () => {
		const { importId, counts } = await town.check(
			units(...TREE.map((row) => row.replace(';001;TOP', ';1;TOP'))),
			later(1)
		);
		expect(counts).toMatchObject({ unchanged: 4, changed: 0, warnings: 1 });
		expect(
			await one(
				`select problems->0->>'code' as code from people.import_row where agency_id = $1 and import_id = $2 and problems is not null`,
				importId
			)
		).toEqual([{ code: 'people.import.lostZeros' }]);
	});
});

describe('rows of a dry run', () => {
	it('can be narrowed by what changed, by what is wrong, and by name', async () => {
		await town.bring(people(SEKDA, CAMAT, ANI));
		const { importId } = await town.check(
			people(
				SEKDA.replace('Sekda,1', 'Sekda Baru,1'),
				CAMAT.replace('KEC,', 'XXX,'),
				ANI.replace('Umum', 'Khusus')
			),
			later(1)
		);
		await sees(async (db) => {
			const window = { size: 10, offset: 0 };
			expect((await importFacets(db, importId, 'changed')).map(({ name, count }) => [name, count])).toEqual([
				['name', 1],
				['post_title', 1]
			]);
			const changed = await importRows(db, importId, { kind: 'people', shown: 'changed' }, window, {
				field: 'name'
			});
			expect(changed.rows.map(({ label }) => label)).toEqual(['Sekda Baru · 197001011995031001']);
			expect((await importFacets(db, importId, 'wrong'))[0]?.name).toBe('people.import.unknownUnit');
			const found = await importRows(db, importId, { kind: 'people', shown: 'changed' }, window, {
				search: 'ANI'
			});
			expect(found).toMatchObject({ total: 1, rows: [{ row: 4 }] });
			expect(
				(await importRows(db, importId, { kind: 'people', shown: 'changed' }, window, { search: '%' })).total
			).toBe(0);
		});
	});
});

describe('the file given back', () => {
	it('has every row where it stood, wrong cells marked and explained, nothing dropped, and no formula', async () => {
		const { importId } = await town.check(
			people('=cmd,salah,=HYPERLINK("x"),4,Juru,01-01-2020,SEKSI,Aktif,1271000000000009,Jalan Contoh 9', ANI)
		);
		const file = await sees(async (db) =>
			markedWorkbook({
				sheetName: 'a/b',
				headerRow: 1,
				columns: PEOPLE.split(',')
					.slice(0, 8)
					.map((header) => ({ name: header.toLowerCase().replaceAll(' ', '_'), header })),
				words: { reason: 'Salah', mend: 'Cara' },
				rows: (async function* () {
					for await (const slice of importCells(db, importId))
						yield slice.map(({ problems, ...row }) => ({
							...row,
							marks: problems.map(({ column, code }) => ({ column, reason: code, mend: '-', warning: false }))
						}));
				})()
			})
		);
		const workbook = new ExcelJS.Workbook();
		await workbook.xlsx.load(new Uint8Array(file).buffer);
		const sheet = workbook.worksheets[0];
		expect(sheet?.getCell('B2').value).toBe('salah');
		expect(sheet?.getCell('B2').note).toBeTruthy();
		expect(sheet?.getCell('I2').text).toContain('people.nip.characters');
		expect(sheet?.getCell('A2')).toMatchObject({
			value: '=cmd',
			type: ExcelJS.ValueType.String,
			numFmt: '@'
		});
		expect(sheet?.getCell('C2').formula).toBeUndefined();
		expect(sheet?.getCell('B3').value).toBe('199003032015032003');
		expect(sheet?.getCell('I3').value).toBeNull();
		expect(JSON.stringify(sheet?.getSheetValues())).not.toMatch(/12710000|Jalan/);
	});
});

describe('what is kept of an import', () => {
	it('after applying: whom it was about and what changed from what, no cells, no labels', async () => {
		await town.bring(people(SEKDA, CAMAT, ANI));
		const { importId } = await town.bring(people(SEKDA, CAMAT.replace('Camat,1', 'Camat Lain,1')), later(1));
		expect(
			await one(
				'select outcome, label, data, cells, problems, changes from people.import_row where agency_id = $1 and import_id = $2 order by row_number',
				importId
			)
		).toEqual([
			{ outcome: 'unchanged', label: '', data: {}, cells: null, problems: null, changes: null },
			{
				outcome: 'changed',
				label: '',
				data: {},
				cells: null,
				problems: null,
				changes: { name: { from: 'Camat', to: 'Camat Lain' } }
			}
		]);
		const [camat] = await one(`select id from people.person where agency_id = $1 and name = 'Camat Lain'`);
		const sources = await sees((db) => sourcesOf(db, camat.id));
		expect(sources.find(({ field }) => field === 'name')).toMatchObject({ importId, row: 3 });
		expect(sources.find(({ field }) => field === 'nip')).toMatchObject({ row: 3, file: 'berkas.csv' });
	});

	it('not applied for a day: nothing, and it says so; after a month no old values', async () => {
		await town.bring(people(SEKDA), later(1));
		const applied = await town.bring(people(SEKDA.replace('Sekda,1', 'Sekda Baru,1'), 'x,y,z'), later(2));
		const dry = await town.check(people(ANI), later(3));
		const forget = (now: Date) => run(expireImports, { actor: town.actor, input: {}, kysely: town.db, now });
		expect(await forget(later(26))).toEqual({ expired: 0 });
		expect(await forget(later(28))).toEqual({ expired: 1 });
		expect(
			await one(
				'select count(*)::int as many from people.import_row where agency_id = $1 and import_id = $2',
				dry.importId
			)
		).toEqual([{ many: 0 }]);
		await expect(
			applyFile(dry.importId, { kysely: town.db, actor: town.actor, now: later(29) })
		).rejects.toMatchObject({
			code: 'people.import.expired'
		});
		const rows = () =>
			one(
				`select outcome, changes, label from people.import_row where agency_id = $1 and import_id = $2 order by row_number`,
				applied.importId
			);
		expect(await rows()).toMatchObject([
			{ changes: { name: { from: 'Sekda' } } },
			{ outcome: 'wrong', label: '' }
		]);
		await forget(later(24 * 40));
		expect(await rows()).toEqual([{ outcome: 'changed', changes: { name: {} }, label: '' }]);
	});
});

describe('people whom a file lacks', () => {
	it('become inactive only when somebody says so and why; the next file that names them brings them back', async () => {
		await town.bring(people(SEKDA, CAMAT, ANI));
		const { importId, counts } = await town.bring(people(SEKDA, CAMAT), later(1));
		expect(counts.missing).toBe(1);
		const id = async (name: string) =>
			(await one('select id from people.person where agency_id = $1 and name = $2', name))[0]?.id;
		const leave = (personIds: string[]) =>
			run(confirmDepartures, {
				actor: town.actor,
				input: { importId, personIds, reason: 'retired', note: 'SK 1' },
				kysely: town.db,
				now: later(2)
			});
		await expect(leave([await id('Camat')])).rejects.toMatchObject({ code: 'people.import.notMissing' });
		await expect(leave([newId()])).rejects.toMatchObject({ code: 'people.import.notMissing' });
		await expect(leave([])).rejects.toMatchObject({ kind: 'invalid' });
		expect(await leave([await id('Ani')])).toEqual({ count: 1 });
		expect(
			await one('select reason, note, status_before, made_by from people.departure where agency_id = $1')
		).toEqual([{ reason: 'retired', note: 'SK 1', status_before: 'active', made_by: 'Pengelola' }]);
		expect(await town.count('people.staff')).toBe(2);
		expect(await town.count('people.posting')).toBe(3);
		await town.bring(people(ANI), later(3));
		expect(await town.count('people.staff')).toBe(3);
	});
});

describe('headers that nobody knows', () => {
	const FILE = bytes('Nomor Pokok,Thn,Nilai Akhir,NIK', '199003032015032003,2025,Baik,1271000000000003');
	const receive = (chosen: Record<string, string>, kind?: string) =>
		receiveFile({
			actor: town.actor,
			fileName: 'a.csv',
			bytes: FILE,
			kind,
			chosen,
			requestId: newId(),
			kysely: town.db
		});

	it('are asked about, remembered once explained, and understood by themselves the next time', async () => {
		await town.bring(people(ANI));
		const first = await receive({}, 'performance');
		expect(first).toMatchObject({ ask: { kind: 'performance', missing: ['nip', 'tahun'] } });
		expect(JSON.stringify(first)).not.toContain('1271000000000003');
		const second = await receive(
			{ nomorpokok: 'nip', thn: 'tahun', nilaiakhir: 'predikat', nik: 'nama' },
			'performance'
		);
		expect(second).toHaveProperty('importId');
		expect(
			await one('select header, column_name from people.import_mapping where agency_id = $1 order by 1')
		).toEqual([
			{ header: 'nilaiakhir', column_name: 'predikat' },
			{ header: 'nomorpokok', column_name: 'nip' },
			{ header: 'thn', column_name: 'tahun' }
		]);
		expect(await receive({})).toHaveProperty('importId');
		for (const table of [
			'people.import',
			'people.import_row',
			'people.import_mapping',
			'platform.audit',
			'platform.idempotency'
		])
			expect(JSON.stringify(await one(`select t::text from ${table} t where agency_id = $1`))).not.toContain(
				'1271000000000003'
			);
	});

	it('that mean one column twice are refused at the field', async () => {
		await expect(receive({ nomorpokok: 'nip', thn: 'nip' }, 'performance')).rejects.toMatchObject({
			issues: [{ path: 'map.thn', code: 'people.import.mappedTwice' }]
		});
	});

	it('are nobody’s business who may not import', async () => {
		await expect(
			receiveFile({
				actor: { ...town.actor, grants: [] },
				fileName: 'a',
				bytes: FILE,
				chosen: {},
				requestId: newId(),
				kysely: town.db
			})
		).rejects.toMatchObject({ kind: 'missing' });
	});
});
