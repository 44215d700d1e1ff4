import ExcelJS from 'exceljs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { run } from '#platform/work/run.ts';
import { addImportKind, applyFile, importFile } from '#slices/people/public.server.ts';
import { undoImport } from '#slices/people/server/commands/undo-import.ts';
import { openCampaign } from './server/commands.ts';
import { estimateNeeds } from './server/commands/estimate.ts';
import { assessmentKind } from './server/import-kinds.ts';
import { estimatesOfPerson, evidenceOfPerson } from './server/queries/estimates.ts';
import { now, survey, today } from './test-survey.ts';

let city: Awaited<ReturnType<typeof survey>>;
beforeAll(async () => {
	addImportKind(assessmentKind);
	city = await survey();
});
afterAll(() => city.close());
beforeEach(async () => {
	await city.owner.query('delete from needs.evidence');
});

const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
let minute = 0;
const office = () => city.as('officer', ['people.import', 'needs.run', 'needs.read'], '');
const by = () => ({ kysely: city.db, actor: office(), now: at((minute += 1)) });

type Cell = string | number | Date;
const HEADER = [
	'NIP',
	'Nama',
	'Kode Kompetensi',
	'Level',
	'Tanggal Asesmen',
	'Nomor Laporan',
	'Lembaga',
	'NIK'
];
const row = (
	name: string,
	code: string,
	level: Cell,
	on: Cell = '01-03-2026',
	report: Cell = 'AC-7'
): Cell[] => [city.nip(name), name, code, level, on, report, 'Puspenkom', '1271000000000003'];
const csv = (...rows: Cell[][]): Uint8Array =>
	new TextEncoder().encode([HEADER, ...rows].map((cells) => cells.join(';')).join('\r\n'));
/** As a centre hands it out: a title over the header, figures as figures and days as days. */
async function xlsx(...rows: Cell[][]): Promise<Uint8Array> {
	const workbook = new ExcelJS.Workbook();
	const sheet = workbook.addWorksheet('Hasil');
	sheet.addRow(['Rekapitulasi Hasil Penilaian Kompetensi']);
	for (const cells of [HEADER, ...rows]) sheet.addRow(cells);
	return new Uint8Array(await workbook.xlsx.writeBuffer());
}
const check = (bytes: Uint8Array) => importFile({ ...by(), fileName: 'hasil-ac.xlsx', bytes });
async function bring(bytes: Uint8Array) {
	const dry = await check(bytes);
	await applyFile(dry.importId, by());
	return dry;
}
const undo = (importId: string) => run(undoImport, { ...by(), input: { importId } });
const known = async () =>
	(
		await city.owner.query(
			`select p.name, c.code, e.level::float8 as level, e.measured_on::text as on, e.reference, e.import_row as row
			from needs.evidence e join people.person p on p.id = e.person_id join competencies.competency c on c.id = e.competency_id
			where e.source = 'assessment' order by 1, 2, 4`
		)
	).rows;
const ANI = { name: 'ani', code: 'M.01', on: '2026-03-01', reference: 'AC-7 · Puspenkom' };

