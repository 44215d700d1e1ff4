import { readGrade } from '#kernel/grades.ts';
import { parseNip, type Nip } from '#kernel/nip.ts';
import { postKindOf, postLevelOf } from '#kernel/posts.ts';
import { yearOf, type CivilDate } from '#kernel/time.ts';
import { nameOf } from './person-name.ts';
import { educationOf, employmentKindOf, legalStatusOf, sexOf } from './people-words.ts';
import { rowReader, type CheckedRow, type RowReader } from './problem.ts';
import { dateIn, readDate } from './read-cell.ts';
import type { FileShape } from './shape.ts';
import type { Sheet } from './sheet.ts';

/** People as SIASN's "Export Data ASN" has them. */
export const PEOPLE: FileShape = {
	name: 'people',
	keyColumn: 'nip_baru',
	columns: [
		{ name: 'pns_id', id: true },
		{ name: 'nip_baru', required: true, also: ['nip', 'nip_baru_pegawai', 'nomor_induk_pegawai'] },
		{ name: 'nama', required: true, also: ['nama_pegawai', 'nama_lengkap', 'nama_pns', 'nama_asn'] },
		{ name: 'gelar_depan' },
		{ name: 'gelar_belakang' },
		{ name: 'tanggal_lahir', date: true, also: ['tgl_lahir'] },
		{ name: 'jenis_kelamin', also: ['kelamin', 'l/p'] },
		{ name: 'email_gov', also: ['email_dinas', 'surel_dinas'] },
		{ name: 'jenis_pegawai_nama' },
		{ name: 'kedudukan_hukum_nama', also: ['kedudukan_hukum'] },
		{ name: 'status_cpns_pns', also: ['status_kepegawaian', 'status_pegawai'] },
		{ name: 'tmt_cpns', date: true },
		{ name: 'tmt_pns', date: true },
		{ name: 'gol_akhir_id' },
		{ name: 'gol_akhir_nama', also: ['golongan', 'golongan_ruang', 'gol_ruang'] },
		{ name: 'tmt_golongan', date: true, also: ['tmt_gol', 'tmt_gol_akhir', 'tmt_pangkat'] },
		{ name: 'jenis_jabatan_id', required: true },
		{ name: 'jabatan_nama', required: true, also: ['nama_jabatan', 'jabatan'] },
		{ name: 'tmt_jabatan', required: true, date: true },
		{ name: 'tingkat_pendidikan_nama', also: ['tingkat_pendidikan', 'pendidikan_terakhir'] },
		{ name: 'unor_id', required: true, id: true },
		{ name: 'unor_nama', also: ['unit_kerja', 'unit_organisasi', 'nama_unor'] }
	]
};

/** What one row says of a person, under the names of the columns it is kept in. */
export type PersonData = {
	external_id: string | null;
	nip: string;
	name: string;
	/** The file writes it in capitals only, so its letters' case says nothing. */
	shouted: boolean;
	front_title: string | null;
	back_title: string | null;
	sex: 'male' | 'female';
	birth_date: CivilDate;
	employment_kind: string;
	legal_status: string;
	active: boolean;
	grade: string | null;
	/** Since when it has this grade and kind of employment (TMT), where the file says so. */
	grade_since: CivilDate | null;
	kind_since: CivilDate | null;
	education_level: string | null;
	email: string | null;
	/** Fields whose cell says something that could not be read: what is known of them stays. */
	unread: ('grade' | 'email')[];
	post_title: string;
	post_kind: string;
	post_level: string;
	post_since: CivilDate;
	unit: string;
};

/** Units as people name them: SIASN id (lower case) → echelon of the unit's head. */
export type KnownUnits = ReadonlyMap<string, { echelon: string | null }>;
type Context = { today: CivilDate; units: KnownUnits };
type Seen = { nip: Map<string, number>; id: Map<string, number> };

/**
 * Reads every row of a staff list and names everything wrong with it. Of two rows with one NIP the first counts.
 * Pure: what is known already (history, other people's NIP) is compared later, in the database. Row by row, because a
 * city's list takes half a second and others want their turn in between.
 */
