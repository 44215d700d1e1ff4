import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { orderBy } from '#platform/db/order-by.ts';
import { inScope } from '#platform/db/scope.ts';
import {
	NEED_EDITABLE,
	NEED_NEXT,
	needKind,
	needStatus,
	wantedForm,
	type NeedKind,
	type NeedStatus,
	type WantedForm
} from '../../need-model.ts';
import { canConsolidate, canPropose, canReadNeeds, canSeePeople } from '../../proposal-access.ts';
import { snapshotOf } from './snapshot.ts';

export type Proposal = {
	id: string;
	unitId: string;
	unit: string;
	unitPath: string;
	year: number;
	kind: NeedKind;
	competencyId: string | null;
	element: number | null;
	topic: string;
	/** The competency's name in English; null for other kinds. */
	topicEn: string | null;
	campaignId: string | null;
	people: number;
	form: WantedForm;
	quarter: number;
	reason: string;
	rank: number | null;
	score: number | null;
	status: NeedStatus;
	mergedInto: string | null;
	parts: number;
	/** Individual plans of the unit's people that ask for the same. */
	asked: number;
};
type Raw = Omit<Proposal, 'kind' | 'form' | 'status'> & { kind: string; form: string; status: string };

const shown = (row: Raw): Proposal => ({
	...row,
	kind: needKind(row.kind),
	form: wantedForm(row.form),
	status: needStatus(row.status)
});

/** SQL twin of `canReadNeeds`. */
const visible = (actor: Actor) =>
	sql`(${inScope(actor, 'needs.read', 'u.path')} or ${inScope(actor, 'needs.propose', 'u.path')})`;

const COLUMNS = sql`n.id, n.unit_id as "unitId", u.name as unit, u.path::text as "unitPath", n.year, n.kind,
	n.competency_id as "competencyId", n.element, n.topic,
	(select k.name_en from competencies.competency k where k.agency_id = n.agency_id and k.id = n.competency_id) as "topicEn", n.campaign_id as "campaignId", n.people, n.form, n.quarter, n.reason,
	n.rank, n.score::float8 as score, n.status, n.merged_into as "mergedInto",
	(select count(*)::int from needs.proposal p where p.agency_id = n.agency_id and p.merged_into = n.id) as parts,
	(select count(distinct i.person_id)::int from needs.idp_line l
		join needs.idp i on i.agency_id = l.agency_id and i.id = l.idp_id and i.year = n.year and i.status in ('submitted', 'agreed')
		join people.staff s on s.agency_id = i.agency_id and s.person_id = i.person_id and s.unit_path <@ u.path
		where l.agency_id = n.agency_id and l.competency_id = n.competency_id) as asked`;

export type ProposalFilter = {
	year: number;
	status: NeedStatus | null;
	unitId: string | null;
	search: string;
	/** Topics stored as codes whose words hold what is searched for: words belong to the screen. */
	codes: readonly string[];
	limit: number;
	offset: number;
	sort?: { by: keyof typeof SORTED; descending: boolean };
};

const SORTED = {
	score: sql`n.score`,
	unit: sql`lower(u.name)`,
	people: sql`n.people`,
	quarter: sql`n.quarter`
};
const URGENT = { by: 'score', descending: true } as const;

/** Proposed needs of the units one may read, most urgent first unless asked otherwise; parts of a merged need are found in it. */
export async function proposalsFor(db: Db, actor: Actor, filter: ProposalFilter) {
	const wanted = sql`n.agency_id = ${actor.agencyId} and ${visible(actor)} and n.year = ${filter.year}
		and (${filter.status}::text is null or n.status = ${filter.status}::text)
		and (${filter.unitId}::uuid is null or u.path <@ (select path from people.unit where agency_id = ${actor.agencyId} and id = ${filter.unitId}::uuid))
		and (n.merged_into is null or not exists (
			select from needs.proposal w join people.unit wu on wu.agency_id = w.agency_id and wu.id = w.unit_id
			where w.agency_id = n.agency_id and w.id = n.merged_into
				and (${inScope(actor, 'needs.read', 'wu.path')} or ${inScope(actor, 'needs.propose', 'wu.path')})))
		and (${filter.search} = '' or position(lower(${filter.search}) in lower(u.name)) > 0 or n.topic = any(${filter.codes}::text[])
			or (n.kind not in ('service', 'performance') and position(lower(${filter.search}) in lower(n.topic)) > 0))`;
	const { rows } = await sql<Raw>`
		select ${COLUMNS} from needs.proposal n join people.unit u on u.agency_id = n.agency_id and u.id = n.unit_id
		where ${wanted} ${orderBy(filter.sort ?? URGENT, SORTED, sql`n.score desc nulls last, n.topic, u.name, n.id`)} limit ${filter.limit} offset ${filter.offset}`.execute(
		db
	);
	const counted = await sql<{ status: string; count: number }>`
		select n.status, count(*)::int as count from needs.proposal n join people.unit u on u.agency_id = n.agency_id and u.id = n.unit_id
		where ${wanted} group by n.status`.execute(db);
	return {
		proposals: rows.map(shown),
		total: counted.rows.reduce((sum, { count }) => sum + count, 0)
	};
}

