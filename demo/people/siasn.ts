import { idFor } from '../random.ts';
import { exportDate, later, monthsBetween, yearOf } from './calendar.ts';
import { gradeName } from './grades.ts';
import { AS_OF } from './model.ts';
import type { Agency, LedUnit, Person, PostKind } from './model.ts';
import { ASN_COLUMNS, headerText } from './siasn-columns.ts';
import type { AsnColumn } from './siasn-columns.ts';

export type Table = { header: readonly string[]; rows: readonly (readonly string[])[] };

const UNOR_COLUMNS = [
	'Id',
	'InstansiId',
	'DiatasanId',
	'EselonId',
	'NamaUnor',
	'NamaJabatan',
	'CepatKode',
	'IndukUnorId',
	'PemimpinPnsId',
	'JenisUnorId'
] as const;

const POST_KINDS: Readonly<Record<PostKind, readonly [id: string, name: string]>> = {
	structural: ['1', 'Jabatan Struktural'],
	functional: ['2', 'Jabatan Fungsional'],
	general: ['4', 'Jabatan Pelaksana']
};
const FAITHS = ['Islam', 'Kristen', 'Katolik', 'Hindu', 'Buddha', 'Konghucu'];

/**
 * The unit table (`ref-unor`), parents before children; the root has no parent. JenisUnorId is 2 where a
 * functional post leads (school, puskesmas), else 1.
 */
export function unorTable(agency: Agency): Table {
	return {
		header: UNOR_COLUMNS,
		rows: agency.units.map((unit) => [
			unit.id,
			agency.id,
			unit.parentId ?? '',
			unit.echelon ?? '',
			unit.name,
			unit.headPost,
			unit.code,
			unit.officeId,
			unit.headId,
			unit.echelon || !unit.parentId ? '1' : '2'
		])
	};
}

/** The people of an agency as SIASN exports them: text in every cell, dates dd-mm-yyyy. */
export function asnTable(agency: Agency): Table {
	const units = new Map(agency.units.map((unit) => [unit.id, unit]));
	const idOf = idCache(agency.seed);
	const rows = agency.people.map((person, index) => {
		const unit = units.get(person.unitId);
		const office = unit && units.get(unit.officeId);
		if (!unit || !office) throw new Error(`${person.nip} sits nowhere`);
		const record = asnRecord(agency, person, index, unit, office, idOf);
		return ASN_COLUMNS.map((column) => record[column]);
	});
	return { header: ASN_COLUMNS.map(headerText), rows };
}

type IdOf = (kind: string, name: string) => string;

