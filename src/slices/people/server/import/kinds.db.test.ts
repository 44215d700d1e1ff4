import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { run } from '#platform/work/run.ts';
import { undoImport } from '../commands/undo-import.ts';
import { rowReader, checkedRow } from '../../import/problem.ts';
import { readNipCell } from '../../import/read-cell.ts';
import { addImportKind } from './kind.ts';
import { recordKind } from './record-kind.ts';
import { ANI, bytes, CAMAT, importTown, NOW, people, SEKDA, TREE, units } from './test-town.ts';

let town: Awaited<ReturnType<typeof importTown>>;
beforeAll(async () => void (town = await importTown()));
afterAll(() => town.close());
beforeEach(async () => {
	await town.empty();
	await town.bring(units(...TREE));
	await town.bring(people(SEKDA, CAMAT, ANI), later(1));
});

const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const NIP = { sekda: '197001011995031001', camat: '197502022000032002', ani: '199003032015032003' };
const undo = (importId: string) =>
	run(undoImport, { actor: town.actor, input: { importId }, kysely: town.db, now: later(90) });
const rowsOf = async (statement: string) => (await town.owner.query(statement, [town.agencyId])).rows;
const problems = async (importId: string) =>
	(
		await town.owner.query(
			`select row_number as row, p ->> 'code' as code from people.import_row, jsonb_array_elements(problems) p where import_id = $1 order by 1`,
			[importId]
		)
	).rows.map(({ row, code }) => `${row} ${code}`);

describe('performance predicates', () => {
	const file = (...rows: string[]) => bytes('NIP,Nama,Tahun,Periode,Hasil Kerja,Perilaku,Predikat', ...rows);
	const stored = () =>
		rowsOf(`select p.name, r.year, r.period, r.work, r.behaviour, r.predicate from people.performance_rating r
			join people.person p on p.agency_id = r.agency_id and p.id = r.person_id where r.agency_id = $1 order by 1, 2, 3`);

	it('are brought, changed, and taken back', async () => {
		await town.bring(file(`${NIP.ani},Ani,2024,Tahunan,Sesuai,Sesuai,Baik`), later(2));
		const { importId, counts } = await town.bring(
			file(`${NIP.ani},Ani,2024,,Di atas,Di atas,`, `${NIP.camat},Camat,2024,TW II,,,Butuh Perbaikan`),
			later(3)
		);
		expect(counts).toMatchObject({ new: 1, changed: 1, wrong: 0 });
		expect(await stored()).toEqual([
			{ name: 'Ani', year: 2024, period: 'year', work: 1, behaviour: 1, predicate: 1 },
			{ name: 'Camat', year: 2024, period: 'q2', work: null, behaviour: null, predicate: 3 }
		]);
		await undo(importId);
		expect(await stored()).toEqual([
			{ name: 'Ani', year: 2024, period: 'year', work: 2, behaviour: 2, predicate: 2 }
		]);
	});

	it('change nothing the second time, and leave alone what the file has no column for', async () => {
		await town.bring(file(`${NIP.ani},Ani,2024,,Sesuai,Sesuai,Baik`), later(2));
		expect(
			(await town.check(file(`${NIP.ani},Ani,2024,,Sesuai,Sesuai,Baik`), later(3))).counts
		).toMatchObject({
			unchanged: 1
		});
		expect(
			(await town.check(bytes('NIP,TAHUN,PREDIKAT', `${NIP.ani},2024,Baik`), later(3))).counts
		).toMatchObject({
			unchanged: 1
		});
	});

	it('are kept with a warning when they contradict the ratings, and wrong row by row otherwise', async () => {
		const { importId, counts } = await town.check(
			file(
				`${NIP.ani},Ani,2024,,Di atas,Di bawah,Sangat Baik`,
				`${NIP.ani},Ani,2024,,Sesuai,Sesuai,Baik`,
				'198503122010012004,Asing,2024,,,,Baik',
				`${NIP.camat},Camat,24,,,,Baik`,
				`${NIP.camat},Camat,2024,,,,Lumayan`,
				`1.97502E+17,Camat,2024,,,,Baik`
			),
			later(2)
		);
		expect(counts).toMatchObject({ new: 1, wrong: 5, warnings: 1, missing: 0 });
		expect(await problems(importId)).toEqual([
			'2 people.import.predicateContradicts',
			'3 people.import.rowRepeats',
			'4 people.import.unknownPerson',
			'5 people.import.yearRange',
			'6 people.import.unknownPredicate',
			'7 people.nip.scientificNotation'
		]);
	});
});

