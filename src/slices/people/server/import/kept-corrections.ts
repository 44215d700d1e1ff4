import { sql, type RawBuilder } from 'kysely';
import { refused } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import type { Applied, Undone } from './kind.ts';

/**
 * Corrections that a verifier approved (UU 27/2022 Ps 6), against a staff list whose source has not been put right. The
 * value that was replaced, or an empty cell, is no news: the corrected value stays. Anything else in the file, the corrected
 * value included, shows that the source has moved: the correction is settled, and from then on the file is believed.
 */

/** What is kept is a warning of the row, so that everything that shows and marks warnings shows it. */
export const KEPT = 'people.import.corrected';

/** Field that can be corrected → columns of a staff list that speak of it. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
	name: ['nama'],
	front_title: ['gelar_depan'],
	back_title: ['gelar_belakang'],
	birth_date: ['tanggal_lahir'],
	education_level: ['tingkat_pendidikan_nama'],
	grade: ['gol_akhir_nama', 'gol_akhir_id'],
	email: ['email_gov'],
	post_title: ['jabatan_nama']
};

/**
 * One row a person: for each field what should stand there, the values it replaced (in small letters), and the day of
 * the newest approval, by the agency's clock.
 */
export const STANDING_CORRECTIONS = (agencyId: string) => sql`
	select c.person_id, jsonb_object_agg(c.field, jsonb_build_object('proposed', c.proposed, 'replaced', c.replaced, 'on', c.day)) as fields
	from (
		select c.person_id, c.field, lower((array_agg(c.proposed order by c.decided_at desc))[1]) as proposed,
			jsonb_agg(lower(coalesce(c.current, ''))) as replaced,
			max((c.decided_at at time zone a.time_zone)::date) as day
		from people.correction c join platform.agency a on a.agency_id = c.agency_id
		where c.agency_id = ${agencyId} and c.status = 'approved' and c.field <> 'other' and c.settled_import_id is null
		group by c.person_id, c.field
	) c group by c.person_id`;

/** Of a field `f(name, old, new)` that differs: is `old` a correction that stands, and `new` nothing but what it replaced? */
export const keepsCorrection = (fields: RawBuilder<unknown>, isOtherPost: RawBuilder<unknown>) => {
	const found = sql`${fields} -> f.name`;
	return sql`(${found} ->> 'proposed' = lower(f.old)
		and (coalesce(f.new, '') = '' or ${found} -> 'replaced' ? lower(f.new))
		and not (f.name = 'post_title' and ${isOtherPost}))`;
};

/** The warning of a field that is kept: its column in this file, what the file says, and since when it is known better. */
export function keptProblem(columns: ReadonlySet<string>) {
	const named = Object.entries(COLUMNS).map(
		([field, of]) =>
			sql`when ${sql.lit(field)} then ${sql.lit(of.find((column) => columns.has(column)) ?? 'nama')}`
	);
	return sql`jsonb_build_object('column', case f.name ${sql.join(named, sql` `)} end, 'value', coalesce(f.new, ''), 'code', ${sql.lit(KEPT)},
		'params', jsonb_build_object('date', stands.fields -> f.name ->> 'on', 'value', f.old, 'source', coalesce(f.new, '–'),
			'field', f.name), 'warning', true)`;
}

/**
 * After applying: of people in the file, corrections older than its dry run whose field it speaks of and does not have as it
 * was before.
 */
export async function settleCorrections(tx: Tx, { agencyId, importId, columns }: Applied): Promise<void> {
	const spoken = Object.entries(COLUMNS)
		.filter(([, of]) => of.some((column) => columns.has(column)))
		.map(([field]) => field);
	await sql`update people.correction c set settled_import_id = ${importId}
		from people.import i, people.import_row ir
		where i.agency_id = ${agencyId} and i.id = ${importId} and c.decided_at <= i.created_at
			and ir.agency_id = ${agencyId} and ir.import_id = ${importId} and ir.outcome in ('changed', 'unchanged')
			and c.agency_id = ${agencyId} and c.person_id = ir.subject_id and c.status = 'approved' and c.settled_import_id is null
			and c.field = any(${spoken}::text[])
			and not coalesce(ir.problems @> jsonb_build_array(jsonb_build_object('code', ${KEPT}::text, 'params', jsonb_build_object('field', c.field))), false)`.execute(
		tx
	);
}

/** When an import is undone, what it settled stands again. */
export async function unsettleCorrections(tx: Tx, { agencyId, importId }: Undone): Promise<void> {
	await sql`update people.correction set settled_import_id = null
		where agency_id = ${agencyId} and settled_import_id = ${importId}`.execute(tx);
}

/**
 * Refuses: since the dry run a correction was approved of somebody whom the file changes, who would get the old value back.
 * Asked when all is written: an approval that comes later waits for these rows, and has the last word.
 */
export async function refuseCorrectedSince(tx: Tx, { agencyId, importId }: Applied): Promise<void> {
	const { rows } = await sql<{ many: number }>`
		select count(distinct c.person_id)::int as many
		from people.import i
		join people.correction c on c.agency_id = i.agency_id and c.status = 'approved' and c.field <> 'other' and c.decided_at > i.created_at
		join people.import_row ir on ir.agency_id = i.agency_id and ir.import_id = i.id and ir.subject_id = c.person_id and ir.outcome = 'changed'
		where i.agency_id = ${agencyId} and i.id = ${importId}`.execute(tx);
	const many = rows[0]?.many ?? 0;
	if (many > 0) throw refused('people.import.correctedSince', { count: many });
}
