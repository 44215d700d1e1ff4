import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { hasNotices } from '../../access.ts';
import {
	CATEGORIES,
	emailMode,
	kindOf,
	kindsIn,
	noticeFacts,
	USUAL_HOURS,
	type Category,
	type EmailMode,
	type Kind,
	type NoticeFacts
} from '../../model.ts';

export type Notice = {
	id: string;
	kind: Kind;
	facts: NoticeFacts;
	at: Date;
	/** Day in the agency's zone. */
	day: string;
	read: boolean;
};

type Row = Omit<Notice, 'kind' | 'facts'> & { kind: string; facts: unknown; total: number; unread: number };

/** One's own notices, newest first: a page of them, how many there are under the filter, and how many are unread in all. */
export async function noticesOf(
	db: Db,
	actor: Actor,
	filter: { category: Category | null; unread: boolean },
	slice: { limit: number; offset: number }
): Promise<{ notices: Notice[]; total: number; unread: number }> {
	if (!hasNotices(actor)) return { notices: [], total: 0, unread: 0 };
	const kinds = filter.category === null ? null : kindsIn(filter.category);
	const own = sql`n.agency_id = (select platform.current_agency()) and n.person_id = ${actor.personId}::uuid`;
	const { rows } = await sql<Row>`
		with page as (
			select n.*, count(*) over ()::int as total from notices.notice n
			where ${own} and (${kinds}::text[] is null or n.kind = any(${kinds}::text[])) and (not ${filter.unread}::boolean or n.read_at is null)
			order by n.created_at desc, n.id limit ${slice.limit} offset ${slice.offset}
		)
		select p.id, p.kind, p.facts, p.created_at as at, to_char(p.created_at at time zone a.time_zone, 'YYYY-MM-DD') as day,
			p.read_at is not null as read, coalesce(p.total, 0) as total,
			(select count(*)::int from notices.notice n where ${own} and n.read_at is null) as unread
		from platform.agency a left join page p on p.agency_id = a.agency_id
		where a.agency_id = (select platform.current_agency())
		order by p.created_at desc, p.id`.execute(db);
	return {
		notices: rows.flatMap(({ id, kind: text, facts, at, day, read }) => {
			const kind = kindOf(text);
			return kind === null ? [] : [{ id, kind, facts: noticeFacts(facts), at, day, read }];
		}),
		total: rows[0]?.total ?? 0,
		unread: rows[0]?.unread ?? 0
	};
}

export type NoticeSettings = {
	/** Null: the office knows no e-mail of this person. */
	address: string | null;
	email: Record<Category, EmailMode>;
	push: Record<Category, boolean>;
	quietFrom: number;
	quietTo: number;
	digestHour: number;
};

/** How one is told, with the usual where nothing was chosen. Refuses an account without a person. */
export async function settingsOf(db: Db, actor: Actor): Promise<NoticeSettings> {
	const { rows } = await sql<{
		address: string | null;
		quiet_from: number | null;
		quiet_to: number | null;
		digest_hour: number | null;
		chosen: { category: string; email: string; push: boolean }[];
	}>`
		select p.email as address, q.quiet_from, q.quiet_to, q.digest_hour, coalesce((
			select json_agg(json_build_object('category', f.category, 'email', f.email, 'push', f.push)) from notices.preference f
			where f.agency_id = p.agency_id and f.person_id = p.id), '[]') as chosen
		from people.person p left join notices.hours q on q.agency_id = p.agency_id and q.person_id = p.id
		where p.agency_id = (select platform.current_agency()) and p.id = ${actor.personId}::uuid`.execute(db);
	const [row] = rows;
	if (row === undefined) throw missing();
	const chosen = (key: Category) => row.chosen.find(({ category }) => category === key);
	const perCategory = <T>(of: (key: Category) => T): Record<Category, T> => ({
		seats: of('seats'),
		sessions: of('sessions'),
		tasks: of('tasks'),
		results: of('results'),
		surveys: of('surveys'),
		plans: of('plans')
	});
	return {
		address: row.address,
		email: perCategory((key) => emailMode(chosen(key)?.email ?? CATEGORIES[key].email)),
		push: perCategory((key) => chosen(key)?.push ?? CATEGORIES[key].push),
		quietFrom: row.quiet_from ?? USUAL_HOURS.quietFrom,
		quietTo: row.quiet_to ?? USUAL_HOURS.quietTo,
		digestHour: row.digest_hour ?? USUAL_HOURS.digestHour
	};
}

/** Everything kept of somebody here, as data: what they were told and how they chose to be told. */
export async function noticesAbout(db: Db, personId: string) {
	const { rows } = await sql<{ notices: unknown; preferences: unknown; hours: unknown }>`
		select coalesce((
				select json_agg(json_build_object('kind', n.kind, 'facts', n.facts, 'href', n.href, 'at', n.created_at, 'readAt', n.read_at) order by n.created_at)
				from notices.notice n where n.agency_id = (select platform.current_agency()) and n.person_id = ${personId}), '[]') as notices,
			coalesce((
				select json_agg(json_build_object('category', f.category, 'email', f.email, 'push', f.push) order by f.category)
				from notices.preference f where f.agency_id = (select platform.current_agency()) and f.person_id = ${personId}), '[]') as preferences,
			(select json_build_object('quietFrom', q.quiet_from, 'quietTo', q.quiet_to, 'digestHour', q.digest_hour)
				from notices.hours q where q.agency_id = (select platform.current_agency()) and q.person_id = ${personId}) as hours`.execute(
		db
	);
	return rows[0];
}
