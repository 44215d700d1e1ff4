import ExcelJS from 'exceljs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { reading } from '#platform/db/pools.ts';
import { run } from '#platform/work/run.ts';
import { addImportKind, applyFile, importFile } from '#slices/people/public.server.ts';
import { undoImport } from '#slices/people/server/commands/undo-import.ts';
import { receiveFile } from '#slices/people/server/import/receive-file.ts';
import { importCells } from '#slices/people/server/queries/import-cells.ts';
import { importRows } from '#slices/people/server/queries/import-rows.ts';
import { importSheet } from '#slices/people/server/queries/imports.ts';
import { assessmentKind, assessmentSheetKind } from './server/import-kinds.ts';
import { now, survey } from './test-survey.ts';

let city: Awaited<ReturnType<typeof survey>>;
beforeAll(async () => {
	for (const kind of [assessmentKind, assessmentSheetKind]) addImportKind(kind);
	city = await survey();
});
afterAll(() => city.close());
beforeEach(async () => {
	await city.owner.query('delete from needs.evidence');
});

const office = () => city.as('officer', ['people.import', 'needs.run', 'needs.read'], '');
let minute = 0;
const by = () => ({
	kysely: city.db,
	actor: office(),
	now: new Date(now.getTime() + (minute += 1) * 60_000)
});
const csv = (...lines: string[]): Uint8Array => new TextEncoder().encode(lines.join('\r\n'));
const check = (bytes: Uint8Array) => importFile({ ...by(), fileName: 'rekap.xlsx', bytes });
async function bring(bytes: Uint8Array) {
	const dry = await check(bytes);
	await applyFile(dry.importId, by());
	return dry;
}
const known = async () =>
	(
		await city.owner.query<{ line: string }>(
			`select concat_ws(' ', p.name, c.code, e.level::float8, e.measured_on, e.reference, e.import_row) as line
			from needs.evidence e join people.person p on p.id = e.person_id join competencies.competency c on c.id = e.competency_id
			where e.source = 'assessment' order by 1`
		)
	).rows.map(({ line }) => line);
const sees = <T>(work: Parameters<typeof reading<T>>[1]) => reading(city.agencyId, work, city.db);
const HEADER = 'NIP;Nama;Jabatan;INTEGRITAS;Kerjasama;Total;JPM;Tanggal Asesmen;Nomor Laporan';
const ani = (first: string, second: string, on = '01-03-2026') =>
	`${city.nip('ani')};Ani;Staf;${first};${second};5;90;${on};AC-7`;

describe('a sheet of an assessment centre with a row a person', () => {
	test('is known by its columns and gives a result for each level, once however often it comes', async () => {
		const workbook = new ExcelJS.Workbook();
		const sheet = workbook.addWorksheet('Rekap');
		sheet.addRow(['Rekapitulasi Hasil Penilaian']);
		sheet.addRow(['NIP', 'Nama', 'Tanggal', 'Kompetensi Manajerial', '', 'JPM']);
		sheet.addRow(['', '', '', 'M.01', 'Level Kerja Sama', '']);
		sheet.mergeCells('D2:E2');
		sheet.addRow([city.nip('ani'), 'Ani', new Date('2026-03-01'), 3, 2.5, 90]);
		sheet.addRow([city.nip('budi'), 'Budi', new Date('2026-03-02'), '-', 4, 80]);
		const file = new Uint8Array(await workbook.xlsx.writeBuffer());
		const { importId, counts } = await bring(file);
		expect(counts).toMatchObject({ rows: 3, new: 3, wrong: 0 });
		expect(await known()).toEqual([
			'ani M.01 3 2026-03-01 Assessment Center 4',
			'ani M.02 2.5 2026-03-01 Assessment Center 4',
			'budi M.02 4 2026-03-02 Assessment Center 5'
		]);
		expect(await sees((db) => importSheet(db, office(), importId))).toMatchObject({
			kind: 'needs.assessmentSheet',
			lines: 2
		});
		expect((await check(file)).counts).toMatchObject({ new: 0, changed: 0, unchanged: 3 });
	});

	test('corrects what a list with a row a competency said, and undone it is as it was', async () => {
		await bring(csv('NIP,Kompetensi,Level,Tanggal', `${city.nip('ani')},M.01,3,01/03/2026`));
		const second = await bring(csv(HEADER, ani('2', '4')));
		expect(second.counts).toMatchObject({ new: 1, changed: 1 });
		await run(undoImport, { ...by(), input: { importId: second.importId } });
		expect(await known()).toEqual(['ani M.01 3 2026-03-01 Assessment Center 2']);
	});

	test('says which row and column is wrong, and takes the row’s other levels', async () => {
		const { importId, counts } = await check(
			csv(
				`${HEADER};Komunikasi`,
				`${ani('78', '3')};`,
				`${ani('', '-')};`,
				`${city.nip('budi')};Budi;Staf;3;3;;;11-04-2026;;`,
				`199003032015032003;Asing;Staf;3;3;;;01-03-2026;;`,
				`${city.nip('citra')};Citra;Staf;3;;;;01-03-2026;;2`,
				`${ani('4', '4')};`
			)
		);
		expect(counts).toMatchObject({ new: 3, wrong: 7 });
		const wrong = await sees((db) =>
			importRows(db, importId, { kind: 'needs.assessmentSheet', shown: 'wrong' }, { size: 50, offset: 0 })
		);
		expect(
			wrong.rows.map(({ row, part, problems }) =>
				[row, part, ...problems.map(({ column, code }) => `${column} ${code}`)].join(' ')
			)
		).toEqual([
			'2 0 integritas needs.import.level',
			'3 0 integritas needs.import.noLevels',
			'4 0 tanggal_asesmen needs.import.future',
			'5 0 nip people.import.unknownPerson',
			'5 1 nip people.import.unknownPerson',
			'6 1 komunikasi needs.import.unknownCompetency',
			'7 1 nip people.import.rowRepeats'
		]);
	});

	test('comes back marked with every row once and everything wrong with it', async () => {
		const { importId } = await check(
			csv(HEADER, ani('78', '9'), '199003032015032003;Asing;Staf;3;3;;;01-03-2026;AC-7')
		);
		const back = await sees(async (db) => {
			const all = [];
			for await (const slice of importCells(db, importId)) all.push(...slice);
			return all;
		});
		expect(back.map(({ row, cells, problems }) => [row, cells.length, problems.length])).toEqual([
			[2, 6, 2],
			[3, 6, 1]
		]);
	});

	test('with headers that nobody knows is asked about column by column, and remembered', async () => {
		const bytes = csv('NIP,Nama,Tanggal,Nilai A,Nilai B', `${city.nip('ani')},Ani,01-03-2026,3,2`);
		const receive = (chosen: Record<string, string>, kind?: string) =>
			receiveFile({
				actor: office(),
				fileName: 'rekap.csv',
				bytes,
				kind,
				chosen,
				requestId: newId(),
				kysely: city.db
			});
		expect(await receive({}, 'needs.assessmentSheet')).toMatchObject({
			ask: { missing: ['level_kompetensi'] }
		});
		expect(
			await receive({ nilaia: 'integritas', nilaib: 'kerja_sama' }, 'needs.assessmentSheet')
		).toHaveProperty('importId');
		expect(await receive({})).toHaveProperty('importId');
	});
});
