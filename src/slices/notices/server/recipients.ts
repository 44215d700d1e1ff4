import { sql, type RawBuilder } from 'kysely';
import { kindRows, quietFrom, quietTo } from './rows.ts';

/** After a week without a mail server, or one to open it by hand, a letter is given up; before, when it is moot. */
const GOOD_FOR_DAYS = 7;

/**
 * To whom of these notices something is sent at once outside the app, as rows `(about_id, person_id, next_at,
 * expires_at)` for `putDownLettersOf`: whoever chose that channel for the category (or chose nothing, where it is usual),
 * from the end of their quiet hours. Left out: who asked that processing be limited, and what would come too late.
 * @law UU 27/2022 Ps 11
 */
export const recipients = (
	channel: 'mail' | 'push',
	noticeIds: readonly string[],
	now: Date
): RawBuilder<unknown> => sql`
	select w.about_id, w.person_id, w.next_at, w.expires_at from (
		select n.id as about_id, n.person_id, notices.after_quiet(${now}::timestamptz, a.time_zone, ${quietFrom}, ${quietTo}) as next_at,
			least(n.good_until, ${now}::timestamptz + make_interval(days => ${sql.lit(GOOD_FOR_DAYS)})) as expires_at
		from notices.notice n
		join ${kindRows} k on k.kind = n.kind
		join people.person p on p.agency_id = n.agency_id and p.id = n.person_id and p.active and not p.restricted
		join platform.agency a on a.agency_id = n.agency_id
		left join notices.preference f on f.agency_id = n.agency_id and f.person_id = n.person_id and f.category = k.category
		left join notices.hours q on q.agency_id = n.agency_id and q.person_id = n.person_id
		where n.agency_id = (select platform.current_agency()) and n.id = any(${[...noticeIds]}::uuid[])
			and ${channel === 'mail' ? sql`p.email is not null and coalesce(f.email, k.email) = 'now'` : sql`coalesce(f.push, k.push)`}
	) w where w.next_at < w.expires_at`;
