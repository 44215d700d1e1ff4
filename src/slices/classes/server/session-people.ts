import { sql } from 'kysely';
import { invalidField } from '#kernel/errors.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { facilitatorKind, type FacilitatorKind } from '../model.ts';
import { isTrainer, letTeach, usualKind, type Teaching } from './teachers.ts';

/**
 * Who teaches, by the NIPs that were typed, the leader first; public trainers are called so unless said otherwise.
 * Refuses: nobody active has that NIP.
 */
export async function teachingOf(
	tx: Tx,
	agencyId: string,
	typed: readonly { nip: string; kind?: FacilitatorKind | undefined; field: string }[]
): Promise<Teaching[]> {
	if (typed.length === 0) return [];
	const rows = await sql<{ id: string; nip: string; trainer: boolean }>`
		select p.id, p.nip, ${isTrainer('s')} as trainer
		from people.person p left join people.staff s on s.agency_id = p.agency_id and s.person_id = p.id
		where p.agency_id = ${agencyId} and p.nip = any(${typed.map(({ nip }) => nip)}::text[]) and p.active`.execute(
		tx
	);
	const byNip = new Map(rows.rows.map((row) => [row.nip, row]));
	const teaching = new Map<string, Teaching>();
	for (const { nip, kind, field } of typed) {
		const person = byNip.get(nip);
		if (!person) throw invalidField(field, 'classes.session.unknownFacilitator');
		if (!teaching.has(person.id))
			teaching.set(person.id, {
				personId: person.id,
				kind: kind ?? usualKind(person.trainer)
			});
	}
	return [...teaching.values()];
}

/** Those with a seat in the class whom a session can be for. Refuses: a NIP of nobody with a seat. */
export async function membersOf(
	tx: Tx,
	agencyId: string,
	classId: string,
	nips: readonly string[]
): Promise<string[]> {
	if (nips.length === 0) return [];
	const rows = await sql<{ id: string; nip: string }>`
		select p.id, p.nip from people.person p
		join classes.registration r on r.agency_id = p.agency_id and r.person_id = p.id and r.class_id = ${classId} and r.status = 'enrolled'
		where p.agency_id = ${agencyId} and p.nip = any(${[...nips]}::text[])`.execute(tx);
	const unknown = nips.find((nip) => !rows.rows.some((row) => row.nip === nip));
	if (unknown !== undefined)
		throw invalidField('members', 'classes.session.memberWithoutSeat', { nip: unknown });
	return rows.rows.map(({ id }) => id);
}

/** Who has a seat at a session: the whole class, or those whom it is for; `members` before they are written. */
export async function seatsAt(
	db: Db,
	agencyId: string,
	classId: string,
	session: { id: string | null; members?: readonly string[] }
): Promise<string[]> {
	const only =
		session.members === undefined ? null : session.members.length === 0 ? [] : [...session.members];
	const rows = await sql<{ person_id: string }>`
		select r.person_id from classes.registration r
		where r.agency_id = ${agencyId} and r.class_id = ${classId} and r.status in ('enrolled', 'passed', 'failed')
			and ${
				only === null
					? sql`(not exists (select from classes.session_member m where m.agency_id = r.agency_id and m.session_id = ${session.id}::uuid)
						or exists (select from classes.session_member m where m.agency_id = r.agency_id and m.session_id = ${session.id}::uuid
							and m.person_id = r.person_id))`
					: only.length === 0
						? sql`true`
						: sql`r.person_id = any(${only}::uuid[])`
			}`.execute(db);
	return rows.rows.map((row) => row.person_id);
}

/** Who teaches a session and has not called off, the leader first. */
export async function facilitatorsAt(db: Db, agencyId: string, sessionId: string): Promise<Teaching[]> {
	const rows = await sql<{ personId: string; kind: string }>`
		select person_id as "personId", kind from classes.session_facilitator
		where agency_id = ${agencyId} and session_id = ${sessionId} and cancelled_at is null order by sort, person_id`.execute(
		db
	);
	return rows.rows.map((row) => ({ ...row, kind: facilitatorKind(row.kind) }));
}

/**
 * Writes a session together with its people: the hours of all of them are reckoned once, at the end. One by one, whoever
 * leaves the session would be held to its new hour.
 */
export async function writeTogether(
	tx: Tx,
	agencyId: string,
	sessionId: string,
	write: () => Promise<unknown>
): Promise<void> {
	await sql`select set_config('classes.hours_later', 'on', true)`.execute(tx);
	await write();
	await sql`select set_config('classes.hours_later', 'off', true)`.execute(tx);
	await sql`select classes.refresh_seat_time(${agencyId}::uuid, ${sessionId}::uuid)`.execute(tx);
}

/** Who teaches and whom it is for. */
export async function writePeople(
	tx: Tx,
	agencyId: string,
	sessionId: string,
	teaching: readonly Teaching[],
	members: readonly string[]
): Promise<void> {
	const ids = teaching.map(({ personId }) => personId);
	await sql`delete from classes.session_facilitator where agency_id = ${agencyId} and session_id = ${sessionId}
		and cancelled_at is null and person_id <> all(${ids}::uuid[])`.execute(tx);
	await letTeach(tx, agencyId, sessionId, teaching);
	await sql`delete from classes.session_member where agency_id = ${agencyId} and session_id = ${sessionId}
		and person_id <> all(${[...members]}::uuid[])`.execute(tx);
	await sql`
		insert into classes.session_member (agency_id, session_id, person_id)
		select ${agencyId}::uuid, ${sessionId}::uuid, x from unnest(${[...members]}::uuid[]) as x
		on conflict do nothing`.execute(tx);
}