export function* checkPeople(sheet: Sheet, context: Context): Generator<CheckedRow<PersonData>> {
	const read = rowReader(sheet);
	const seen: Seen = { nip: new Map(), id: new Map() };
	for (const { row, cells } of sheet.rows) yield checkPerson(read(cells), row, context, seen);
}

function checkPerson(
	of: RowReader,
	row: number,
	{ today, units }: Context,
	seen: Seen
): CheckedRow<PersonData> {
	const nip = readNip(of, row, today, seen);
	const externalId = readExternalId(of, row, seen);
	const name = readName(of);
	const birthDate = readBirth(of, nip);
	const post = readPost(of, today, units);
	const sex = readSex(of, nip);
	const employment =
		nip && employmentKindOf(of.cell('status_cpns_pns'), of.cell('jenis_pegawai_nama'), nip.kind);
	if (nip && !employment) of.report('status_cpns_pns', 'people.import.unknownEmploymentKind');
	const legal = legalStatusOf(of.cell('kedudukan_hukum_nama'));
	const label = [of.cell('nama'), of.cell('nip_baru')].filter(Boolean).join(' · ').slice(0, 160);
	const ids = { external_id: externalId, nip: nip?.nip ?? null };
	if (of.wrong() || !nip || !name || !birthDate || !post || !sex || !employment)
		return { row, label, wrong: true, problems: of.problems, data: null, ids };
	const [grade, email] = [gradeOf(of), emailOf(of)];
	const data: PersonData = {
		external_id: externalId,
		nip: nip.nip,
		...name,
		sex,
		birth_date: birthDate,
		employment_kind: employment,
		legal_status: legal.status,
		active: legal.active,
		grade: grade ?? null,
		grade_since: readSince(of, 'tmt_golongan', birthDate, today),
		kind_since: readSince(of, employment === 'PNS' ? 'tmt_pns' : 'tmt_cpns', birthDate, today),
		education_level: educationOf(of.cell('tingkat_pendidikan_nama')),
		email: email ?? null,
		unread: [
			...(grade === undefined ? ['grade' as const] : []),
			...(email === undefined ? ['email' as const] : [])
		],
		...post
	};
	return { row, label, wrong: false, problems: of.problems, data, ids };
}

function readNip(of: RowReader, row: number, today: CivilDate, seen: Seen): Nip | null {
	const result = parseNip(of.cell('nip_baru'), today);
	if (!result.ok) {
		if (of.cell('nip_baru') === '') of.report('nip_baru', 'people.import.emptyCell');
		else of.report('nip_baru', result.code, result.params);
		return null;
	}
	for (const { code, params } of result.warnings) of.warn('nip_baru', code, params);
	const first = seen.nip.get(result.nip);
	if (first === undefined) seen.nip.set(result.nip, row);
	else of.report('nip_baru', 'people.import.duplicateNip', { row: first });
	return result;
}

function readExternalId(of: RowReader, row: number, seen: Seen): string | null {
	const id = of.id('pns_id').slice(0, 60);
	if (id === '') return null;
	const first = seen.id.get(id);
	if (first === undefined) seen.id.set(id, row);
	else of.report('pns_id', 'people.import.duplicateId', { row: first });
	return id;
}

function readText(of: RowReader, column: string, longest: number, ifEmpty: string): string | null {
	const text = of.cell(column);
	if (text === '') of.report(column, ifEmpty);
	else if (text.length > longest) of.report(column, 'people.import.tooLong', { maximum: longest });
	return text === '' || text.length > longest ? null : text;
}

/** A formula, an address, a number: nobody is called so. */
const NO_NAME = /^[=+@-]|https?:|www\.|^[^\p{L}]*$/iu;

