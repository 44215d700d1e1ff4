import { sql } from 'kysely';
import { z } from 'zod';
import { command } from '#platform/work/command.ts';
import { canRunCampaigns } from '../../access.ts';

export type Reminded = {
	personId: string;
	name: string;
	email: string;
	campaign: string;
	closesOn: string;
	/** Forms that wait for them: about themselves, and about others. */
	own: number;
	others: number;
};

/**
 * Who is to be reminded today, marked as reminded in the same statement: nobody twice a day however often this runs,
 * and nobody who is done. Only people with an office e-mail; everybody sees what waits on their first page anyway.
 */
export const remindNeeds = command(
	'needs.remind',
	z.object({}),
	async ({ tx, actor, today, permit, note }): Promise<{ letters: Reminded[] }> => {
		permit(canRunCampaigns(actor));
		const { rows } = await sql<Reminded>`
			with waiting as (
				select d.campaign_id, d.rater_id, (count(*) filter (where d.source = 'self'))::int as own,
					(count(*) filter (where d.source <> 'self'))::int as others
				from needs.campaign c
				join needs.duty d on d.agency_id = c.agency_id and d.campaign_id = c.id and d.done_at is null
				where c.agency_id = (select platform.current_agency()) and c.status = 'open' and ${today}::date between c.opens_on and c.closes_on
				group by d.campaign_id, d.rater_id
			), marked as (
				insert into needs.reminder (agency_id, campaign_id, person_id, sent_on, channel)
				select p.agency_id, w.campaign_id, p.id, ${today}::date, 'email'
				from waiting w
				join people.person p on p.agency_id = (select platform.current_agency()) and p.id = w.rater_id and p.active and p.email is not null
				on conflict do nothing returning campaign_id, person_id
			)
			select p.id as "personId", p.name, p.email, c.name as campaign, c.closes_on as "closesOn", w.own, w.others
			from marked k
			join waiting w on w.campaign_id = k.campaign_id and w.rater_id = k.person_id
			join needs.campaign c on c.agency_id = (select platform.current_agency()) and c.id = k.campaign_id
			join people.person p on p.agency_id = c.agency_id and p.id = k.person_id
			order by p.id`.execute(tx);
		note({ reminded: rows.length });
		return { letters: rows };
	},
	// The names and addresses are for whoever sends them now, not for the table of answers.
	{ keepAnswer: false, summary: 'Mark and list who is to be reminded of the open campaign today' }
);
