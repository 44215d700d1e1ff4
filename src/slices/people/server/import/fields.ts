import { sql, type RawBuilder } from 'kysely';

/** A cell that could not be read says nothing, unless a correction waits to be settled: then it counts as empty. */
const whereRead = (field: string) =>
	sql`case when m.unread ? ${sql.lit(field)} and not coalesce(stands.fields ? ${sql.lit(field)}, false) then p.${sql.ref(field)} else m.${sql.ref(field)} end`;

/**
 * Columns of people.person that a staff list fills, and the file's columns behind each. A column that the file lacks
 * leaves what is known as it is. `value`: what is compared and written, where it is not the row's own.
 */
export const PERSON_FIELDS: readonly {
	name: string;
	from: readonly string[];
	value?: RawBuilder<unknown>;
}[] = [
	{ name: 'nip', from: ['nip_baru'] },
	// A row without an id does not take away the one that is known.
	{ name: 'external_id', from: ['pns_id'], value: sql`m.kept_external_id` },
	{ name: 'name', from: ['nama'], value: sql`kept.name` },
	{ name: 'front_title', from: ['gelar_depan', 'nama'], value: sql`kept.front_title` },
	{ name: 'back_title', from: ['gelar_belakang', 'nama'], value: sql`kept.back_title` },
	{ name: 'sex', from: ['jenis_kelamin'] },
	{ name: 'birth_date', from: ['tanggal_lahir'] },
	{ name: 'employment_kind', from: ['status_cpns_pns'] },
	{ name: 'legal_status', from: ['kedudukan_hukum_nama'] },
	{ name: 'active', from: ['kedudukan_hukum_nama'] },
	{ name: 'grade', from: ['gol_akhir_nama', 'gol_akhir_id'], value: whereRead('grade') },
	{ name: 'education_level', from: ['tingkat_pendidikan_nama'] },
	{ name: 'email', from: ['email_gov'], value: whereRead('email') }
];

/** `PersonData` as a record of SQL. */
export const PERSON_RECORD = sql`d(external_id text, nip text, name text, shouted boolean, front_title text, back_title text, sex text,
	birth_date date, employment_kind text, legal_status text, active boolean, grade text, grade_since date, kind_since date, education_level text, email text, unread jsonb,
	post_title text, post_kind text, post_level text, post_since date, unit text)`;

/** `UnitData` as a record of SQL. */
export const UNIT_RECORD = sql`d(external_id text, name text, kind text, code text, parent text, head_title text,
	echelon text, head_external_id text)`;

export const UNIT_FIELDS: readonly { name: string; from: readonly string[] }[] = [
	{ name: 'external_id', from: ['Id'] },
	{ name: 'name', from: ['NamaUnor'] },
	{ name: 'kind', from: ['NamaUnor'] },
	{ name: 'code', from: ['CepatKode'] },
	{ name: 'head_title', from: ['NamaJabatan'] },
	{ name: 'echelon', from: ['EselonId'] },
	{ name: 'head_external_id', from: ['PemimpinPnsId'] }
];
