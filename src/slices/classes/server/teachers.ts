import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { missing } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import type { FacilitatorKind } from '../model.ts';

export type Teaching = { personId: string; kind: FacilitatorKind };

/**
 * A public trainer by the name of the post, over rows of people.staff called `as`; who has no post is none.
 * @law PermenPANRB 42/2021 (jabatan fungsional Widyaiswara)
 */
export const isTrainer = (as: string): RawBuilder<SqlBool> =>
	sql<SqlBool>`coalesce(${sql.ref(`${as}.post_title`)} ilike 'widyaiswara%', false)`;

/** Who may be asked to teach: public trainers, and whoever has taught; those are looked up once, not once a person. */
export const mayTeach = (as: string): RawBuilder<SqlBool> =>
	sql<SqlBool>`(${isTrainer(as)} or ${sql.ref(`${as}.person_id`)} in (
		select x.person_id from classes.session_facilitator x where x.agency_id = (select platform.current_agency())))`;

/** As what somebody teaches when nobody says otherwise. */
export const usualKind = (trainer: boolean): FacilitatorKind => (trainer ? 'widyaiswara' : 'instruktur');

/** Somebody as a facilitator. Refuses (as missing): nobody active. */
export async function asTeacher(
	tx: Tx,
	agencyId: string,
	personId: string,
	kind?: FacilitatorKind
): Promise<Teaching> {
	const { rows } = await sql<{ trainer: boolean }>`
		select ${isTrainer('s')} as trainer from people.person p
		left join people.staff s on s.agency_id = p.agency_id and s.person_id = p.id
		where p.agency_id = ${agencyId} and p.id = ${personId} and p.active`.execute(tx);
	const [row] = rows;
	if (!row) throw missing();
	return { personId, kind: kind ?? usualKind(row.trainer) };
}

/** These teach a session, in this order behind the `after` who do already; whoever had called it off does again. */
export async function letTeach(
	tx: Tx,
	agencyId: string,
	sessionId: string,
	teaching: readonly Teaching[],
	after = 0
): Promise<void> {
	if (teaching.length === 0) return;
	await sql`
		insert into classes.session_facilitator (agency_id, session_id, person_id, kind, sort)
		select ${agencyId}::uuid, ${sessionId}::uuid, x.person_id, x.kind, x.n + ${after}::int
		from unnest(${teaching.map(({ personId }) => personId)}::uuid[], ${teaching.map(({ kind }) => kind)}::text[])
			with ordinality as x(person_id, kind, n)
		on conflict (agency_id, session_id, person_id) do update
			set kind = excluded.kind, sort = excluded.sort, cancelled_at = null, cancelled_note = ''`.execute(tx);
}
