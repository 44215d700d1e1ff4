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
	campaign: string;
	closesOn: string;
	/** Forms that wait for them: about themselves, and about others. */
	own: number;
	others: number;
};

/** What one person is to be reminded of now; null when they are done, gone, or the campaign is closed. */
export async function reminderFor(db: Db, campaignId: string, personId: string): Promise<Reminder | null> {
	const { rows } = await sql<Reminder>`
		select p.name, p.email, c.name as campaign, c.closes_on as "closesOn", d.own, d.others
		from needs.campaign c
		join people.person p on p.agency_id = c.agency_id and p.id = ${personId} and p.active
		cross join lateral (
			select (count(*) filter (where d.source = 'self'))::int as own, (count(*) filter (where d.source <> 'self'))::int as others
			from needs.duty d
			where d.agency_id = c.agency_id and d.campaign_id = c.id and d.rater_id = p.id and d.done_at is null
		) d
		where c.agency_id = (select platform.current_agency()) and c.id = ${campaignId} and c.status = 'open' and d.own + d.others > 0`.execute(
		db
	);
	return rows[0] ?? null;
}

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
	/** Of them those whom a letter was put down for today. */
	today: number;
	letters: LettersAbout;
	unreached: Unreached[];
};

/** Names beyond this are mended by an import, not one by one. */
const MOST = 200;

/** How reminding goes, for whoever runs campaigns; for anybody else there is no such page. */
export async function remindersOf(
	db: Db,
	actor: Actor,
	campaignId: string,
	today: string
): Promise<Reminders> {
	if (!canRunCampaigns(actor)) throw missing();
	const { rows } = await sql<{ waiting: number; withoutAddress: number; today: number }>`
		select count(*)::int as waiting, (count(*) filter (where p.email is null))::int as "withoutAddress", count(r.person_id)::int as today
		from people.person p
		left join needs.reminder r on r.agency_id = p.agency_id and r.campaign_id = ${campaignId} and r.person_id = p.id and r.sent_on = ${today}::date
		where p.agency_id = (select platform.current_agency()) and p.active and p.id in (${ratersOf(campaignId)})`.execute(
		db
	);
	const { rows: unreached } = await sql<Unreached>`
		select p.id as "personId", p.name, coalesce(s.unit_name, '') as "unitName", case when p.email is not null then l.error end as why
		from people.person p
		left join people.staff s on s.agency_id = p.agency_id and s.person_id = p.id
		left join lateral (
			select status, error, refused_hash from platform.letter
			where agency_id = p.agency_id and kind = ${REMINDER} and about_id = ${campaignId} and person_id = p.id and status in ('sent', 'failed')
			order by finished_at desc limit 1
		) l on true
		where p.agency_id = (select platform.current_agency()) and p.active and p.id in (${ratersOf(campaignId)})
			and (p.email is null or l.status = 'failed'
				and (l.refused_hash is null or l.refused_hash = encode(sha256(convert_to(p.email, 'UTF8')), 'hex')))
		order by (p.email is null), s.unit_path, p.name limit ${sql.lit(MOST)}`.execute(db);
	return {
		...(rows[0] ?? { waiting: 0, withoutAddress: 0, today: 0 }),
		letters: await lettersAbout(db, REMINDER, campaignId),
		unreached
	};
}

/** Everybody for whom something still waits in a campaign, once or more often. */
export const ratersOf = (campaignId: string) => sql`
	select d.rater_id from needs.duty d
	where d.agency_id = (select platform.current_agency()) and d.campaign_id = ${campaignId} and d.done_at is null`;
