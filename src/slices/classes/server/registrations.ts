import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import type { RegistrationStatus } from '../model.ts';

export type Written = {
	id: string;
	personId: string;
	status: RegistrationStatus;
	requestedBy: string | null;
	decidedBy: string | null;
	decidedAt: Date | null;
	note: string;
	/** Registration in whose seat this person comes. */
	replacesId?: string | undefined;
};

/**
 * New registrations of a class, or the former ones of the same people brought back; an approval keeps who had asked, and
 * when. One microsecond each keeps the order of what is written at once: the queue goes by it. Answers their ids by person.
 */
export async function writeRegistrations(
	tx: Tx,
	agencyId: string,
	classId: string,
	now: Date,
	rows: readonly Written[]
): Promise<Map<string, string>> {
	if (rows.length === 0) return new Map();
	const written = await sql<{ id: string; personId: string }>`
		insert into classes.registration as r (agency_id, id, class_id, person_id, status, requested_at, requested_by, decided_by,
			decided_at, note, waiting_since, replaces_id)
		select ${agencyId}::uuid, x.id, ${classId}::uuid, x.person_id, x.status, ${now}::timestamptz + x.place * interval '1 microsecond',
			x.requested_by, x.decided_by, x.decided_at, x.note,
			case when x.status = 'waiting' then ${now}::timestamptz + x.place * interval '1 microsecond' end, x.replaces_id
		from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ personId }) => personId)}::uuid[],
			${rows.map(({ status }) => status)}::text[], ${rows.map(({ requestedBy }) => requestedBy)}::uuid[],
			${rows.map(({ decidedBy }) => decidedBy)}::uuid[], ${rows.map(({ decidedAt }) => decidedAt?.toISOString() ?? null)}::timestamptz[],
			${rows.map(({ note }) => note)}::text[], ${rows.map(({ replacesId }) => replacesId ?? null)}::uuid[])
			with ordinality as x(id, person_id, status, requested_by, decided_by, decided_at, note, replaces_id, place)
		on conflict (agency_id, class_id, person_id) do update set
			status = excluded.status,
			requested_at = case when excluded.status = 'requested' then excluded.requested_at else r.requested_at end,
			requested_by = case when excluded.status = 'requested' then excluded.requested_by else r.requested_by end,
			decided_by = excluded.decided_by, decided_at = excluded.decided_at,
			note = case when excluded.note = '' then r.note else excluded.note end,
			waiting_since = excluded.waiting_since, replaces_id = excluded.replaces_id, answer_by = null, escalated_at = null
		returning id, person_id as "personId"`.execute(tx);
	return new Map(written.rows.map(({ id, personId }) => [personId, id]));
}

/** What becomes of a registration that neither waits nor is offered a seat any more. */
export async function close(
	tx: Tx,
	agencyId: string,
	registrationId: string,
	status: 'rejected' | 'withdrawn' | 'approved' | 'enrolled',
	decidedBy: string | null,
	why: string,
	now: Date
): Promise<void> {
	await tx
		.updateTable('classes.registration')
		.set({
			status,
			decided_by: decidedBy,
			decided_at: now,
			waiting_since: null,
			answer_by: null,
			...(why === '' ? {} : { note: why })
		})
		.where('agency_id', '=', agencyId)
		.where('id', '=', registrationId)
		.execute();
}
