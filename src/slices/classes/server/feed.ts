import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { sql, type Kysely } from 'kysely';
import { missing } from '#kernel/errors.ts';
import { agencyOfSecret, hashOf } from '#platform/auth/agency-secret.ts';
import type { Db, DB } from '#platform/db/db.ts';
import { reading } from '#platform/db/pools.ts';

export const FEED_PURPOSE = 'classes.feed';

/** Words of the calendar, in the language of whoever reads it; this file knows none. */
export type FeedWords = {
	title: (name: string) => string;
	summary: (session: { topic: string; class: string; teaches: boolean }) => string;
	description: (session: FeedSession) => string;
};

export type FeedSession = {
	id: string;
	topic: string;
	class: string;
	classId: string;
	code: string;
	mode: string;
	place: string;
	link: string | null;
	latitude: number | null;
	longitude: number | null;
	facilitators: string | null;
	startsAt: Date;
	endsAt: Date;
	edition: number;
	changedAt: Date;
	cancelled: boolean;
	teaches: boolean;
};

/** How long a session stays in the feed after it was held: calendars keep what they saw, phones need not carry it. */
const KEPT_DAYS = 180;

/**
 * The calendar behind a secret address: what its person attends and teaches. Refuses (404, saying nothing): no such
 * address, taken back, past its time, or its person has left.
 */
export async function feedOf(
	secret: string,
	now: Date,
	words: FeedWords,
	origin: string,
	kysely?: Kysely<DB>
): Promise<string> {
	const agencyId = agencyOfSecret(secret);
	if (agencyId === null) throw missing();
	return reading(
		agencyId,
		async (db) => {
			const holder = await holderOf(db, agencyId, secret, now);
			const sessions = await sessionsFor(db, agencyId, holder.personId, now);
			return written(sessions, { ...holder, words, origin, now });
		},
		kysely
	);
}

async function holderOf(db: Db, agencyId: string, secret: string, now: Date) {
	const rows = await sql<{ personId: string; name: string; code: string; zone: string }>`
		select p.id as "personId", p.name, a.code, a.time_zone as zone
		from platform.link l
		join platform.agency a on a.agency_id = l.agency_id
		join people.person p on p.agency_id = l.agency_id and p.id = l.subject_id and p.active
		where l.agency_id = ${agencyId} and l.token_hash = ${hashOf(secret)} and l.purpose = ${FEED_PURPOSE}
			and l.revoked_at is null and l.expires_at > ${now}`.execute(db);
	const holder = rows.rows[0];
	if (!holder) throw missing();
	return holder;
}

async function sessionsFor(db: Db, agencyId: string, personId: string, now: Date): Promise<FeedSession[]> {
	const rows = await sql<FeedSession>`
		with mine as (
			select s.id, false as teaches from classes.registration r
			join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id
			join classes.session s on s.agency_id = r.agency_id and s.class_id = r.class_id
			where r.agency_id = ${agencyId} and r.person_id = ${personId}
				and (r.status in ('enrolled', 'passed', 'failed') or (r.status = 'rejected' and c.status = 'cancelled'))
				and (not exists (select from classes.session_member m where m.agency_id = s.agency_id and m.session_id = s.id)
					or exists (select from classes.session_member m where m.agency_id = s.agency_id and m.session_id = s.id and m.person_id = r.person_id))
			union all
			select f.session_id, true from classes.session_facilitator f
			where f.agency_id = ${agencyId} and f.person_id = ${personId} and f.cancelled_at is null
		)
		select s.id, s.topic, c.name as class, c.id as "classId", c.code, s.mode, coalesce(r.name || nullif(', ' || r.address, ', '), s.place) as place,
			s.meeting_link as link, coalesce(s.latitude, r.latitude) as latitude, coalesce(s.longitude, r.longitude) as longitude,
			(select string_agg(p.name, ', ' order by f.sort) from classes.session_facilitator f
				join people.person p on p.agency_id = f.agency_id and p.id = f.person_id
				where f.agency_id = s.agency_id and f.session_id = s.id and f.cancelled_at is null) as facilitators,
			s.starts_at as "startsAt", s.ends_at as "endsAt", s.edition, coalesce(s.changed_at, c.created_at) as "changedAt",
			s.cancelled_at is not null as cancelled, bool_or(m.teaches) as teaches
		from mine m
		join classes.session s on s.agency_id = ${agencyId} and s.id = m.id
		join classes.class c on c.agency_id = s.agency_id and c.id = s.class_id
		left join classes.room r on r.agency_id = s.agency_id and r.id = s.room_id
		where s.ends_at > ${new Date(now.getTime() - KEPT_DAYS * 86_400_000)}
		group by s.agency_id, s.id, c.agency_id, c.id, r.agency_id, r.id
		order by s.starts_at, s.id limit 2000`.execute(db);
	return rows.rows;
}

type Feed = { name: string; code: string; words: FeedWords; origin: string; now: Date };

/**
 * RFC 5545. Times are in UTC, so that no program has to know an Indonesian zone; the UID is the session's own and never
 * changes, SEQUENCE counts its saves, and what was called off stays with STATUS:CANCELLED until it has passed.
 */
function written(sessions: readonly FeedSession[], { name, code, words, origin, now }: Feed): string {
	const calendar = ical({
		name: words.title(name),
		prodId: { company: 'Asah', product: 'Kelas', language: 'ID' },
		method: ICalCalendarMethod.PUBLISH,
		ttl: 60 * 60
	});
	for (const session of sessions)
		calendar.createEvent({
			id: `${session.id}@${code}.asah`,
			sequence: session.edition - 1,
			stamp: now,
			created: null,
			lastModified: session.changedAt,
			start: session.startsAt,
			end: session.endsAt,
			summary: words.summary(session),
			description: words.description(session),
			location: locationOf(session),
			url: `${origin}/classes/${session.classId}`,
			status: session.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
			// At one's own pace nobody is busy; a calendar shows the hours without blocking them.
			transparency:
				session.cancelled || session.mode === 'self_paced'
					? ICalEventTransparency.TRANSPARENT
					: ICalEventTransparency.OPAQUE
		});
	return calendar.toString();
}

function locationOf({ place, link, latitude, longitude }: FeedSession) {
	const title = [place, link ?? ''].filter((part) => part !== '').join(' · ');
	if (title === '') return null;
	return latitude === null || longitude === null
		? { title }
		: { title, geo: { lat: latitude, lon: longitude } };
}
