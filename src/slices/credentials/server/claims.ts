import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import type { LearningHours } from '../jp.ts';
import { holdsItsDays } from '../jp-overlap.ts';
import type { HoursAmongDays } from '../jp-day-cap.ts';
import { settingOn, type YearBy } from '../jp-setting.ts';
import { hoursOfClaim, type ExternalLearning } from '../rules.ts';
import { jpSettings } from './jp-settings.ts';
import { jpRates } from './rates.ts';
import { UNDER_CAP } from './under-cap.ts';

/** Claims of one person, and decisions on them, wait for each other: each sees what the other made count. */
export async function oneAtATime(tx: Tx, personId: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`credentials.claim:${personId}`}, 0))`.execute(
		tx
	);
}

/** An entry that is the same learning again: same certificate number or same name and days, or the same days in our own classes. */
export async function claimTwin(
	db: Db,
	agencyId: string,
	personId: string,
	key: string,
	claim: { title: string; startsOn: string; endsOn: string },
	itself: string | null = null
): Promise<{ title: string; endsOn: string } | undefined> {
	const rows = await sql<{ title: string; endsOn: string }>`
		select title, ends_on as "endsOn" from credentials.jp_entry
		where agency_id = ${agencyId} and person_id = ${personId} and status in ('counted', 'waiting', 'revise')
			and id is distinct from ${itself}::uuid and (duplicate_key = ${key}
				or (lower(title) = lower(${claim.title}) and starts_on = ${claim.startsOn}::date and ends_on = ${claim.endsOn}::date))
		limit 1`.execute(db);
	return rows.rows[0];
}

/** JP of a claim by the rates and settings in force at its end, beside everything of its form that counts by now. */
export async function claimHours(
	db: Db,
	agencyId: string,
	personId: string,
	claim: ExternalLearning
): Promise<Extract<LearningHours, { ok: true }> & { yearBy: YearBy }> {
	const counted = await sql<HoursAmongDays & { times: number }>`
		select e.starts_on as "startsOn", e.ends_on as "endsOn", ${UNDER_CAP} as hours,
			case when e.class_id is null then coalesce(e.amount, 1)
				else (select count(*) from credentials.jp_time t, unnest(t.during) where t.agency_id = e.agency_id and t.entry_id = e.id) end::int as times
		from credentials.jp_entry e
		where e.agency_id = ${agencyId} and e.person_id = ${personId} and e.form = ${claim.form} and e.status = 'counted'`.execute(
		db
	);
	const setting = settingOn(await jpSettings(db), claim.endsOn);
	const hours = hoursOfClaim(
		await jpRates(db, agencyId),
		claim,
		{
			countedBeside: counted.rows,
			countedBefore: counted.rows.flatMap(({ startsOn, times }) =>
				Array.from({ length: times }, () => startsOn)
			)
		},
		setting.rounding
	);
	if (!hours.ok) throw refused(hours.code, hours.params);
	return { ...hours, yearBy: setting.yearBy };
}

/** An entry of the ledger, locked, with the claim as it was made and where its person works; missing when there is none. */
export async function lockEntry(tx: Tx, agencyId: string, entryId: string) {
	const rows = await sql<
		ExternalLearning & {
			id: string;
			personId: string;
			unitPath: string;
			status: string;
			certificateOn: string | null;
		}
	>`
		select e.id, e.person_id as "personId", coalesce(s.unit_path::text, '') as "unitPath", e.status, e.form,
			e.starts_on as "startsOn", e.ends_on as "endsOn", coalesce(e.amount, e.learning_hours) as amount, e.abroad,
			e.certificate_on as "certificateOn"
		from credentials.jp_entry e
		left join people.staff s on s.agency_id = e.agency_id and s.person_id = e.person_id
		where e.agency_id = ${agencyId} and e.id = ${entryId} for update of e`.execute(tx);
	const entry = rows.rows[0];
	if (!entry) throw missing();
	return entry;
}

type Counted = { id: string; personId: string; startsOn: string; endsOn: string };

/**
 * Without times a claim takes the office hours (08-16) of each of its days: a shared day is an overlap. Refuses it with
 * the name of what has the hours; between two at once the database's own constraint decides.
 */
export async function takeOfficeHours(
	tx: Tx,
	agencyId: string,
	rate: Parameters<typeof holdsItsDays>[0],
	entry: Counted
): Promise<void> {
	if (!holdsItsDays(rate)) return;
	// A series of dates is one of timestamptz: without ::date the hours would be the server's, not the agency's.
	const hours = sql`
		select range_agg(tstzrange((d::date + time '08:00') at time zone a.time_zone, (d::date + time '16:00') at time zone a.time_zone)) as during
		from platform.agency a, generate_series(${entry.startsOn}::date, ${entry.endsOn}::date, interval '1 day') as d
		where a.agency_id = ${agencyId}`;
	const taken = await sql<{ title: string; endsOn: string }>`
		select e.title, e.ends_on as "endsOn" from (${hours}) h
		join credentials.jp_time t on t.agency_id = ${agencyId} and t.person_id = ${entry.personId} and t.during && h.during
		join credentials.jp_entry e on e.agency_id = t.agency_id and e.id = t.entry_id
		order by lower(t.during) limit 1`.execute(tx);
	const [twin] = taken.rows;
	if (twin) throw refused('credentials.claim.overlapWith', { title: twin.title, on: twin.endsOn });
	await sql`
		insert into credentials.jp_time (agency_id, entry_id, person_id, during)
		select ${agencyId}, ${entry.id}, ${entry.personId}, h.during from (${hours}) h`.execute(tx);
}
