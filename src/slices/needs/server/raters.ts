import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import { SMALLEST_RATER_GROUP } from '../instrument.ts';

/**
 * Proposes who rates whom as a peer or a subordinate, for everybody in the campaign who has nobody yet; one statement
 * for a whole city. Peers sit in a ring of the same unit and kind of post (heads: of the same level under the same
 * unit), in an order drawn from the campaign's name and the NIP, so that anybody can draw it again; each is rated by the next few, so everybody rates as many as rate
 * them and nobody more. A ring too small to be shown as a group is joined with the others of its office. Returns how
 * many pairs there are.
 */
export async function proposeRaters(tx: Tx, campaignId: string): Promise<number> {
	const { rows } = await sql<{ pairs: number }>`
		with c as materialized (
			select id, agency_id, year || ' ' || name || ' ' as lot, raters, group_post_kinds, least(peers, most_per_rater)::int as peers, subordinates::int
			from needs.campaign where agency_id = (select platform.current_agency()) and id = ${campaignId}
		), lacking as materialized (
			select t.person_id from needs.target t
			cross join c
			join people.staff s on s.agency_id = t.agency_id and s.person_id = t.person_id
				and (cardinality(c.group_post_kinds) = 0 or s.post_kind = any(c.group_post_kinds))
			where t.agency_id = (select platform.current_agency()) and t.campaign_id = ${campaignId} and not exists (
				select from needs.assignment a
				where a.agency_id = t.agency_id and a.campaign_id = t.campaign_id and a.person_id = t.person_id
			)
		), member as materialized (
			select s.person_id, s.supervisor_id, md5((select lot from c) || coalesce(s.nip, s.person_id::text)) as drawn,
				concat_ws(' ', case when h.leads then u.parent_id else u.id end, h.leads, case when h.leads then s.post_level else s.post_kind end) as near,
				concat_ws(' ', subpath(s.unit_path, 0, least(nlevel(s.unit_path), 2)), h.leads, case when h.leads then s.post_level else s.post_kind end) as wide
			from people.staff s
			join people.unit u on u.agency_id = s.agency_id and u.id = s.unit_id
			cross join lateral (select u.head_person_id is not distinct from s.person_id as leads) h
			where s.agency_id = (select platform.current_agency())
		), ringed as (
			select person_id, supervisor_id, drawn, case when count(*) over (partition by near) > ${SMALLEST_RATER_GROUP} then near else 'office ' || wide end as ring
			from member
		), placed as materialized (
			select person_id, supervisor_id, ring, count(*) over (partition by ring)::int as size,
				(row_number() over (partition by ring order by drawn, person_id) - 1)::int as place
			from ringed
		), peer as (
			select p.person_id, r.person_id as rater_id, 'peer' as source
			from lacking l
			join placed p on p.person_id = l.person_id
			join c on 'peer' = any(c.raters)
			cross join lateral generate_series(1, least(c.peers, p.size - 1)) as step
			join placed r on r.ring = p.ring and r.place = (p.place + step) % p.size
			where r.person_id is distinct from p.supervisor_id and p.person_id is distinct from r.supervisor_id
		), ranked as (
			select s.supervisor_id as person_id, s.person_id as rater_id,
				row_number() over (partition by s.supervisor_id order by s.drawn, s.person_id) as place
			from member s join lacking l on l.person_id = s.supervisor_id
			where s.supervisor_id <> s.person_id
		), subordinate as (
			select k.person_id, k.rater_id, 'subordinate' as source
			from ranked k join c on 'subordinate' = any(c.raters) where k.place <= c.subordinates
		), written as (
			insert into needs.assignment (agency_id, campaign_id, person_id, rater_id, source, origin)
			select (select platform.current_agency()), ${campaignId}, w.person_id, w.rater_id, w.source, 'proposed'
			from (select * from subordinate union all select * from peer) w
			on conflict (agency_id, campaign_id, person_id, rater_id) do nothing
			returning 1
		)
		select count(*)::int as pairs from written`.execute(tx);
	return rows[0]?.pairs ?? 0;
}
