import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { run } from '#platform/work/run.ts';
import { askCorrection, decideCorrection } from '../commands/correct-record.ts';
import { undoImport } from '../commands/undo-import.ts';
import { importRows } from '../queries/import-rows.ts';
import { reading } from '#platform/db/pools.ts';
import { applyFile } from '../import-file.ts';
import { bytes, importTown, NOW, TREE, units } from './test-town.ts';

let town: Awaited<ReturnType<typeof importTown>>;
beforeAll(async () => void (town = await importTown()));
afterAll(() => town.close());

const ANI = {
	nama: 'Ani',
	gelar: 'S.E.',
	email: 'lama@uji.go.id',
	gol: 'III/a',
	lahir: '03-03-1990',
	jabatan: 'Pengadministrasi Umum',
	tmt: '01-03-2020',
	pendidikan: 'S-1/Sarjana'
};
/** A staff list of Ani alone, as SIASN writes it. */
const list = (change: Partial<typeof ANI> = {}) => {
	const { nama, gelar, email, gol, lahir, jabatan, tmt, pendidikan } = { ...ANI, ...change };
	return bytes(
		'PNS ID,NIP BARU,NAMA,GELAR BELAKANG,EMAIL GOV,GOL AKHIR NAMA,TANGGAL LAHIR,JENIS JABATAN ID,JABATAN NAMA,TMT JABATAN,UNOR ID,TINGKAT PENDIDIKAN NAMA',
		[
			'P-ANI',
			'199003032015032003',
			nama,
			gelar,
			email,
			gol,
			lahir,
			'4',
			jabatan,
			tmt,
			'SEKSI',
			pendidikan
		].join(',')
	);
};
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
let minute = 1;
const next = () => at((minute += 1));
const ani = async () => {
	const { rows } = await town.owner.query(
		`select p.id, p.name, p.back_title, p.email, p.grade, p.birth_date::text as birth, p.education_level as education, j.title
		from people.person p join people.posting j on j.agency_id = p.agency_id and j.person_id = p.id and j.valid_to is null
		where p.agency_id = $1`,
		[town.agencyId]
	);
	return rows[0];
};
/** Ani asks, a verifier approves. */
async function correct(field: string, proposed: string): Promise<void> {
	const { id } = await ani();
	const by = { kysely: town.db, now: next() };
	const { correctionId } = await run(askCorrection, {
		...by,
		actor: { ...town.actor, personId: id },
		input: { field, proposed, evidence: 'SK nomor 1' }
	});
	const input = { correctionId, decision: 'approved', answer: 'Cocok' };
	await run(decideCorrection, { ...by, actor: town.actor, input });
}
const check = (change: Partial<typeof ANI> = {}) => town.check(list(change), next());
const bring = (change: Partial<typeof ANI> = {}) => town.bring(list(change), next());
const problems = async (importId: string) =>
	(
		await reading(
			town.agencyId,
			(db) => importRows(db, importId, { kind: 'people', shown: 'warnings' }, { size: 10, offset: 0 }),
			town.db
		)
	).rows.flatMap((row) => row.problems);

beforeEach(async () => {
	await town.empty();
	await town.bring(units(...TREE));
	await bring();
});

