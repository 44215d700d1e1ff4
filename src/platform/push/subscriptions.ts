import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { DB, Db } from '#platform/db/db.ts';
import type { Device } from './push.ts';

/** One's own device, as its owner sees it. */
export type OwnDevice = {
	id: string;
	/** 'Chrome · Android'; null when the browser says nothing we know. */
	label: string | null;
	/** The browser that asks. */
	here: boolean;
	since: Date;
	lastOkAt: Date | null;
};

/** One's own devices, this one first. Of nobody else: whoever may see a person's data does not see their devices. */
export async function ownDevices(db: Db, actor: Actor, sessionId: string | null): Promise<OwnDevice[]> {
	if (actor.personId === null) return [];
	const { rows } = await sql<OwnDevice>`
		select id, label, session_id = ${sessionId ?? ''} as here, created_at as since, last_ok_at as "lastOkAt"
		from platform.push_subscription
		where agency_id = (select platform.current_agency()) and person_id = ${actor.personId} and platform.session_open(session_id)
		order by here desc, created_at desc, id`.execute(db);
	return rows;
}

/** For the copy of one's data: which devices, without the addresses and keys that would let anybody else disturb them. */
export async function devicesAbout(
	db: Db,
	personId: string
): Promise<{ label: string | null; since: Date; lastOkAt: Date | null }[]> {
	const { rows } = await sql<{ label: string | null; since: Date; lastOkAt: Date | null }>`
		select label, created_at as since, last_ok_at as "lastOkAt" from platform.push_subscription
		where agency_id = (select platform.current_agency()) and person_id = ${personId} order by created_at, id`.execute(
		db
	);
	return rows;
}

/** Whether somebody has turned push on anywhere: a condition on a person's id in a statement of one agency. */
export const hasDevice = (personId: RawBuilder<unknown>): RawBuilder<boolean> => sql<boolean>`exists (
	select from platform.push_subscription d
	where d.agency_id = (select platform.current_agency()) and d.person_id = ${personId}
)`;

/** Where a person's notes go: devices on which they are still signed in. */
export async function devicesOf(db: Db, personId: string): Promise<Device[]> {
	const { rows } = await sql<Device>`
		select id, endpoint, p256dh, auth from platform.push_subscription
		where agency_id = (select platform.current_agency()) and person_id = ${personId} and platform.session_open(session_id)
		order by created_at, id`.execute(db);
	return rows;
}

/** A device was reached; with a letter, which then passes it by when it is tried again. One statement: both or neither. */
export const noteReached = (
	worker: Kysely<DB>,
	agencyId: string,
	deviceId: string,
	now: Date,
	letterId: string | null = null
) =>
	sql`
		with noted as (
			update platform.letter set reached = array_append(reached, ${deviceId}::uuid)
			where agency_id = ${agencyId} and id = ${letterId}::uuid
		)
		update platform.push_subscription set last_ok_at = ${now}
		where agency_id = ${agencyId} and id = ${deviceId}`.execute(worker);

/** Its browser took the address back. */
export const forgetDevice = (worker: Kysely<DB>, agencyId: string, deviceId: string) =>
	sql`delete from platform.push_subscription where agency_id = ${agencyId} and id = ${deviceId}`.execute(
		worker
	);

/** Sessions that ended by themselves take their devices with them too; nothing was sent there since. */
export const forgetEndedDevices = (worker: Kysely<DB>) =>
	sql`delete from platform.push_subscription where not platform.session_open(session_id)`.execute(worker);
