import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ABILITIES } from '#kernel/abilities.ts';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import type { DB } from '#platform/db/db.ts';
import { reading } from '#platform/db/pools.ts';
import { run } from '#platform/work/run.ts';
import { testDatabase } from '../../../../tests/make/database.ts';
import { applyImport } from './commands/apply-import.ts';
import { discardImport } from './commands/discard-import.ts';
import { applyFile, importFile } from './import-file.ts';
import { importRows, missingFromFile } from './queries/imports.ts';

const NOW = new Date('2026-11-21T02:00:00Z');
const UNITS = 'Id;DiatasanId;EselonId;NamaUnor;NamaJabatan;CepatKode;IndukUnorId;PemimpinPnsId';
const PEOPLE =
	'PNS ID,NIP BARU,NAMA,JENIS JABATAN ID,JABATAN NAMA,TMT JABATAN,UNOR ID,KEDUDUKAN HUKUM NAMA,NIK,ALAMAT';
const TREE = [
	'TOP;;;Pemerintah Kota Contoh;Sekretaris Daerah;001;TOP;p-sekda',
	'SETDA;TOP;21;Sekretariat Daerah;Sekretaris Daerah;001.001;SETDA;p-sekda',
	'KEC;TOP;31;Kecamatan Contoh;Camat Contoh;001.002;KEC;p-camat',
	'SEKSI;KEC;41;Seksi Pelayanan Umum;Kepala Seksi;001.002.001;KEC;'
];
const SEKDA =
	'P-SEKDA,197001011995031001,Sekda,1,Sekretaris Daerah,01-01-2022,SETDA,Aktif,1271000000000001,Jalan Contoh 1';
const CAMAT =
	'P-CAMAT,197502022000032002,Camat,1,Camat Contoh,01-02-2023,KEC,Aktif,1271000000000002,Jalan Contoh 2';
const ANI =
	'P-ANI,199003032015032003,Ani,4,Pengadministrasi Umum,01-03-2020,SEKSI,Aktif,1271000000000003,Jalan Contoh 3';
const bytes = (...lines: string[]) => new TextEncoder().encode(lines.join('\r\n'));

let base: Awaited<ReturnType<typeof testDatabase>>;
let owner: pg.Pool;
let agencyId: string;
let actor: Actor;

beforeAll(async () => {
	base = await testDatabase();
	owner = new pg.Pool({ connectionString: base.url, max: 2 });
});
afterAll(async () => {
	await owner.end();
	await base.drop();
});
beforeEach(async () => {
	agencyId = newId();
	actor = {
		agencyId,
		accountId: 'account-office',
		personId: null,
		name: 'Pengelola',
		unitPath: '',
		hat: null,
		grants: ABILITIES.map((ability) => ({ ability, unitPath: '' }))
	};
	await owner.query(
		`insert into platform.agency (agency_id, code, name, city, time_zone) values ($1, $2, 'Kota Contoh', 'Contoh', 'Asia/Jakarta')`,
		[agencyId, agencyId]
	);
});

const check = (file: Uint8Array, now = NOW) =>
	importFile({ kysely: base.db, actor, fileName: 'berkas.csv', bytes: file, now });
const bring = async (file: Uint8Array, now = NOW) => {
	const dry = await check(file, now);
	await applyFile(dry.importId, { kysely: base.db, actor, now });
	return dry;
};
const units = (...rows: string[]) => bytes(UNITS, ...rows);
const people = (...rows: string[]) => bytes(PEOPLE, ...rows);
const count = async (table: keyof DB) =>
	Number((await owner.query(`select count(*) from ${table} where agency_id = $1`, [agencyId])).rows[0].count);
const posts = async (externalId: string) =>
	(
		await owner.query(
			`select j.title, u.name as unit, j.level, j.valid_from::text as "from", j.valid_to::text as "to", j.is_head as head
			from people.posting j join people.person p using (agency_id) join people.unit u on u.agency_id = j.agency_id and u.id = j.unit_id
			where p.id = j.person_id and p.agency_id = $1 and p.external_id = $2 order by j.valid_from`,
			[agencyId, externalId]
		)
	).rows;
const supervisorOf = async (name: string) =>
	(
		await owner.query(
			`select v.name from people.staff s left join people.person v on v.agency_id = s.agency_id and v.id = s.supervisor_id where s.agency_id = $1 and s.name = $2`,
			[agencyId, name]
		)
	).rows[0]?.name;