/** How many stand where, for the tabs of the list. */
export async function proposalCounts(
	db: Db,
	actor: Actor,
	year: number
): Promise<Partial<Record<NeedStatus, number>>> {
	const { rows } = await sql<{ status: string; count: number }>`
		select n.status, count(*)::int as count from needs.proposal n join people.unit u on u.agency_id = n.agency_id and u.id = n.unit_id
		where n.agency_id = ${actor.agencyId} and ${visible(actor)} and n.year = ${year} and n.merged_into is null group by n.status`.execute(
		db
	);
	return Object.fromEntries(rows.map(({ status, count }) => [needStatus(status), count]));
}

/** Years with proposals, newest first. */
export async function proposalYears(db: Db, actor: Actor): Promise<number[]> {
	const { rows } = await sql<{ year: number }>`
		select distinct n.year from needs.proposal n join people.unit u on u.agency_id = n.agency_id and u.id = n.unit_id
		where n.agency_id = ${actor.agencyId} and ${visible(actor)} order by n.year desc limit 20`.execute(db);
	return rows.map(({ year }) => year);
}

export type SnapshotPerson = {
	personId: string;
	name: string;
	unit: string;
	required: number;
	level: number;
	sd: number | null;
	pGap: number;
	shortfall: number;
};

/** One proposed need: its way, its parts, what it rested on when it was accepted. Refuses: missing. */
export async function proposalSheet(db: Db, actor: Actor, id: string) {
	const { rows } = await sql<Raw>`
		select ${COLUMNS} from needs.proposal n join people.unit u on u.agency_id = n.agency_id and u.id = n.unit_id
		where n.agency_id = ${actor.agencyId} and n.id = ${id}`.execute(db);
	const row = rows[0];
	if (row === undefined || !canReadNeeds(actor, row)) throw missing();
	const proposal = shown(row);
	const steps = await db
		.selectFrom('needs.proposal_step')
		.select(['id', 'to_status', 'by_name as who', 'at', 'note'])
		.where('agency_id', '=', actor.agencyId)
		.where('proposal_id', '=', id)
		.orderBy('at', 'desc')
		.orderBy('id', 'desc')
		.limit(100)
		.execute();
	const seesPeople = canSeePeople(actor, proposal);
	const runs = canConsolidate(actor);
	const part = proposal.mergedInto !== null;
	const proposes = canPropose(actor, proposal);
	const next = NEED_NEXT[proposal.status];
	const parts = await partsOf(db, actor, id);
	const staff = await staffOf(db, proposal.unitPath);
	return {
		proposal,
		steps: steps.map(({ to_status, ...step }) => ({ ...step, status: needStatus(to_status) })),
		parts,
		/** How many work there, where more are asked for: a slip, or people of other units. Parts are asked for themselves. */
		fewer: parts.length === 0 && proposal.people > staff ? staff : null,
		snapshot: await snapshotOf(db, actor, id, seesPeople),
		people: seesPeople ? await snapshotPeople(db, actor, id) : null,
		can: {
			change: proposes && NEED_EDITABLE.includes(proposal.status),
			submit: proposes && next.includes('submitted'),
			drop: proposes && proposal.status === 'draft',
			verify: runs && !part && next.includes('verified'),
			revise: runs && !part && next.includes('revise')
		}
	};
}

async function staffOf(db: Db, unitPath: string): Promise<number> {
	const { rows } = await sql<{ staff: number }>`
		select count(*)::int as staff from people.staff
		where agency_id = (select platform.current_agency()) and unit_path <@ ${unitPath}::ltree`.execute(db);
	return rows[0]?.staff ?? 0;
}

async function partsOf(db: Db, actor: Actor, id: string): Promise<Proposal[]> {
	const { rows } = await sql<Raw>`
		select ${COLUMNS} from needs.proposal n join people.unit u on u.agency_id = n.agency_id and u.id = n.unit_id
		where n.agency_id = ${actor.agencyId} and n.merged_into = ${id} and ${visible(actor)} order by u.name`.execute(
		db
	);
	return rows.map(shown);
}

async function snapshotPeople(db: Db, actor: Actor, id: string): Promise<SnapshotPerson[]> {
	const { rows } = await sql<SnapshotPerson>`
		select s.person_id as "personId", p.name, u.name as unit, s.required, s.level, s.sd, s.p_gap as "pGap", s.shortfall
		from needs.snapshot_person s
		join people.person p on p.agency_id = s.agency_id and p.id = s.person_id
		join people.unit u on u.agency_id = s.agency_id and u.id = s.unit_id
		where s.agency_id = ${actor.agencyId} and s.proposal_id = ${id}
		order by s.p_gap desc, s.shortfall desc, p.name limit 200`.execute(db);
	return rows;
}