describe('a corrected value', () => {
	it('stays while the source says the old one, and the dry run tells since when and what the source says', async () => {
		await correct('email', 'baru@uji.go.id');
		const { importId, counts } = await check();
		expect(counts).toMatchObject({ changed: 0, unchanged: 1, wrong: 0, warnings: 1 });
		expect(await problems(importId)).toEqual([
			{
				column: 'email_gov',
				value: 'lama@uji.go.id',
				code: 'people.import.corrected',
				params: {
					date: '2026-11-21',
					value: 'baru@uji.go.id',
					source: 'lama@uji.go.id',
					field: 'email'
				},
				warning: true
			}
		]);
		await applyFile(importId, { kysely: town.db, actor: town.actor, now: next() });
		expect((await ani()).email).toBe('baru@uji.go.id');
		// And the next month too.
		expect((await bring()).counts).toMatchObject({ unchanged: 1, warnings: 1 });
	});

	it.each([
		['name', 'Ani Putri', 'name'],
		['back_title', 'S.H.', 'back_title'],
		['birth_date', '1990-03-04', 'birth'],
		['grade', 'iii/b', 'grade'],
		['education_level', 'S2', 'education'],
		['post_title', 'Pengelola Arsip', 'title']
	])('of %s stays beside a change of something else', async (field, proposed, key) => {
		await correct(field, proposed);
		const corrected = await ani();
		const { importId, counts } = await bring({ email: 'lain@uji.go.id' });
		expect(counts).toMatchObject({ changed: 1, warnings: 1 });
		expect(await ani()).toEqual({ ...corrected, email: 'lain@uji.go.id' });
		expect(corrected[key]).toBe(field === 'grade' ? 'III/b' : proposed);
		await run(undoImport, { kysely: town.db, actor: town.actor, input: { importId }, now: next() });
		expect(await ani()).toEqual({ ...corrected });
	});

	it('stays when the source has nothing there', async () => {
		await correct('grade', 'III/b');
		expect((await bring({ gol: '' })).counts).toMatchObject({ unchanged: 1, warnings: 1 });
		expect((await ani()).grade).toBe('III/b');
	});

	it('gives way to a third value, which is news', async () => {
		await correct('grade', 'III/b');
		expect((await bring({ gol: 'III/c' })).counts).toMatchObject({ changed: 1, warnings: 0 });
		expect((await ani()).grade).toBe('III/c');
		expect((await bring()).counts).toMatchObject({ changed: 1, warnings: 0 });
		expect((await ani()).grade).toBe('III/a');
	});

	it('is settled once the source says it too: from then on the file is believed, until that import is undone', async () => {
		await correct('email', 'baru@uji.go.id');
		const { importId, counts } = await bring({ email: 'baru@uji.go.id', gol: 'III/b' });
		expect(counts).toMatchObject({ changed: 1, warnings: 0 });
		expect((await check()).counts).toMatchObject({ changed: 1, warnings: 0 });
		await run(undoImport, { kysely: town.db, actor: town.actor, input: { importId }, now: next() });
		expect((await check()).counts).toMatchObject({ unchanged: 1, warnings: 1 });
	});

	it('of a post says nothing of the next post, even under the old title', async () => {
		await correct('post_title', 'Pengelola Arsip');
		expect((await bring({ tmt: '01-06-2024' })).counts).toMatchObject({ changed: 1, warnings: 0 });
		expect((await town.posts('p-ani')).map(({ title }) => title)).toEqual([
			'Pengelola Arsip',
			'Pengadministrasi Umum'
		]);
	});

	it('that was corrected twice is kept against either of the values before', async () => {
		await correct('email', 'baru@uji.go.id');
		await correct('email', 'terbaru@uji.go.id');
		for (const email of ['lama@uji.go.id', 'BARU@uji.go.id']) {
			expect((await bring({ email })).counts).toMatchObject({ unchanged: 1, warnings: 1 });
			expect((await ani()).email).toBe('terbaru@uji.go.id');
		}
	});

	it('approved after the dry run is not written over: the file has to be checked again', async () => {
		const { importId } = await check({ gol: 'III/b' });
		await correct('email', 'baru@uji.go.id');
		await expect(
			applyFile(importId, { kysely: town.db, actor: town.actor, now: next() })
		).rejects.toMatchObject({ code: 'people.import.correctedSince', params: { count: 1 } });
		expect(await ani()).toMatchObject({ email: 'baru@uji.go.id', grade: 'III/a' });
		const again = await check();
		expect(again.counts).toMatchObject({ unchanged: 1, warnings: 1 });
	});

	it('does not come back by way of a history of education', async () => {
		await bring({ pendidikan: 'S-2' });
		await correct('education_level', 'S1');
		await town.bring(
			bytes('NIP,Nama,Tingkat Pendidikan,Tahun Lulus', '199003032015032003,Ani,S-2,2014'),
			next()
		);
		expect((await ani()).education).toBe('S1');
	});
});
