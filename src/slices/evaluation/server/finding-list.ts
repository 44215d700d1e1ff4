import { sql } from 'kysely';
import { isSelf, type Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import type { Decision, Severity } from '#slices/programs/public.ts';
import { decisionOf, severityOf } from '#slices/programs/public.server.ts';
import { canNameOwner, canReadAll, canReadResults } from '../access.ts';
import { isInside, isOffice, type GroupPeople } from '../focus-access.ts';
import { NUMBERED } from './class-end.ts';
import { mayOwn, ownerChanges, type MayOwn, type OwnerChange } from './owners.ts';
import { teachesClass } from './results.ts';

export type FindingRow = {
	id: string;
	statement: string;
	severity: Severity;
	decision: Decision | null;
	owner: string | null;
	program: string;
	number: number;
	versionId: string;
	writtenAt: Date;
};
type Raw<Row> = Omit<Row, 'severity' | 'decision'> & { severity: string; decision: string | null };

const FROM = sql`evaluation.finding f
	join programs.version v on v.agency_id = f.agency_id and v.id = f.version_id
	join programs.program m on m.agency_id = v.agency_id and m.id = v.program_id
	left join classes.class c on c.agency_id = f.agency_id and c.id = f.class_id
	left join people.person o on o.agency_id = f.agency_id and o.id = f.owner_id
	left join programs.change_request r on r.agency_id = f.agency_id and r.id = f.id`;
const ROW = sql`f.id, f.statement, f.severity, r.decision, o.name as owner, m.name as program, v.number, f.version_id as "versionId",
	f.written_at as "writtenAt"`;

const canRead = (actor: Actor, it: { ownerId: string | null; teaches: boolean }): boolean =>
	canReadResults(actor, it) || isOffice(actor) || isSelf(actor, it.ownerId);
/** SQL twin of `canRead`. */
const readable = (actor: Actor) =>
	canReadAll(actor) || isOffice(actor)
		? sql<boolean>`true`
		: sql<boolean>`(f.owner_id = ${actor.personId}::uuid or ${teachesClass(actor)})`;

const worded = <Row extends { severity: string; decision: string | null }>(row: Row) => ({
	...row,
	severity: severityOf(row.severity),
	decision: row.decision === null ? null : decisionOf(row.decision)
});

export const FINDING_STATES = ['open', 'decided'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** Findings that the actor may read: those not answered yet, gravest and oldest first, or the answered ones, newest first. */
export async function findingList(
	db: Db,
	actor: Actor,
	{ state, size, offset }: { state: FindingState; size: number; offset: number }
): Promise<{ rows: FindingRow[]; counts: Record<FindingState, number> }> {
	const open = state === 'open';
	const { rows } = await sql<Raw<FindingRow>>`
		select ${ROW} from ${FROM}
		where f.agency_id = platform.current_agency() and ${readable(actor)} and (r.decision is null) = ${open}
		order by case when ${open} then array_position(array['high', 'medium', 'low'], f.severity) end,
			case when ${open} then f.written_at end, r.decided_at desc, f.id
		limit ${size} offset ${offset}`.execute(db);
	const counts = await sql<Record<FindingState, number>>`
		select (count(*) filter (where r.decision is null))::int as open, (count(*) filter (where r.decision is not null))::int as decided
		from ${FROM} where f.agency_id = platform.current_agency() and ${readable(actor)}`.execute(db);
	return { rows: rows.map(worded), counts: counts.rows[0] ?? { open: 0, decided: 0 } };
}

export type FindingSheet = FindingRow & {
	evidence: string;
	answer: string | null;
	decidedAt: Date | null;
	decidedBy: string | null;
	class: { id: string; name: string } | null;
	/** Session in whose results it was seen. */
	session: { id: string; number: number; topic: string } | null;
	theme: { id: string; name: string } | null;
	/** What it rests on; of the words of others only what may be shared. `hidden`: how many are not. */
	passages: { id: string; said: string; groupId: string; group: string }[];
	hidden: number;
	writer: string | null;
	ownerId: string | null;
	ownerChanges: OwnerChange[];
	/** Who may own it, for whoever may name an owner while it is open. */
	mayOwn: MayOwn[];
	can: { decide: boolean; openProgram: boolean; nameOwner: boolean };
};

/** One finding. Refuses: missing, for whoever may not read it. */
export async function findingById(db: Db, actor: Actor, findingId: string): Promise<FindingSheet> {
	const { rows } = await sql<
		Raw<Omit<FindingSheet, 'passages' | 'hidden' | 'can' | 'ownerChanges' | 'mayOwn'>> & { teaches: boolean }
	>`
		select ${ROW}, f.evidence, r.answer, r.decided_at as "decidedAt", d.name as "decidedBy", w.name as writer, f.owner_id as "ownerId", ${teachesClass(actor)} as teaches,
			case when c.id is null then null else jsonb_build_object('id', c.id, 'name', c.code || ' ' || c.name) end as class,
			(select jsonb_build_object('id', s.id, 'number', n.number, 'topic', s.topic) from classes.session s
				join ${NUMBERED} n on n.id = s.id where s.agency_id = f.agency_id and s.id = f.session_id) as session,
			case when k.id is null then null else jsonb_build_object('id', k.id, 'name', k.name) end as theme
		from ${FROM}
		left join people.person d on d.agency_id = r.agency_id and d.id = r.decided_by
		left join people.person w on w.agency_id = f.agency_id and w.id = f.written_by
		left join evaluation.theme_code k on k.agency_id = f.agency_id and k.id = f.code_id
		where f.agency_id = platform.current_agency() and f.id = ${findingId}`.execute(db);
	const row = rows[0];
	if (row === undefined || !canRead(actor, row)) throw missing();
	const { teaches: _t, ...facts } = row;
	const found = await restingOn(db, actor, findingId);
	const names = row.decision === null && canNameOwner(actor, row);
	return {
		...worded(facts),
		passages: found
			.filter((passage) => passage.shareable || isInside(actor, passage))
			.map(({ id, said, groupId, group }) => ({ id, said, groupId, group })),
		hidden: found.filter((passage) => !passage.shareable && !isInside(actor, passage)).length,
		ownerChanges: await ownerChanges(db, findingId),
		mayOwn: names ? await mayOwn(db, findingId) : [],
		can: {
			decide: isOffice(actor) && row.decision === null,
			openProgram: isOffice(actor),
			nameOwner: names
		}
	};
}

type Resting = GroupPeople & {
	id: string;
	said: string;
	shareable: boolean;
	groupId: string;
	group: string;
};

async function restingOn(db: Db, actor: Actor, findingId: string): Promise<Resting[]> {
	const { rows } = await sql<Resting>`
		select p.id, p.said, p.shareable, g.id as "groupId", g.title as "group", g.made_by as "madeBy", g.facilitator_id as "facilitatorId",
			g.second_coder_id as "secondCoderId", ${teachesClass(actor)} as teaches
		from evaluation.finding_passage e
		join evaluation.focus_passage p on p.agency_id = e.agency_id and p.id = e.passage_id
		join evaluation.focus_group g on g.agency_id = p.agency_id and g.id = p.group_id
		left join classes.class c on c.agency_id = g.agency_id and c.id = g.class_id
		where e.agency_id = platform.current_agency() and e.finding_id = ${findingId}
		order by g.held_on, g.id, p.sort`.execute(db);
	return rows;
}