describe('education history', () => {
	const file = (...rows: string[]) =>
		bytes('NIP,Nama,Tingkat Pendidikan,Jurusan,Tahun Lulus,NIK,Nama Sekolah', ...rows);

	it('says that a level is corrected, from what to what, and undone it is as it was', async () => {
		const entries = () =>
			rowsOf(`select p.name, e.level, e.study, e.graduated from people.education e join people.person p on p.id = e.person_id
				where e.agency_id = $1 order by 1, 2, 3`);
		await town.bring(
			file(
				`${NIP.ani},Ani,D3,Keperawatan,2012,,`,
				`${NIP.camat},Camat,S1,Hukum,2001,,`,
				`${NIP.camat},Camat,S2,Hukum,2001,,`
			),
			later(2)
		);
		const before = await entries();
		const second = file(
			`${NIP.ani},Ani,D4,Keperawatan,2012,,`,
			// Not the same year, and not to be told which of two: these are new.
			`${NIP.ani},Ani,S1,Keperawatan,2015,,`,
			`${NIP.camat},Camat,S3,Hukum,2001,,`
		);
		const { importId, counts } = await town.check(second, later(3));
		expect(counts).toMatchObject({ new: 2, changed: 1, wrong: 0 });
		expect(
			(
				await rowsOf(
					`select import_id, changes from people.import_row where agency_id = $1 and outcome = 'changed'`
				)
			)
				.filter((row) => row.import_id === importId)
				.map(({ changes }) => changes)
		).toEqual([{ level: { from: 'D3', to: 'D4' } }]);
		const applied = await town.bring(second, later(4));
		expect(await entries()).toEqual([
			{ name: 'Ani', level: 'D4', study: 'Keperawatan', graduated: 2012 },
			{ name: 'Ani', level: 'S1', study: 'Keperawatan', graduated: 2015 },
			...before.filter(({ name }) => name === 'Camat').slice(0, 2),
			{ name: 'Camat', level: 'S3', study: 'Hukum', graduated: 2001 }
		]);
		expect((await town.check(second, later(5))).counts).toMatchObject({ new: 0, changed: 0, unchanged: 3 });
		await undo(applied.importId);
		expect(await entries()).toEqual(before);
	});

	it('brought in whole, one level is never taken for another of the same subject', async () => {
		await town.bring(file(`${NIP.ani},Ani,D3,Keperawatan,2012,,`), later(2));
		const { counts } = await town.check(
			file(`${NIP.ani},Ani,D3,Keperawatan,2012,,`, `${NIP.ani},Ani,D4,Keperawatan,2012,,`),
			later(3)
		);
		expect(counts).toMatchObject({ new: 1, changed: 0, unchanged: 1 });
	});

	it('raises the level that is shown, never lowers it, and undoing puts it back', async () => {
		const shown = () =>
			rowsOf(`select name, education_level from people.person where agency_id = $1 and name = 'Ani'`);
		const { importId } = await town.bring(
			file(
				`${NIP.ani},Ani,SLTA,IPA,2008,1271000000000003,SMA Contoh`,
				`${NIP.ani},Ani,S-1/Sarjana,Hukum,2012,x,y`
			),
			later(2)
		);
		expect(await shown()).toEqual([{ name: 'Ani', education_level: 'S1' }]);
		await town.bring(file(`${NIP.ani},Ani,SD,,2002,x,y`), later(3));
		expect(await shown()).toEqual([{ name: 'Ani', education_level: 'S1' }]);
		await undo(importId);
		expect(await shown()).toEqual([{ name: 'Ani', education_level: null }]);
		expect(await town.count('people.education')).toBe(1);
	});

	it('calls a year before ten wrong', async () => {
		const { importId } = await town.check(file(`${NIP.ani},Ani,S1,Hukum,1995,x,y`), later(2));
		expect(await problems(importId)).toEqual(['2 people.import.graduatedTooYoung']);
	});
});