function asnRecord(
	agency: Agency,
	person: Person,
	index: number,
	unit: LedUnit,
	office: LedUnit,
	idOf: IdOf
): Record<AsnColumn, string> {
	const contract = person.kind === 'PPPK';
	const [postKindId, postKindName] = POST_KINDS[person.postKind];
	const months = monthsBetween(person.appointed, AS_OF);
	return {
		pns_id: person.id,
		nip_baru: person.nip,
		nip_lama: !contract && yearOf(person.appointed) < 2008 ? `000${numbered(index, 6)}` : '',
		nama: person.name,
		gelar_depan: person.education.titleBefore,
		gelar_belakang: person.education.titleAfter,
		tempat_lahir_id: idOf('tempat', person.birthPlace),
		tempat_lahir_nama: person.birthPlace,
		tanggal_lahir: exportDate(person.birthDate),
		jenis_kelamin: person.sex === 'male' ? 'M' : 'F',
		...inventedPrivate(agency, person, index),
		jenis_pegawai_id: contract ? '71' : '12',
		jenis_pegawai_nama: contract ? 'PPPK Daerah Kab/Kota' : 'PNS Daerah Kab/Kota yang bekerja pada Kab/Kota',
		kedudukan_hukum_id: contract ? '71' : '01',
		kedudukan_hukum_nama: contract ? 'PPPK Aktif' : 'Aktif',
		status_cpns_pns: person.kind,
		kartu_asn_virtual: `KV-${numbered(index, 8)}`,
		nomor_sk_cpns: `813/${numbered(index, 5)}/CONTOH/${yearOf(person.appointed)}`,
		tanggal_sk_cpns: exportDate(person.appointed),
		tmt_cpns: exportDate(person.appointed),
		nomor_sk_pns: person.confirmed ? `821/${numbered(index, 5)}/CONTOH/${yearOf(person.confirmed)}` : '',
		tanggal_sk_pns: exportDate(person.confirmed),
		tmt_pns: exportDate(person.confirmed),
		gol_awal_id: person.firstGrade,
		gol_awal_nama: gradeName(person.firstGrade),
		gol_akhir_id: person.grade,
		gol_akhir_nama: gradeName(person.grade),
		tmt_golongan: exportDate(person.gradeSince),
		mk_tahun: String(Math.floor(months / 12)),
		mk_bulan: String(months % 12),
		jenis_jabatan_id: postKindId,
		jenis_jabatan_nama: postKindName,
		jabatan_id: idOf('jabatan', person.post),
		jabatan_nama: person.post,
		tmt_jabatan: exportDate(later(person.postSince, person.appointed)),
		tingkat_pendidikan_id: person.education.levelId,
		tingkat_pendidikan_nama: person.education.levelName,
		pendidikan_id: idOf('pendidikan', person.education.name),
		pendidikan_nama: person.education.name,
		tahun_lulus: String(person.education.graduated),
		kpkn_id: idOf('kpkn', agency.city),
		kpkn_nama: `KPPN ${agency.city}`,
		lokasi_kerja_id: idOf('tempat', agency.city),
		lokasi_kerja_nama: `Kota ${agency.city}`,
		unor_id: unit.id,
		unor_nama: unit.name,
		instansi_induk_id: agency.id,
		instansi_induk_nama: agency.name,
		instansi_kerja_id: agency.id,
		instansi_kerja_nama: agency.name,
		satuan_kerja_induk_id: office.id,
		satuan_kerja_induk_nama: office.name,
		satuan_kerja_kerja_id: office.id,
		satuan_kerja_kerja_nama: office.name,
		nama_sekolah: person.education.school
	};
}

type PrivateColumn =
	| 'agama_id'
	| 'agama_nama'
	| 'jenis_kawin_id'
	| 'jenis_kawin_nama'
	| 'nik'
	| 'nomor_hp'
	| 'email'
	| 'email_gov'
	| 'alamat'
	| 'npwp_nomor'
	| 'bpjs'
	| 'is_valid_nik';

/**
 * Columns that a real export carries and the importer must drop (UU 27/2022, domain.md §9). They are filled so
 * that dropping them is tested, with values nobody can own: a NIK starts with a province code, never 0000.
 */
function inventedPrivate(agency: Agency, person: Person, index: number): Record<PrivateColumn, string> {
	const single = index % 6 === 0;
	return {
		agama_id: String(FAITHS.indexOf(person.faith) + 1),
		agama_nama: person.faith,
		jenis_kawin_id: single ? '2' : '1',
		jenis_kawin_nama: single ? 'Belum Menikah' : 'Menikah',
		nik: `0000${numbered(index, 12)}`,
		nomor_hp: `+62000${numbered(index, 8)}`,
		email: `pegawai${index + 1}@${agency.key}.contoh.invalid`,
		email_gov: `pegawai${index + 1}@${agency.key}.go.invalid`,
		alamat: `Jalan Contoh No. ${(index % 400) + 1}, ${agency.city}`,
		npwp_nomor: `00.${numbered(index, 6)}.0-000.000`,
		bpjs: `000${numbered(index, 10)}`,
		is_valid_nik: '0'
	};
}

/** Reference ids (post, education, place) are national: the same name has the same id in every agency. */
function idCache(seed: number): IdOf {
	const known = new Map<string, string>();
	return (kind, name) => {
		const key = `${kind}/${name}`;
		const id = known.get(key) ?? idFor(seed, 'ref', kind, name);
		known.set(key, id);
		return id;
	};
}

function numbered(index: number, digits: number): string {
	return String(index + 1).padStart(digits, '0');
}
