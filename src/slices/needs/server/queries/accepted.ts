import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';

export type AcceptedNeed = {
	id: string;
	/** As stored; `topicName` says it in words. */
	topic: string;
	unitId: string;
	unit: string;
	year: number;
	kind: string;
	competencyId: string | null;
	campaignId: string | null;
	people: number;
	quarter: number;
	/** Evidence as it was frozen: people with a likely gap, and their mean shortfall. Null where nothing was measured. */
	gapPeople: number | null;
	gapMean: number | null;
};

const accepted = (where: ReturnType<typeof sql<boolean>>) => sql<AcceptedNeed>`
	select n.id, n.topic, n.unit_id as "unitId", u.name as unit, n.year, n.kind, n.competency_id as "competencyId",
		n.campaign_id as "campaignId", n.people, n.quarter,
		(select count(*)::int from needs.snapshot_person p where p.agency_id = n.agency_id and p.proposal_id = n.id and n.competency_id is not null) as "gapPeople",
		(select round(avg(p.shortfall)::numeric, 2)::float8 from needs.snapshot_person p where p.agency_id = n.agency_id and p.proposal_id = n.id) as "gapMean"
	from needs.proposal n
	join people.unit u on u.agency_id = n.agency_id and u.id = n.unit_id
	where n.agency_id = (select platform.current_agency()) and n.status = 'accepted' and n.merged_into is null and ${where}
	order by n.score desc nulls last, n.topic, u.name limit 500`;

/** Accepted needs of a year, most urgent first, merged ones as one. Asks nobody's permission; the calling room does. */
export async function acceptedNeeds(db: Db, year: number): Promise<AcceptedNeed[]> {
	return (await accepted(sql<boolean>`n.year = ${year}`).execute(db)).rows;
}

/** One of them; undefined when it is not there or not accepted. */
export async function acceptedNeed(db: Db, id: string): Promise<AcceptedNeed | undefined> {
	return (await accepted(sql<boolean>`n.id = ${id}`).execute(db)).rows[0];
}