describe('results of an assessment centre', () => {
	test('come in from a workbook with where they stand, and the same file again changes nothing', async () => {
		const file = await xlsx(
			row('ani', 'M.01', 3.25, new Date('2026-03-01')),
			row('ani', 'kompetensi 2', 2, new Date('2026-03-01')),
			row('budi', 'm01', 3.3333333333)
		);
		expect((await bring(file)).counts).toMatchObject({ new: 3, wrong: 0, missing: 0 });
		expect(await known()).toEqual([
			{ ...ANI, level: 3.25, row: 3 },
			{ ...ANI, code: 'M.02', level: 2, row: 4 },
			{ ...ANI, name: 'budi', level: 3.33, row: 5 }
		]);
		expect((await check(file)).counts).toMatchObject({ new: 0, changed: 0, unchanged: 3, wrong: 0 });
		const kept = await city.owner.query(`select t::text from people.import_row t`);
		expect(JSON.stringify(kept.rows)).not.toContain('1271000000000003');
	});

	test('put right later are one result still, and undone they are as they were', async () => {
		const first = await bring(csv(row('ani', 'M.01', '3,25')));
		const second = await bring(csv(row('ani', 'M.01', '2', '01-03-2026', 'AC-7a'), row('budi', 'M.01', '0')));
		expect(second.counts).toMatchObject({ new: 1, changed: 1 });
		expect(await known()).toEqual([
			{ ...ANI, level: 2, reference: 'AC-7a · Puspenkom', row: 2 },
			{ ...ANI, name: 'budi', level: 0, row: 3 }
		]);
		await expect(undo(first.importId)).rejects.toMatchObject({ code: 'people.import.undoBlocked' });
		await undo(second.importId);
		expect(await known()).toEqual([{ ...ANI, level: 3.25, row: 2 }]);
		const { rows } = await city.owner.query('select import_id from needs.evidence');
		expect(rows).toEqual([{ import_id: first.importId }]);
		await undo(first.importId);
		expect(await known()).toEqual([]);
	});

	test('keep the report that a file without these columns does not tell', async () => {
		await bring(csv(row('ani', 'M.01', '3')));
		const bare = new TextEncoder().encode(
			`NIP,Kompetensi,Level,Tanggal\n${city.nip('ani')},M.01,4,01/03/2026`
		);
		expect((await bring(bare)).counts).toMatchObject({ changed: 1 });
		expect(await known()).toEqual([{ ...ANI, level: 4, row: 2 }]);
	});

	test('are wrong row by row', async () => {
		const { importId, counts } = await check(
			csv(
				row('ani', 'M.01', '5'),
				row('ani', 'M.01', '4'),
				['199003032015032003', 'Asing', 'M.01', '3', '01-03-2026', '', '', ''],
				row('budi', 'M.99', '3'),
				row('budi', 'M.01', '5,5'),
				row('budi', 'M.01', '78'),
				row('budi', 'M.01', 'tinggi'),
				row('budi', 'M.01', '3', '11-04-2026'),
				row('budi', '', '', ''),
				row('budi', 'M.01', '-1')
			)
		);
		expect(counts).toMatchObject({ new: 1, wrong: 9 });
		const { rows } = await city.owner.query(
			`select row_number as row, p ->> 'code' as code from people.import_row, jsonb_array_elements(problems) p where import_id = $1 order by 1`,
			[importId]
		);
		expect(rows.map((one) => `${one.row} ${one.code}`)).toEqual([
			'3 people.import.rowRepeats',
			'4 people.import.unknownPerson',
			'5 needs.import.unknownCompetency',
			'6 needs.import.level',
			'7 needs.import.level',
			'8 needs.import.level',
			'9 needs.import.future',
			'10 people.import.emptyCell',
			'10 people.import.emptyCell',
			'10 people.import.emptyCell',
			'11 needs.import.level'
		]);
	});

	test('are weighed by the next estimate, and can be looked up', async () => {
		await city.does(city.officer(), openCampaign, city.asked, { now });
		for (const name of ['ani', 'budi', 'citra']) await city.rateSelf(name, city.first, 2);
		const estimate = async () => {
			await city.does(city.officer(), estimateNeeds, city.asked, { now: at((minute += 1)) });
			const all = await city.sees((db) => estimatesOfPerson(db, city.asked.campaignId, city.who('ani')));
			const one = all.find(({ competencyId }) => competencyId === city.first);
			const weight = one?.weights.find(({ source }) => source === 'assessment')?.percent ?? 0;
			return { level: one?.level ?? 0, weight };
		};
		const before = await estimate();
		expect(before.weight).toBe(0);
		await bring(csv(row('ani', 'M.01', '4,5')));
		const after = await estimate();
		expect(after.weight).toBeGreaterThan(30);
		expect(after.level).toBeGreaterThan(before.level + 0.3);
		const evidence = await city.sees((db) => evidenceOfPerson(db, city.who('ani'), today));
		expect(evidence.find(({ source }) => source === 'assessment')).toMatchObject({
			level: 4.5,
			on: '2026-03-01',
			reference: 'AC-7 · Puspenkom'
		});
	});
});