describe('post history', () => {
	const file = (...rows: string[]) =>
		bytes('NIP,Nama,Jenis Jabatan ID,Jabatan,TMT,TMT Selesai,UNOR ID,Eselon ID,Nomor SK', ...rows);

	it('puts closed posts before that of today; each lasts until the next', async () => {
		const { importId, counts } = await town.bring(
			file(
				`${NIP.ani},Ani,4,Juru Bayar,01-03-2016,01-03-2018,KEC,,x`,
				`${NIP.ani},Ani,4,Pramu Bakti,01-03-2015,,SEKSI,,x`,
				`${NIP.ani},Ani,4,Pengadministrasi Umum,01-03-2020,,SEKSI,,x`
			),
			later(2)
		);
		expect(counts).toMatchObject({ new: 2, unchanged: 1, wrong: 0 });
		expect(await town.posts('p-ani')).toMatchObject([
			{ title: 'Pramu Bakti', from: '2015-03-01', to: '2016-03-01' },
			{ title: 'Juru Bayar', unit: 'Kecamatan Contoh', from: '2016-03-01', to: '2018-03-01' },
			{ title: 'Pengadministrasi Umum', from: '2020-03-01', to: null }
		]);
		expect(
			(await town.bring(file(`${NIP.ani},Ani,4,Juru Bayar Gaji,01-03-2016,,KEC,,x`), later(3))).counts
		).toMatchObject({
			changed: 1
		});
		await expect(undo(importId)).rejects.toMatchObject({ code: 'people.import.undoBlocked' });
	});

	it('is undone with its corrections', async () => {
		await town.bring(file(`${NIP.ani},Ani,4,Juru Bayar,01-03-2016,,KEC,,x`), later(2));
		const before = await town.posts('p-ani');
		const { importId } = await town.bring(
			file(`${NIP.ani},Ani,4,Juru Arsip,01-03-2016,,SEKSI,,x`, `${NIP.ani},Ani,4,Awal,01-01-2014,,SEKSI,,x`),
			later(3)
		);
		await undo(importId);
		expect(await town.posts('p-ani')).toEqual(before);
	});

	it('inside a recorded post, of today, or told twice is wrong', async () => {
		await town.bring(file(`${NIP.ani},Ani,4,Juru Bayar,01-03-2016,,KEC,,x`), later(2));
		const { importId } = await town.check(
			file(
				`${NIP.ani},Ani,4,Di Tengah,01-03-2017,,KEC,,x`,
				`${NIP.ani},Ani,4,Lain,01-03-2020,,KEC,,x`,
				`${NIP.ani},Ani,4,Nanti,01-03-2021,,KEC,,x`,
				`${NIP.ani},Ani,1,Kepala,01-03-2010,,KEC,,x`,
				`${NIP.ani},Ani,1,Kepala,01-03-2010,,KEC,,x`,
				`${NIP.ani},Ani,4,Juru,01-03-2011,01-02-2011,TUTUP,,x`
			),
			later(3)
		);
		expect(await problems(importId)).toEqual([
			'2 people.import.postOverlaps',
			'3 people.import.postOfToday',
			'4 people.import.postOfToday',
			'6 people.import.rowRepeats',
			'7 people.import.endBeforeStart',
			'7 people.import.unknownUnit'
		]);
	});
});