describe('a dry run', () => {
	it('writes nothing of units or people', async () => {
		expect((await check(units(...TREE))).counts).toMatchObject({ rows: 4, new: 4, wrong: 0, missing: 0 });
		expect(await count('people.unit')).toBe(0);
		await bring(units(...TREE));
		expect((await check(people(SEKDA, CAMAT, ANI))).counts).toMatchObject({ rows: 3, new: 3, wrong: 0 });
		expect(await count('people.person')).toBe(0);
	});

	it('keeps no cell of a column that Asah does not keep, anywhere in the database', async () => {
		await bring(units(...TREE));
		await bring(
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
			const { rows } = await owner.query(`select t::text from ${table} t where agency_id = $1`, [agencyId]);
			expect(JSON.stringify(rows)).not.toMatch(/12710000000000|Jalan Contoh/);
		}
	});

	it('keeps nothing of a wrong row but what names it and what is wrong', async () => {
		await bring(units(...TREE));
		const { importId } = await check(people('P-X,salah,Rusak,4,Juru,01-01-2020,SEKSI,Aktif,1,x'));
		const { rows } = await owner.query(
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

	it('says field by field what would change, and who is not in the file', async () => {
		await bring(units(...TREE));
		await bring(people(SEKDA, CAMAT, ANI));
		const changed = ANI.replace('Ani', 'Ani Lestari')
			.replace('Pengadministrasi Umum', 'Penata Layanan')
			.replace('01-03-2020', '01-06-2026');
		const { importId, counts } = await check(people(CAMAT, changed));
		expect(counts).toMatchObject({ rows: 2, new: 0, changed: 1, unchanged: 1, missing: 1 });
		await reading(
			agencyId,
			async (db) => {
				const [row] = await importRows(db, importId, 'changed', { size: 10, offset: 0 });
				expect(row?.changes.toSorted((a, b) => a.field.localeCompare(b.field))).toEqual([
					{ field: 'name', from: 'Ani', to: 'Ani Lestari' },
					{ field: 'post_since', from: '2020-03-01', to: '2026-06-01' },
					{ field: 'post_title', from: 'Pengadministrasi Umum', to: 'Penata Layanan' }
				]);
				expect(
					(await missingFromFile(db, importId, 'people', { size: 10, offset: 0 })).map(({ label }) => label)
				).toEqual(['Sekda · 197001011995031001']);
			},
			base.db
		);
	});

	it('does not call somebody missing whose row is merely wrong', async () => {
		await bring(units(...TREE));
		await bring(people(SEKDA, CAMAT, ANI));
		expect((await check(people(SEKDA, CAMAT, ANI.replace('SEKSI', 'TUTUP')))).counts).toMatchObject({
			wrong: 1,
			missing: 0
		});
	});

	it('leaves alone what the file has no column for', async () => {
		await bring(units(...TREE));
		await bring(bytes(`${PEOPLE},EMAIL GOV`, `${ANI},ani@contoh.invalid`));
		expect((await check(people(ANI))).counts).toMatchObject({ unchanged: 1 });
	});
});

describe('applying', () => {
	it('makes tree, people, posts, heads and supervisors; the Sekda who leads two units does not supervise himself', async () => {
		await bring(units(...TREE));
		await bring(people(SEKDA, CAMAT, ANI));
		const { rows } = await owner.query(
			`select u.name, nlevel(u.path) as depth, h.name as head from people.unit u left join people.person h on h.agency_id = u.agency_id and h.id = u.head_person_id where u.agency_id = $1 order by u.code`,
			[agencyId]
		);
		expect(rows).toEqual([
			{ name: 'Pemerintah Kota Contoh', depth: 1, head: 'Sekda' },
			{ name: 'Sekretariat Daerah', depth: 2, head: 'Sekda' },
			{ name: 'Kecamatan Contoh', depth: 2, head: 'Camat' },
			{ name: 'Seksi Pelayanan Umum', depth: 3, head: null }
		]);
		expect(await posts('p-camat')).toEqual([
			{
				title: 'Camat Contoh',
				unit: 'Kecamatan Contoh',
				level: '04',
				from: '2023-02-01',
				to: null,
				head: true
			}
		]);
		expect([await supervisorOf('Ani'), await supervisorOf('Camat'), await supervisorOf('Sekda')]).toEqual([
			'Camat',
			'Sekda',
			null
		]);
	});

	it('is harmless a second time: everything is as it was', async () => {
		await bring(units(...TREE));
		await bring(people(SEKDA, CAMAT, ANI));
		expect((await bring(units(...TREE))).counts).toMatchObject({ unchanged: 4, changed: 0, new: 0 });
		expect((await bring(people(SEKDA, CAMAT, ANI))).counts).toMatchObject({
			unchanged: 3,
			changed: 0,
			new: 0
		});
		expect(await count('people.posting')).toBe(3);
	});

	it('closes the old post on the day the new one begins', async () => {
		await bring(units(...TREE));
		await bring(people(SEKDA, CAMAT, ANI));
		await bring(people(ANI.replace('SEKSI', 'KEC').replace('01-03-2020', '01-06-2026')));
		expect(await posts('p-ani')).toMatchObject([
			{ unit: 'Seksi Pelayanan Umum', from: '2020-03-01', to: '2026-06-01' },
			{ unit: 'Kecamatan Contoh', from: '2026-06-01', to: null }
		]);
	});

	it('corrects in place what keeps its TMT, and a TMT of the same post', async () => {
		await bring(units(...TREE));
		await bring(people(ANI));
		await bring(people(ANI.replace('Pengadministrasi Umum', 'Pengadministrasi Perkantoran')));
		await bring(
			people(
				ANI.replace('Pengadministrasi Umum', 'Pengadministrasi Perkantoran').replace(
					'01-03-2020',
					'01-02-2020'
				)
			)
		);
		expect(await posts('p-ani')).toMatchObject([
			{ title: 'Pengadministrasi Perkantoran', from: '2020-02-01', to: null }
		]);
	});

	it('refuses to turn history back: an older file is called wrong row by row', async () => {
		await bring(units(...TREE));
		await bring(people(ANI.replace('SEKSI', 'KEC').replace('01-03-2020', '01-06-2026')));
		const { importId, counts } = await check(people(ANI));
		expect(counts).toMatchObject({ wrong: 1, changed: 0 });
		const { rows } = await owner.query('select problems from people.import_row where import_id = $1', [
			importId
		]);
		expect(rows[0].problems).toEqual([
			{
				column: 'tmt_jabatan',
				value: '2020-03-01',
				code: 'people.import.olderPost',
				params: { title: 'Pengadministrasi Umum', since: '2026-06-01' }
			}
		]);
	});

	it('writes the right rows and leaves the wrong ones out', async () => {
		await bring(units(...TREE));
		const { counts } = await bring(people(SEKDA, ANI.replace('SEKSI', 'TUTUP')));
		expect(counts).toMatchObject({ new: 1, wrong: 1 });
		expect(await count('people.person')).toBe(1);
	});

	it('never removes anybody', async () => {
		await bring(units(...TREE));
		await bring(people(SEKDA, CAMAT, ANI));
		await bring(people(SEKDA));
		expect(
			(await owner.query('select count(*) from people.staff where agency_id = $1', [agencyId])).rows[0].count
		).toBe('3');
	});

	it('follows a NIP that changed by the SIASN id, and a SIASN id that changed by the NIP', async () => {
		await bring(units(...TREE));
		await bring(people(ANI));
		await bring(people(ANI.replace('199003032015032003', '199003032015032004')));
		await bring(people(ANI.replace('199003032015032003', '199003032015032004').replace('P-ANI', 'P-ANI-2')));
		const { rows } = await owner.query('select nip, external_id from people.person where agency_id = $1', [
			agencyId
		]);
		expect(rows).toEqual([{ nip: '199003032015032004', external_id: 'p-ani-2' }]);
	});

	it('calls a row wrong whose id and NIP belong to two people', async () => {
		await bring(units(...TREE));
		await bring(people(CAMAT, ANI));
		const { importId, counts } = await check(people(ANI.replace('199003032015032003', '197502022000032002')));
		expect(counts.wrong).toBe(1);
		const { rows } = await owner.query(
			'select problems->0->>$2 as code from people.import_row where import_id = $1',
			[importId, 'code']
		);
		expect(rows[0].code).toBe('people.import.identityConflict');
	});

	it('adopts the top and the administrator that the first run made', async () => {
		const [top, person] = [newId(), newId()];
		await owner.query(
			`insert into people.unit (agency_id, id, name, kind, label, path, valid_from) values ($1, $2, 'Kota', 'pemerintah', 'u0', 'u0', '2026-11-20')`,
			[agencyId, top]
		);
		await owner.query(
			`insert into people.person (agency_id, id, nip, name, sex, employment_kind) values ($1, $2, '199003032015032003', 'Admin', 'female', 'PNS')`,
			[agencyId, person]
		);
		await owner.query(
			`insert into people.posting (agency_id, id, person_id, unit_id, title, kind, level, valid_from) values ($1, $2, $3, $4, 'Administrator Asah', 'general', '06', '2026-11-20')`,
			[agencyId, newId(), person, top]
		);
		expect((await bring(units(...TREE))).counts).toMatchObject({ new: 3, changed: 1, wrong: 0 });
		expect((await bring(people(ANI))).counts).toMatchObject({ new: 0, changed: 1, wrong: 0 });
		expect(await posts('p-ani')).toEqual([
			{
				title: 'Pengadministrasi Umum',
				unit: 'Seksi Pelayanan Umum',
				level: '06',
				from: '2020-03-01',
				to: null,
				head: false
			}
		]);
		const { rows } = await owner.query(
			'select count(*) from people.unit where agency_id = $1 and parent_id is null',
			[agencyId]
		);
		expect(rows[0].count).toBe('1');
	});

	it('leaves an elected head in place, whom SIASN does not know', async () => {
		await bring(units(...TREE));
		const mayor = newId();
		await owner.query(
			`insert into people.person (agency_id, id, name, sex, employment_kind) values ($1, $2, 'Wali Kota', 'female', 'OFFICIAL')`,
			[agencyId, mayor]
		);
		await owner.query(
			'update people.unit set head_person_id = $2 where agency_id = $1 and parent_id is null',
			[agencyId, mayor]
		);
		expect((await bring(people(SEKDA, CAMAT))).counts.missing).toBe(0);
		expect(await supervisorOf('Sekda')).toBe('Wali Kota');
	});

	it('moves a unit with everything below it', async () => {
		await bring(units(...TREE));
		await bring(people(ANI));
		await bring(
			units(TREE[0] ?? '', TREE[1] ?? '', (TREE[2] ?? '').replace('KEC;TOP', 'KEC;SETDA'), TREE[3] ?? '')
		);
		const { rows } = await owner.query(
			'select nlevel(unit_path) as depth from people.staff where agency_id = $1',
			[agencyId]
		);
		expect(rows).toEqual([{ depth: 4 }]);
	});
});

describe('two at once', () => {
	it('applies one import once: the second is told by whom', async () => {
		await bring(units(...TREE));
		const { importId } = await check(people(SEKDA, CAMAT, ANI));
		const results = await Promise.allSettled(
			[1, 2].map(() => applyFile(importId, { kysely: base.db, actor, now: NOW }))
		);
		expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
		expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({
			kind: 'refused',
			code: 'people.import.alreadyApplied',
			params: { who: 'Pengelola' }
		});
		expect(await count('people.posting')).toBe(3);
	});

	it('answers a double click with the first answer', async () => {
		await bring(units(...TREE));
		const { importId } = await check(people(ANI));
		const press = () =>
			run(applyImport, { actor, input: { importId }, key: `press-${importId}`, kysely: base.db, now: NOW });
		expect(await Promise.all([press(), press()])).toEqual([{ importId }, { importId }]);
	});

	it('refuses a dry run that another import has made untrue', async () => {
		await bring(units(...TREE));
		const first = await check(people(ANI));
		await bring(people(CAMAT), new Date(NOW.getTime() + 60_000));
		await expect(
			applyFile(first.importId, { kysely: base.db, actor, now: new Date(NOW.getTime() + 120_000) })
		).rejects.toMatchObject({ code: 'people.import.stale' });
		expect(await count('people.person')).toBe(1);
	});

	it('cannot apply what was thrown away, and keeps nothing of it', async () => {
		await bring(units(...TREE));
		const { importId } = await check(people(ANI));
		await run(discardImport, { actor, input: { importId }, kysely: base.db });
		await expect(applyFile(importId, { kysely: base.db, actor })).rejects.toMatchObject({
			code: 'people.import.alreadyDiscarded'
		});
		expect(
			(await owner.query('select count(*) from people.import_row where import_id = $1', [importId])).rows[0]
				.count
		).toBe('0');
	});
});

describe('who may', () => {
	it('import: only with the whole agency, and never another agency’s file', async () => {
		const { importId } = await check(units(...TREE));
		const admin: Actor = { ...actor, grants: [{ ability: 'people.import', unitPath: 'u1' }] };
		await expect(
			importFile({ kysely: base.db, actor: admin, fileName: 'x.csv', bytes: units(...TREE) })
		).rejects.toMatchObject({ kind: 'forbidden' });
		const other = newId();
		await owner.query(
			`insert into platform.agency (agency_id, code, name, city, time_zone) values ($1, $2, 'Lain', 'Lain', 'Asia/Jakarta')`,
			[other, other]
		);
		await expect(
			applyFile(importId, { kysely: base.db, actor: { ...actor, agencyId: other } })
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
		const { checkImport } = await import('./commands/check-import.ts');
		await expect(
			run(checkImport, { actor, input: { fileName: 'x', sheet }, kysely: base.db })
		).rejects.toMatchObject({ kind: 'invalid' });
	});
});
