import { beforeAll, describe, expect, it } from 'vitest';
import { makeAgency } from '../../../../demo/people/agency.ts';
import { brokenExport } from '../../../../demo/people/broken.ts';
import { unorTable } from '../../../../demo/people/siasn.ts';
import { csvText } from '../../../../demo/people/sheets.ts';
import { checkPeople } from './check-people.ts';
import { checkUnits } from './check-units.ts';
import { readFile } from './read-file.ts';
import type { Sheet } from './sheet.ts';

const today = '2026-11-21';
const units = new Map([
	['u-1', { echelon: null }],
	['u-2', { echelon: '41' }]
]);

const GOOD = {
	pns_id: 'A1',
	nip_baru: '198503122010012004',
	nama: 'Siti Rahma',
	jenis_kelamin: 'F',
	tanggal_lahir: '12-03-1985',
	status_cpns_pns: 'PNS',
	gol_akhir_nama: 'III/c',
	kedudukan_hukum_nama: 'Aktif',
	jenis_jabatan_id: '4',
	jabatan_nama: 'Pengadministrasi Umum',
	tmt_jabatan: '01-04-2020',
	unor_id: 'U-1',
	email_gov: 'siti@contoh.invalid',
	tmt_golongan: '',
	tmt_pns: ''
};
type Cells = Partial<Record<keyof typeof GOOD, string>>;

const sheetOf = (...rows: Cells[]): Sheet => {
	const names = Object.keys(GOOD);
	return {
		kind: 'people',
		sheetName: '',
		headerRow: 1,
		dropped: [],
		absent: [],
		skipped: 0,
		columns: names.map((name) => ({ name, header: name.toUpperCase() })),
		rows: rows.map((row, at) => ({ row: at + 2, cells: Object.values({ ...GOOD, ...row }) }))
	};
};
const check = (...rows: Cells[]) => [...checkPeople(sheetOf(...rows), { today, units })];
const codes = (...rows: Cells[]) =>
	check(...rows).flatMap(({ row, problems }) =>
		problems.map(({ column, code }) => `${row} ${column} ${code}`)
	);

describe('a city list with 500 known faults', () => {
	let found: string[] = [];
	let expected: string[] = [];
	beforeAll(async () => {
		const agency = makeAgency('medan');
		const broken = brokenExport(agency);
		const known = checkUnits(await readFile(Buffer.from(csvText(unorTable(agency)))), new Map());
		const medan = new Map(
			[...known].map(({ data }) => [data?.external_id ?? '', { echelon: data?.echelon ?? null }])
		);
		const checked = checkPeople(await readFile(Buffer.from(broken.csv)), { today, units: medan });
		found = [...checked].flatMap(({ row, problems }) =>
			problems.map(({ column, code }) => `${row} ${column} ${code}`)
		);
		expected = broken.expected.map(({ row, column, code }) => `${row} ${column} ${code}`);
	}, 60_000);

	it('is found to have exactly those, each with its row, column and reason', () => {
		expect(found).toHaveLength(500);
		expect(found.toSorted()).toEqual(expected.toSorted());
	});
});