describe('a kind of another room', () => {
	it('comes in through the same office: read, compared, applied and undone', async () => {
		await town.owner
			.query(`create schema if not exists toy; create table if not exists toy.badge (agency_id uuid not null, id uuid not null, person_id uuid not null,
			colour text not null, size smallint, import_id uuid, import_row integer, primary key (agency_id, id)); grant usage on schema toy to asah_app; grant all on toy.badge to asah_app`);
		addImportKind(
			recordKind({
				shape: {
					name: 'toy.badges',
					keyColumn: 'nip',
					columns: [
						{ name: 'nip', required: true },
						{ name: 'warna_lencana', required: true },
						{ name: 'ukuran' }
					]
				},
				label: 'people.import.kind.people',
				fieldLabel: (field) => field,
				table: 'toy.badge',
				fields: [
					{ name: 'colour', type: 'text', from: ['warna_lencana'] },
					{ name: 'size', type: 'smallint', from: ['ukuran'] }
				],
				identity: ['colour'],
				*check(sheet, { today }) {
					const read = rowReader(sheet);
					for (const { row, cells } of sheet.rows) {
						const of = read(cells);
						const nip = readNipCell(of, 'nip', today);
						const data = { colour: of.cell('warna_lencana'), size: Number(of.cell('ukuran')) };
						yield checkedRow(of, row, {
							label: of.cell('nip'),
							ids: { external_id: null, nip: nip?.nip ?? null },
							data
						});
					}
				},
				write: {
					insert: (rows) => sql`insert into toy.badge ${rows}`,
					update: (rows) => sql`update toy.badge t ${rows}`,
					remove: (rows) => sql`delete from toy.badge t ${rows}`
				}
			})
		);
		const file = (...rows: string[]) => bytes('Nip;Warna Lencana;Ukuran;NIK', ...rows);
		await town.bring(file(`${NIP.ani};merah;1;1271000000000003`), later(2));
		const { importId, counts } = await town.bring(
			file(`${NIP.ani};merah;2;x`, `${NIP.ani};biru;3;x`),
			later(3)
		);
		expect(counts).toMatchObject({ new: 1, changed: 1 });
		const badges = () => rowsOf('select colour, size from toy.badge where agency_id = $1 order by 1');
		expect(await badges()).toEqual([
			{ colour: 'biru', size: 3 },
			{ colour: 'merah', size: 2 }
		]);
		await undo(importId);
		expect(await badges()).toEqual([{ colour: 'merah', size: 1 }]);
	});
});

describe('what no kind keeps', () => {
	it.each([
		['performance', 'NIP,TAHUN,PREDIKAT,NIK,ALAMAT', `${NIP.ani},2025,Baik,1271000000000003,Jalan Contoh 3`],
		['education', 'NIP,JENJANG,TAHUN LULUS,NIK,ALAMAT', `${NIP.ani},S1,2012,1271000000000003,Jalan Contoh 3`],
		[
			'posts',
			'NIP,JENIS JABATAN ID,NAMA JABATAN,TMT,UNOR ID,NIK,ALAMAT,NOMOR SK',
			`${NIP.ani},4,Juru,01-01-2016,KEC,1271000000000003,Jalan Contoh 3,x`
		]
	])('is nowhere in the database after %s', async (_kind, header, row) => {
		await town.check(bytes(header, row), later(2));
		await town.bring(bytes(header, row), later(3));
		const tables = await rowsOf(
			`select distinct c.table_schema || '.' || c.table_name as name from information_schema.columns c
				join information_schema.tables t using (table_schema, table_name)
				where c.column_name = 'agency_id' and t.table_type = 'BASE TABLE' and c.table_schema not in ('auth', 'toy') and $1::uuid is not null`
		);
		expect(tables.length).toBeGreaterThan(50);
		for (const { name } of tables) {
			const rows = await rowsOf(`select t::text from ${name} t where agency_id = $1`);
			expect(JSON.stringify(rows), name).not.toMatch(/12710000000000|Jalan Contoh/);
		}
	});
});
