import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canAdjustRaters } from '../../access.ts';
import type { Campaign } from '../../model.ts';

export type ChosenRater = {
	raterId: string;
	name: string;
	postTitle: string;
	unitName: string;
	origin: string;
};
export type Candidate = { personId: string; name: string; postTitle: string; load: number };

export type RatersSheet = {
	person: { personId: string; name: string; postTitle: string; unitName: string };
	adjustUntil: string | null;
	most: number;
	peers: ChosenRater[];
	/** Subordinates are told by number: who of a team rates its head is not the head's to know. */
	subordinates: number;
	/** Colleagues of the same office who could be put in, those with the fewest people to rate first. */
	candidates: Candidate[];
};

/**
 * Who was chosen to rate somebody as a peer, for whoever may change it; never whether they have answered. Refuses:
 * missing otherwise.
 */
export async function ratersOf(
	db: Db,
	actor: Actor,
	campaign: Campaign,
	personId: string
): Promise<RatersSheet> {
	const { rows } = await sql<{
		name: string;
		postTitle: string;
		unitName: string;
		unitPath: string;
		supervisorId: string | null;
		adjustUntil: string | null;
		most: number;
		subordinates: number;
	}>`
		select s.name, s.post_title as "postTitle", s.unit_name as "unitName", s.unit_path::text as "unitPath",
			s.supervisor_id as "supervisorId", c.adjust_until as "adjustUntil", c.most_per_rater as most,
			(select count(*)::int from needs.assignment a where a.agency_id = t.agency_id and a.campaign_id = t.campaign_id
				and a.person_id = t.person_id and a.source = 'subordinate') as subordinates
		from needs.target t
		join needs.campaign c on c.agency_id = t.agency_id and c.id = t.campaign_id and 'peer' = any(c.raters)
		join people.staff s on s.agency_id = t.agency_id and s.person_id = t.person_id
		where t.agency_id = (select platform.current_agency()) and t.campaign_id = ${campaign.id} and t.person_id = ${personId}`.execute(
		db
	);
	const [row] = rows;
	if (row === undefined || !canAdjustRaters(actor, { personId, ...row })) throw missing();
	const peers = await sql<ChosenRater>`
		select a.rater_id as "raterId", s.name, s.post_title as "postTitle", s.unit_name as "unitName", a.origin
		from needs.assignment a
		join people.staff s on s.agency_id = a.agency_id and s.person_id = a.rater_id
		where a.agency_id = (select platform.current_agency()) and a.campaign_id = ${campaign.id} and a.person_id = ${personId}
			and a.source = 'peer'
		order by s.name`.execute(db);
	const candidates = await sql<Candidate>`
		select s.person_id as "personId", s.name, s.post_title as "postTitle", count(a.person_id)::int as load
		from people.staff s
		left join needs.assignment a on a.agency_id = s.agency_id and a.campaign_id = ${campaign.id} and a.rater_id = s.person_id
			and a.source = 'peer'
		where s.agency_id = (select platform.current_agency())
			and s.unit_path <@ subpath(${row.unitPath}::ltree, 0, least(nlevel(${row.unitPath}::ltree), 2))
			and s.person_id <> ${personId} and s.person_id is distinct from ${row.supervisorId}
			and not exists (
				select from needs.assignment b
				where b.agency_id = s.agency_id and b.campaign_id = ${campaign.id} and b.person_id = ${personId} and b.rater_id = s.person_id
			)
		group by s.person_id, s.name, s.post_title, s.unit_path
		having count(a.person_id) < ${row.most}
		order by s.unit_path = ${row.unitPath}::ltree desc, load, s.name limit 100`.execute(db);
	return {
		person: { personId, name: row.name, postTitle: row.postTitle, unitName: row.unitName },
		adjustUntil: row.adjustUntil,
		most: row.most,
		peers: peers.rows,
		subordinates: row.subordinates,
		candidates: candidates.rows
	};
}
