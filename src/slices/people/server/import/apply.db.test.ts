import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { ANI, CAMAT, importTown, people, SEKDA, TREE, units } from './test-town.ts';

let town: Awaited<ReturnType<typeof importTown>>;
beforeAll(async () => void (town = await importTown()));
afterAll(() => town.close());
beforeEach(() => town.empty());

describe('applying', () => {
	it('makes tree, people, posts, heads and supervisors; the Sekda who leads two units does not supervise himself', async () => {
		await town.bring(units(...TREE));
		await town.bring(people(SEKDA, CAMAT, ANI));
		const { rows } = await town.owner.query(
			`select u.name, nlevel(u.path) as depth, h.name as head from people.unit u left join people.person h on h.agency_id = u.agency_id and h.id = u.head_person_id where u.agency_id = $1 order by u.code`,
			[town.agencyId]
		);
		expect(rows).toEqual([
			{ name: 'Pemerintah Kota Contoh', depth: 1, head: 'Sekda' },
			{ name: 'Sekretariat Daerah', depth: 2, head: 'Sekda' },
			{ name: 'Kecamatan Contoh', depth: 2, head: 'Camat' },
			{ name: 'Seksi Pelayanan Umum', depth: 3, head: null }
		]);
		expect(await town.posts('p-camat')).toEqual([
			{
				title: 'Camat Contoh',
				unit: 'Kecamatan Contoh',
				level: '04',
				from: '2023-02-01',
				to: null,
				head: true
			}
		]);
		expect([
			await town.supervisorOf('Ani'),
			await town.supervisorOf('Camat'),
			await town.supervisorOf('Sekda')
		]).toEqual(['Camat', 'Sekda', null]);
	});

	it('is harmless a second time: everything is as it was', async () => {
		await town.bring(units(...TREE));
		await town.bring(people(SEKDA, CAMAT, ANI));
		expect((await town.bring(units(...TREE))).counts).toMatchObject({ unchanged: 4, changed: 0, new: 0 });
		expect((await town.bring(people(SEKDA, CAMAT, ANI))).counts).toMatchObject({
			unchanged: 3,
			changed: 0,
			new: 0
		});
		expect(await town.count('people.posting')).toBe(3);
	});

	it('closes the old post on the day the new one begins', async () => {
		await town.bring(units(...TREE));
		await town.bring(people(SEKDA, CAMAT, ANI));
		await town.bring(people(ANI.replace('SEKSI', 'KEC').replace('01-03-2020', '01-06-2026')));
		expect(await town.posts('p-ani')).toMatchObject([
			{ unit: 'Seksi Pelayanan Umum', from: '2020-03-01', to: '2026-06-01' },
			{ unit: 'Kecamatan Contoh', from: '2026-06-01', to: null }
		]);
	});

	it('corrects in place what keeps its TMT, and a TMT of the same post', async () => {
		await town.bring(units(...TREE));
		await town.bring(people(ANI));
		await town.bring(people(ANI.replace('Pengadministrasi Umum', 'Pengadministrasi Perkantoran')));
		await town.bring(
			people(
				ANI.replace('Pengadministrasi Umum', 'Pengadministrasi Perkantoran').replace(
					'01-03-2020',
					'01-02-2020'
				)
			)
		);
		expect(await town.posts('p-ani')).toMatchObject([
			{ title: 'Pengadministrasi Perkantoran', from: '2020-02-01', to: null }
		]);
	});

	it('refuses to turn history back: an older file is called wrong row by row', async () => {
		await town.bring(units(...TREE));
		await town.bring(people(ANI.replace('SEKSI', 'KEC').replace('01-03-2020', '01-06-2026')));
		const { importId, counts } = await town.check(people(ANI));
		expect(counts).toMatchObject({ wrong: 1, changed: 0 });
		const { rows } = await town.owner.query('select problems from people.import_row where import_id = $1', [
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
		await town.bring(units(...TREE));
		const { counts } = await town.bring(people(SEKDA, ANI.replace('SEKSI', 'TUTUP')));
		expect(counts).toMatchObject({ new: 1, wrong: 1 });
		expect(await town.count('people.person')).toBe(1);
	});

	it('never removes anybody', async () => {
		await town.bring(units(...TREE));
		await town.bring(people(SEKDA, CAMAT, ANI));
		await town.bring(people(SEKDA));
		expect(
			(await town.owner.query('select count(*) from people.staff where agency_id = $1', [town.agencyId]))
				.rows[0].count
		).toBe('3');
	});

	it('follows a NIP that changed by the SIASN id, and a SIASN id that changed by the NIP', async () => {
		await town.bring(units(...TREE));
		await town.bring(people(ANI));
		await town.bring(people(ANI.replace('199003032015032003', '199003032015032004')));
		await town.bring(
			people(ANI.replace('199003032015032003', '199003032015032004').replace('P-ANI', 'P-ANI-2'))
		);
		const { rows } = await town.owner.query(
			'select nip, external_id from people.person where agency_id = $1',
			[town.agencyId]
		);
		expect(rows).toEqual([{ nip: '199003032015032004', external_id: 'p-ani-2' }]);
	});

	it('calls a row wrong whose id and NIP belong to two people', async () => {
		await town.bring(units(...TREE));
		await town.bring(people(CAMAT, ANI));
		const { importId, counts } = await town.check(
			people(ANI.replace('199003032015032003', '197502022000032002'))
		);
		expect(counts.wrong).toBe(1);
		const { rows } = await town.owner.query(
			'select problems->0->>$2 as code from people.import_row where import_id = $1',
			[importId, 'code']
		);
		expect(rows[0].code).toBe('people.import.identityConflict');
	});

	it('adopts the top and the administrator that the first run made', async () => {
		const [top, person] = [newId(), newId()];
		await town.owner.query(
			`insert into people.unit (agency_id, id, name, kind, label, path, valid_from) values ($1, $2, 'Kota', 'pemerintah', 'u0', 'u0', '2026-11-20')`,
			[town.agencyId, top]
		);
		await town.owner.query(
			`insert into people.person (agency_id, id, nip, name, sex, employment_kind) values ($1, $2, '199003032015032003', 'Admin', 'female', 'PNS')`,
			[town.agencyId, person]
		);
		await town.owner.query(
			`insert into people.posting (agency_id, id, person_id, unit_id, title, kind, level, valid_from) values ($1, $2, $3, $4, 'Administrator Asah', 'general', '06', '2026-11-20')`,
			[town.agencyId, newId(), person, top]
		);
		expect((await town.bring(units(...TREE))).counts).toMatchObject({ new: 3, changed: 1, wrong: 0 });
		expect((await town.bring(people(ANI))).counts).toMatchObject({ new: 0, changed: 1, wrong: 0 });
		expect(await town.posts('p-ani')).toEqual([
			{
				title: 'Pengadministrasi Umum',
				unit: 'Seksi Pelayanan Umum',
				level: '06',
				from: '2020-03-01',
				to: null,
				head: false
			}
		]);
		const { rows } = await town.owner.query(
			'select count(*) from people.unit where agency_id = $1 and parent_id is null',
			[town.agencyId]
		);
		expect(rows[0].count).toBe('1');
	});

	it('leaves an elected head in place, whom SIASN does not know', async () => {
		await town.bring(units(...TREE));
		const mayor = newId();
		await town.owner.query(
			`insert into people.person (agency_id, id, name, sex, employment_kind) values ($1, $2, 'Wali Kota', 'female', 'OFFICIAL')`,
			[town.agencyId, mayor]
		);
		await town.owner.query(
			'update people.unit set head_person_id = $2 where agency_id = $1 and parent_id is null',
			[town.agencyId, mayor]
		);
		expect((await town.bring(people(SEKDA, CAMAT))).counts.missing).toBe(0);
		expect(await town.supervisorOf('Sekda')).toBe('Wali Kota');
	});

	it('moves a unit with everything below it', async () => {
		await town.bring(units(...TREE));
		await town.bring(people(ANI));
		await town.bring(
			units(TREE[0] ?? '', TREE[1] ?? '', (TREE[2] ?? '').replace('KEC;TOP', 'KEC;SETDA'), TREE[3] ?? '')
		);
		const { rows } = await town.owner.query(
			'select nlevel(unit_path) as depth from people.staff where agency_id = $1',
			[town.agencyId]
		);
		expect(rows).toEqual([{ depth: 4 }]);
	});
});