describe('a row of the staff list', () => {
	it('that cannot be read in one cell leaves what is known of it, with a warning', () => {
		const [row] = check({ gol_akhir_nama: 'entah', email_gov: 'bukan surel', tmt_golongan: '30-02-2024' });
		expect(row?.data).toMatchObject({ grade: null, email: null, unread: ['grade', 'email'] });
		expect(codes({ gol_akhir_nama: 'entah', tmt_golongan: '01-01-1970', tmt_pns: '01-02-2012' })).toEqual([
			'2 gol_akhir_nama people.import.unknownGrade',
			'2 tmt_golongan people.import.unreadSince'
		]);
	});

	it('tells since when, as far as the day can be true', () => {
		expect(check({ tmt_golongan: '01-04-2022', tmt_pns: '01-02-2012' })[0]?.data).toMatchObject({
			grade_since: '2022-04-01',
			kind_since: '2012-02-01'
		});
	});

	it.each(['=HYPERLINK("http://jahat.example")', '+62811', '12345', '@siti', 'www.jahat.example'])(
		'is nobody called %j',
		(nama) => expect(codes({ nama })).toEqual(['2 nama people.import.notAName'])
	);

	it('is read into what Asah keeps', () => {
		expect(check({})[0]).toEqual({
			row: 2,
			label: 'Siti Rahma · 198503122010012004',
			wrong: false,
			problems: [],
			ids: { external_id: 'a1', nip: '198503122010012004' },
			data: {
				external_id: 'a1',
				nip: '198503122010012004',
				name: 'Siti Rahma',
				shouted: false,
				front_title: null,
				back_title: null,
				sex: 'female',
				birth_date: '1985-03-12',
				employment_kind: 'PNS',
				legal_status: 'active',
				active: true,
				grade: 'III/c',
				grade_since: null,
				kind_since: null,
				unread: [],
				education_level: null,
				email: 'siti@contoh.invalid',
				post_title: 'Pengadministrasi Umum',
				post_kind: 'general',
				post_level: '06',
				post_since: '2020-04-01',
				unit: 'u-1'
			}
		});
	});

	it('takes birth and sex from the NIP when the file has none', () => {
		expect(check({ tanggal_lahir: '', jenis_kelamin: '' })[0]?.data).toMatchObject({
			birth_date: '1985-03-12',
			sex: 'female'
		});
	});

	it.each([
		['Guru Ahli Muda', '2', 'u-1', '22', 'functional'],
		['Perawat Mahir', '02', 'u-1', '13', 'functional'],
		['Kepala Seksi Pelayanan Umum', '1.0', 'u-2', '05', 'structural'],
		['Pengadministrasi Umum', '4', 'u-1', '06', 'general']
	])('has the level of its post: %s', (jabatan_nama, jenis_jabatan_id, unor_id, level, kind) => {
		expect(check({ jabatan_nama, jenis_jabatan_id, unor_id })[0]?.data).toMatchObject({
			post_level: level,
			post_kind: kind
		});
	});

	it.each([
		[{ nip_baru: '' }, '2 nip_baru people.import.emptyCell'],
		[{ nip_baru: '1.98503E+17' }, '2 nip_baru people.nip.scientificNotation'],
		[{ nip_baru: '198503122010012000' }, '2 nip_baru people.nip.serial'],
		[{ nama: '' }, '2 nama people.import.emptyName'],
		[{ nama: 'x'.repeat(201) }, '2 nama people.import.tooLong'],
		[{ tanggal_lahir: '31-02-1985' }, '2 tanggal_lahir people.import.invalidDate'],
		[{ tmt_jabatan: '' }, '2 tmt_jabatan people.import.emptyCell'],
		[{ tmt_jabatan: '01-01-2027' }, '2 tmt_jabatan people.import.futureDate'],
		[{ jenis_kelamin: 'X' }, '2 jenis_kelamin people.import.unknownSex'],
		[{ status_cpns_pns: 'HONORER' }, '2 status_cpns_pns people.import.unknownEmploymentKind'],
		[{ jenis_jabatan_id: '3' }, '2 jenis_jabatan_id people.import.unknownPostKind'],
		[{ jenis_jabatan_id: '2', jabatan_nama: 'Guru' }, '2 jabatan_nama people.import.unknownLevel.functional'],
		[{ jenis_jabatan_id: '1' }, '2 jabatan_nama people.import.unknownLevel.structural'],
		[{ unor_id: 'u-9' }, '2 unor_id people.import.unknownUnit'],
		[{ jabatan_nama: '#N/A' }, '2 jabatan_nama people.import.cellError']
	])('is wrong for the reason named: %j', (cells, expected) => {
		expect(codes(cells)).toEqual([expected]);
		expect(check(cells)[0]).toMatchObject({ wrong: true, data: null });
	});

	it('names everything wrong with it at once', () => {
		expect(codes({ nama: '', unor_id: 'u-9', tmt_jabatan: 'kapan-kapan' })).toHaveLength(3);
	});

	it('is right but worth a look when sex, birth, grade or mail do not fit', () => {
		const [row] = check({
			jenis_kelamin: 'M',
			tanggal_lahir: '13-03-1985',
			gol_akhir_nama: '3c',
			email_gov: 'siti'
		});
		expect(row).toMatchObject({
			wrong: false,
			data: { sex: 'male', birth_date: '1985-03-13', grade: null, email: null }
		});
		expect(row?.problems.map(({ code, warning }) => [code, warning])).toEqual([
			['people.import.birthMismatch', true],
			['people.import.sexMismatch', true],
			['people.import.unknownGrade', true],
			['people.import.emailForm', true]
		]);
	});

	it('shares no NIP and no SIASN id with another: the first counts, the second is told where the first is', () => {
		const [first, second] = check({}, {});
		expect(first?.wrong).toBe(false);
		expect(second?.problems).toEqual([
			{ column: 'nip_baru', value: GOOD.nip_baru, code: 'people.import.duplicateNip', params: { row: 2 } },
			{ column: 'pns_id', value: 'A1', code: 'people.import.duplicateId', params: { row: 2 } }
		]);
	});

	it.each([
		['2020-04-01', '2020-04-01'],
		['1/4/2020', '2020-04-01'],
		['43922', '2020-04-01'],
		['43922.5', '2020-04-01']
	])('reads the date %s', (tmt_jabatan, date) => {
		expect(check({ tmt_jabatan })[0]?.data?.post_since).toBe(date);
	});

	it('marks who left as not working here', () => {
		expect(check({ kedudukan_hukum_nama: 'Pensiun BUP' })[0]?.data).toMatchObject({
			active: false,
			legal_status: 'left'
		});
		expect(check({ kedudukan_hukum_nama: 'Masa Persiapan Pensiun' })[0]?.data).toMatchObject({
			active: true,
			legal_status: 'retiring'
		});
	});
});