/** Titles in the name go where titles belong, which is said; the columns of their own know better. */
function readName(of: RowReader) {
	const text = readText(of, 'nama', 200, 'people.import.emptyName');
	if (!text) return null;
	if (NO_NAME.test(text)) {
		of.report('nama', 'people.import.notAName');
		return null;
	}
	const { front, name, back, shouted } = nameOf(text);
	if (name === '') {
		of.report('nama', 'people.import.emptyName');
		return null;
	}
	if (front !== '' || back !== '')
		of.warn('nama', 'people.import.titlesInName', {
			name,
			titles: [front, back].filter(Boolean).join(' … ')
		});
	return {
		name,
		shouted,
		front_title: (of.cell('gelar_depan') || front).slice(0, 60) || null,
		back_title: (of.cell('gelar_belakang') || back).slice(0, 100) || null
	};
}

function readBirth(of: RowReader, nip: Nip | null): CivilDate | null {
	if (of.cell('tanggal_lahir') === '') return nip?.birthDate ?? null;
	const date = readDate(of, 'tanggal_lahir');
	if (date && nip && date !== nip.birthDate)
		of.warn('tanggal_lahir', 'people.import.birthMismatch', { date: nip.birthDate });
	return date;
}

function readSex(of: RowReader, nip: Nip | null): 'male' | 'female' | null {
	if (of.cell('jenis_kelamin') === '') return nip?.sex ?? null;
	const sex = sexOf(of.cell('jenis_kelamin'));
	if (!sex) of.report('jenis_kelamin', 'people.import.unknownSex');
	else if (nip && sex !== nip.sex) of.warn('jenis_kelamin', 'people.import.sexMismatch');
	return sex;
}

function readPost(of: RowReader, today: CivilDate, units: KnownUnits) {
	// Spreadsheets make '04' and '4.0' of the same id.
	const kind = postKindOf(
		of
			.cell('jenis_jabatan_id')
			.replace(/^0+(?=\d)/, '')
			.replace(/\.0+$/, '')
	);
	if (!kind)
		of.report(
			'jenis_jabatan_id',
			of.cell('jenis_jabatan_id') === '' ? 'people.import.emptyCell' : 'people.import.unknownPostKind'
		);
	const title = readText(of, 'jabatan_nama', 300, 'people.import.emptyCell');
	const since = readDate(of, 'tmt_jabatan');
	if (since && since > today) of.report('tmt_jabatan', 'people.import.futureDate');
	const id = of.id('unor_id');
	const unit = units.get(id);
	if (!unit)
		of.report('unor_id', id === '' ? 'people.import.emptyCell' : 'people.import.unknownUnit', {
			unit: of.cell('unor_nama') || '–'
		});
	if (!kind || !title || !since || !unit) return null;
	const level = postLevelOf({ kind, title, echelonId: unit.echelon });
	if (!level) of.report('jabatan_nama', `people.import.unknownLevel.${kind}`);
	return level && { post_title: title, post_kind: kind, post_level: level, post_since: since, unit: id };
}

/** Undefined: there is something, but it cannot be read. */
function gradeOf(of: RowReader): string | null | undefined {
	const [name, id] = [of.cell('gol_akhir_nama'), of.cell('gol_akhir_id')];
	const grade = readGrade(name) ?? readGrade(id);
	if (grade || !(name || id)) return grade?.name ?? null;
	of.warn(name ? 'gol_akhir_nama' : 'gol_akhir_id', 'people.import.unknownGrade');
	return undefined;
}

/** The day from which something holds; one that cannot be is no reason to leave the person out. */
function readSince(of: RowReader, column: string, born: CivilDate, today: CivilDate): CivilDate | null {
	if (of.cell(column) === '') return null;
	const date = dateIn(of.cell(column));
	if (date !== null && date <= today && yearOf(date) - yearOf(born) >= 15) return date;
	of.warn(column, 'people.import.unreadSince');
	return null;
}

function emailOf(of: RowReader): string | null | undefined {
	const text = of.cell('email_gov').toLowerCase();
	if (text === '') return null;
	if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) && text.length <= 200) return text;
	of.warn('email_gov', 'people.import.emailForm');
	return undefined;
}
