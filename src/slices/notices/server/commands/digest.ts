import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import type { Db } from '#platform/db/db.ts';
import { refreshStatistics } from '#platform/db/refresh-statistics.ts';
import { putDownLettersOf } from '#platform/mail/letters.ts';
import { command } from '#platform/work/command.ts';
import { canTell } from '../../access.ts';
import { DIGEST_LETTER, NOTICE_LETTER } from '../../model.ts';
import { digestHour, kindRows, quietFrom, quietTo } from '../rows.ts';
import { KEPT_DAYS } from './read.ts';

/** What nobody read for so long is in no daily letter any more. */
const OLDEST_DAYS = 14;
const GOOD_FOR_DAYS = 3;
const MANY = 1000;

/**
 * Unread notices for the daily letter of those whose hour has come today and who got none yet: what came before that
 * hour, and what stood in a letter that was given up without anybody refusing it.
 * @law UU 27/2022 Ps 11
 */
const due = (now: Date): RawBuilder<unknown> => sql`
	select n.agency_id, n.id, n.person_id, t.day
	from notices.notice n
	join ${kindRows} k on k.kind = n.kind
	join people.person p on p.agency_id = n.agency_id and p.id = n.person_id and p.active and not p.restricted and p.email is not null
	join platform.agency a on a.agency_id = n.agency_id
	left join notices.preference f on f.agency_id = n.agency_id and f.person_id = n.person_id and f.category = k.category
	left join notices.hours q on q.agency_id = n.agency_id and q.person_id = n.person_id
	cross join lateral (select (${now}::timestamptz at time zone a.time_zone)::date as day) t
	cross join lateral (select (t.day + make_time(${digestHour}, 0, 0)) at time zone a.time_zone as at) hour
	where n.agency_id = (select platform.current_agency()) and n.read_at is null and coalesce(f.email, k.email) = 'digest'
		and ${now}::timestamptz >= hour.at and n.created_at < hour.at and n.created_at > ${now}::timestamptz - make_interval(days => ${sql.lit(OLDEST_DAYS)})
		and (n.good_until is null or n.good_until > ${now}::timestamptz)
		and not exists (select from notices.digest d where d.agency_id = n.agency_id and d.person_id = n.person_id and d.on_day = t.day)
		and (n.digest_id is null or exists (
			select from platform.letter l where l.agency_id = n.agency_id and l.about_id = n.digest_id and l.kind = ${DIGEST_LETTER}
				and l.person_id = n.person_id and l.status = 'failed' and l.refused_hash is null))`;

type Due = {
	digest: boolean;
	old: boolean;
	/** Letters wait about what was read in the app, or is past. */
	moot: boolean;
};

/** Is there something for the clock to do: daily letters to put down, notices to forget, letters to drop. */
export async function noticesDue(db: Db, now: Date): Promise<Due> {
	const { rows } = await sql<Due>`
		select exists (${due(now)}) as digest, exists (
			select from notices.notice where agency_id = (select platform.current_agency())
				and read_at < ${now}::timestamptz - make_interval(days => ${sql.lit(KEPT_DAYS)})) as old, exists (
			select from platform.letter l where l.agency_id = (select platform.current_agency()) and l.status = 'waiting'
				and l.kind in (${NOTICE_LETTER}, ${DIGEST_LETTER}) and not exists (
					select from notices.notice n where n.agency_id = l.agency_id and n.person_id = l.person_id and n.read_at is null
						and l.about_id = case l.kind when ${NOTICE_LETTER} then n.id else n.digest_id end
						and (n.good_until is null or n.good_until > ${now}::timestamptz))) as moot`.execute(db);
	return rows[0] ?? { digest: false, old: false, moot: false };
}

/** One letter a day to whoever wants one, with everything unread in it; two clocks at once put down one. */
export const putDownDigests = command(
	'notices.digest',
	z.object({}),
	async ({ tx, actor, now, permit, note }) => {
		permit(canTell(actor));
		const { rows } = await sql<{ id: string }>`
			with due as materialized (${due(now)}), made as (
				insert into notices.digest (agency_id, person_id, on_day, created_at)
				select distinct agency_id, person_id, day, ${now}::timestamptz from due
				on conflict on constraint digest_once do nothing returning agency_id, id, person_id
			), put as (
				update notices.notice n set digest_id = made.id
				from due join made on made.agency_id = due.agency_id and made.person_id = due.person_id
				where n.agency_id = due.agency_id and n.id = due.id
			)
			select id from made`.execute(tx);
		const ids = rows.map(({ id }) => id);
		const letters =
			ids.length === 0
				? 0
				: await putDownLettersOf(tx, {
						agencyId: actor.agencyId,
						kind: DIGEST_LETTER,
						now,
						rows: sql`
							select d.id as about_id, d.person_id, notices.after_quiet(${now}::timestamptz, a.time_zone, ${quietFrom}, ${quietTo}) as next_at,
								${now}::timestamptz + make_interval(days => ${sql.lit(GOOD_FOR_DAYS)}) as expires_at
							from notices.digest d
							join platform.agency a on a.agency_id = d.agency_id
							left join notices.hours q on q.agency_id = d.agency_id and q.person_id = d.person_id
							where d.agency_id = ${actor.agencyId} and d.id = any(${ids}::uuid[])`
					});
		if (letters >= MANY) await refreshStatistics(tx, 'notices.notice', 'notices.digest', 'platform.letter');
		note({ letters });
		return { letters };
	},
	{ summary: 'Put down the daily letters of notices' }
);
