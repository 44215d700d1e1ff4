import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { lettersAbout, type LettersAbout } from '#platform/mail/letters.ts';
import { canRunCampaigns } from '../../access.ts';
import { REMINDER } from '../../reminder.ts';

export type Reminder = {
	name: string;
	/** Null: no office e-mail is known any more. */
	email: string | null;
	/** That they chose for the screen; null: they never did. */
	language: string | null;
	campaign: string;
	closesOn: string;
	/** Forms that wait for them: about themselves, and about others. */
	own: number;
	others: number;
};

/** What one person is to be reminded of now; null when they are done, gone, asked to be left alone, or the campaign is closed. */
export async function reminderFor(db: Db, campaignId: string, personId: string): Promise<Reminder | null> {
	const { rows } = await sql<Reminder>`
		select p.name, p.email, p.language, c.name as campaign, c.closes_on as "closesOn", n.own, n.others
		from needs.campaign c
		join people.person p on p.agency_id = c.agency_id and p.id = ${personId} and p.active and not p.restricted
		cross join lateral (
			select count(*) filter (where d.source = 'self') as own, count(*) filter (where d.source <> 'self') as chosen
			from needs.duty d
			where d.agency_id = c.agency_id and d.campaign_id = c.id and d.rater_id = p.id and d.done_at is null and d.source <> 'supervisor'
		) d
		cross join lateral (select d.own::int as own, (d.chosen + ${TEAM})::int as others) n
		where c.agency_id = (select platform.current_agency()) and c.id = ${campaignId} and c.status = 'open' and n.own + n.others > 0`.execute(
		db
	);
	return rows[0] ?? null;
}

/** Who supervises whom is worked out for everybody at once: 50 ms in a city, and asked only of the few who lead. */
const TEAM = sql`
	case when exists (
		select from people.unit u
		where u.agency_id = p.agency_id and p.id in (u.leader_person_id, u.upper_person_id, u.head_upper_person_id)
	) or exists (
		select from people.person x where x.agency_id = p.agency_id and x.supervisor_person_id = p.id
	) then (
		select count(*) from needs.duty d
		where d.agency_id = c.agency_id and d.campaign_id = c.id and d.rater_id = p.id and d.done_at is null and d.source = 'supervisor'
	) else 0 end`;

export type Unreached = {
	personId: string;
	name: string;
	unitName: string;
	/** Message key of what was wrong with the last letter; null: there is no address to write to. */
	why: string | null;
};

export type Reminders = {
	/** People for whom something waits; each sees it on their first page. */
	waiting: number;
	withoutAddress: number;
	/** For whom something waits as well, and who are left alone because they asked that processing be limited. */
	restricted: number;
	/** Of them those whom a letter was put down for today. */
	today: number;
	letters: LettersAbout;
	/** Whom no letter reaches: how many in all, and one page of them. */
	missed: number;
	unreached: Unreached[];
};

/** How reminding goes, for whoever runs campaigns; for anybody else there is no such page. */
export async function remindersOf(
	db: Db,
	actor: Actor,
	campaignId: string,
	today: string,
	list: { size: number; offset: number }
): Promise<Reminders> {
	if (!canRunCampaigns(actor)) throw missing();
	const { rows } = await sql<Omit<Reminders, 'letters'>>`
		with waiting as materialized (
			select p.id, p.name, p.email from people.person p
			where p.agency_id = (select platform.current_agency()) and p.active and not p.restricted and p.id in (${ratersOf(campaignId)})
		), missed as materialized (${missedOf(campaignId)})
		select (select count(*) from waiting)::int as waiting, (select count(*) from waiting where email is null)::int as "withoutAddress",
			(${leftAlone(campaignId)})::int as restricted,
			(
				select count(*) from needs.reminder r join waiting w on w.id = r.person_id
				where r.agency_id = (select platform.current_agency()) and r.campaign_id = ${campaignId} and r.sent_on = ${today}::date
			)::int as today,
			(select count(*) from missed)::int as missed,
			coalesce((
				select json_agg(u) from (
					select m.id as "personId", m.name, coalesce(s.unit_name, '') as "unitName", m.why
					from missed m
					left join people.staff s on s.agency_id = (select platform.current_agency()) and s.person_id = m.id
					order by m.why is null desc, m.name, m.id limit ${list.size} offset ${list.offset}
				) u
			), '[]') as unreached`.execute(db);
	const [row] = rows;
	if (row === undefined) throw missing();
	return { ...row, letters: await lettersAbout(db, REMINDER, campaignId) };
}

/** Of `waiting`: whoever has no address, and whose last letter failed at the one they still have. */
const missedOf = (campaignId: string) => sql`
	select w.id, w.name, case when w.email is not null then l.error end as why
	from waiting w
	left join (
		select distinct on (person_id) person_id, status, error, refused_hash from platform.letter
		where agency_id = (select platform.current_agency()) and kind = ${REMINDER} and about_id = ${campaignId} and status in ('sent', 'failed')
		order by person_id, finished_at desc
	) l on l.person_id = w.id
	where w.email is null or l.status = 'failed'
		and (l.refused_hash is null or l.refused_hash = encode(sha256(convert_to(w.email, 'UTF8')), 'hex'))`;

/** @law UU 27/2022 Ps 11 */
export const leftAlone = (campaignId: string) => sql`
	select count(*) from people.person p
	where p.agency_id = (select platform.current_agency()) and p.active and p.restricted and p.id in (${ratersOf(campaignId)})`;

/** Everybody for whom something still waits in a campaign, once or more often. */
export const ratersOf = (campaignId: string) => sql`
	select d.rater_id from needs.duty d
	where d.agency_id = (select platform.current_agency()) and d.campaign_id = ${campaignId} and d.done_at is null`;
