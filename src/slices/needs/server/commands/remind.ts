import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '#platform/db/db.ts';
import { refreshStatistics } from '#platform/db/refresh-statistics.ts';
import { putDownLetters } from '#platform/mail/letters.ts';
import { mailer } from '#platform/mail/mail.ts';
import { command } from '#platform/work/command.ts';
import { canRunCampaigns } from '../../access.ts';
import { REMINDER } from '../../reminder.ts';
import { leftAlone, ratersOf } from '../queries/reminders.ts';

export type Reminded = {
	/** People for whom something waits: each sees it on their first page. */
	inApp: number;
	/** Of them those to whom a letter was put down now. */
	byEmail: number;
	/** Those who have no office e-mail. */
	withoutAddress: number;
	/** People for whom something waits and who are left alone, because they asked that processing be limited. */
	restricted: number;
};

/**
 * Puts a letter down for everybody whom the open campaign still waits for, once a day each however often this runs, and
 * none for who is done or asked for a limit of processing (UU 27/2022 Ps 11). Left out as well: whoever still has one waiting or got a late one today, and addresses that were
 * refused, until they are others. Without a mail server it only counts.
 */
export const remindNeeds = command(
	'needs.remind',
	z.object({}),
	async ({ tx, actor, now, today, permit, note }): Promise<Reminded> => {
		permit(canRunCampaigns(actor));
		const open = await openToday(tx, today);
		if (open === undefined) return { inApp: 0, byEmail: 0, withoutAddress: 0, restricted: 0 };
		const { personIds, ...counts } = await mark(tx, open, today, mailer() !== null);
		const latest = new Date(now.getTime() + GOOD_FOR_MS);
		const byEmail = await putDownLetters(tx, {
			agencyId: actor.agencyId,
			kind: REMINDER,
			aboutId: open.id,
			personIds,
			now,
			expiresAt: latest < open.ends ? latest : open.ends
		});
		if (byEmail > 0) await refreshStatistics(tx, 'needs.reminder', 'platform.letter');
		note({ reminded: byEmail });
		return { ...counts, byEmail };
	},
	{ summary: 'Remind everybody whom the open campaign still waits for, by e-mail, once a day at most' }
);

/** After three days without a mail server a reminder is given up, and said to be. */
const GOOD_FOR_MS = 3 * 24 * 3_600_000;

/** `began` and `ends`: this day's first instant and the campaign's last, in the agency's zone. */
type Open = { id: string; began: Date; ends: Date };

async function openToday(tx: Tx, today: string): Promise<Open | undefined> {
	const { rows } = await sql<Open>`
		select c.id, (${today}::date)::timestamp at time zone a.time_zone as began,
			(c.closes_on + 1)::timestamp at time zone a.time_zone as ends
		from needs.campaign c
		join platform.agency a on a.agency_id = c.agency_id
		where c.agency_id = (select platform.current_agency()) and c.status = 'open' and ${today}::date between c.opens_on and c.closes_on
		limit 1`.execute(tx);
	return rows[0];
}

type Marked = Omit<Reminded, 'byEmail'> & { personIds: string[] };

/** Marked as reminded today in the same statement that chooses them: two runs at once choose nobody twice. */
async function mark(tx: Tx, { id, began }: Open, today: string, sends: boolean): Promise<Marked> {
	const { rows } = await sql<Marked>`
		with waiting as materialized (
			select p.agency_id, p.id, p.email from people.person p
			where p.agency_id = (select platform.current_agency()) and p.active and not p.restricted and p.id in (${ratersOf(id)})
		), marked as (
			insert into needs.reminder (agency_id, campaign_id, person_id, sent_on, channel)
			select w.agency_id, ${id}, w.id, ${today}::date, 'email' from waiting w
			where ${sends} and w.email is not null and not exists (
				select from platform.letter l
				where l.agency_id = w.agency_id and l.about_id = ${id} and l.kind = ${REMINDER} and l.person_id = w.id
					and (l.status = 'waiting' or l.status = 'sent' and l.finished_at >= ${began}
						or l.refused_hash = encode(sha256(convert_to(w.email, 'UTF8')), 'hex'))
			)
			order by w.id
			on conflict do nothing returning person_id
		)
		select (select count(*) from waiting)::int as "inApp", (select count(*) from waiting where email is null)::int as "withoutAddress",
			(${leftAlone(id)})::int as restricted,
			array(select person_id from marked)::text[] as "personIds"`.execute(tx);
	return rows[0] ?? { inApp: 0, withoutAddress: 0, restricted: 0, personIds: [] };
}
