import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { orderBy } from '#platform/db/order-by.ts';
import { canIssue, hasPapers } from '../../access.ts';
import { readFacts } from '../../facts.ts';
import { paperKind, paperStatus, PARTS, type PaperKind, type PaperStatus, type Parts } from '../../model.ts';
import { visiblePaper } from '../visible.ts';

type Line = {
	id: string;
	kind: string;
	status: string;
	number: string | null;
	issued_on: string | null;
	class_id: string;
	class_code: string;
	class_name: string;
	unit: string | null;
	person: string | null;
	people: number;
	made_by_name: string;
	made_at: Date;
	total: number;
};

const LINE = sql`p.id, p.kind, p.status, p.number, p.issued_on, p.class_id, c.code as class_code, c.name as class_name, u.name as unit,
	(select coalesce(x.front_title || ' ', '') || x.name || coalesce(', ' || x.back_title, '') from people.person x
		where x.agency_id = p.agency_id and x.id = p.person_id) as person,
	(select count(*)::int from papers.recipient r where r.agency_id = p.agency_id and r.paper_id = p.id) as people,
	p.made_by_name, p.made_at`;
const FROM = sql`from papers.paper p
	join classes.class c on c.agency_id = p.agency_id and c.id = p.class_id
	left join people.unit u on u.agency_id = p.agency_id and u.id = p.unit_id`;

const line = ({ total: _, ...row }: Line) => ({
	...row,
	kind: paperKind(row.kind),
	status: paperStatus(row.status)
});

const SORTED = {
	number: sql`p.number`,
	class: sql`c.name`,
	for: sql`coalesce(u.name, '')`,
	date: sql`coalesce(p.issued_at, p.made_at)`
};

export type PaperFilter = { search: string; kind: PaperKind | null; status: PaperStatus | null };

/** Papers of the agency that the actor may see, newest first, found by number, class or unit. Refuses: missing. */
export async function papersIn(
	db: Db,
	actor: Actor,
	{ search, kind, status }: PaperFilter,
	{
		size,
		offset,
		sort = { by: 'date', descending: true }
	}: { size: number; offset: number; sort?: { by: keyof typeof SORTED; descending: boolean } }
) {
	if (!hasPapers(actor)) throw missing();
	const like = `%${search.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
	const { rows } = await sql<Line>`
		select ${LINE}, count(*) over ()::int as total ${FROM}
		where p.agency_id = ${actor.agencyId} and ${visiblePaper(actor)}
			and (${search} = '' or lower(p.number) like ${like} or lower(c.name) like ${like} or lower(c.code) like ${like} or lower(u.name) like ${like})
			and (${kind}::text is null or p.kind = ${kind}) and (${status}::text is null or p.status = ${status})
		${orderBy(sort, SORTED, sql`coalesce(p.issued_at, p.made_at) desc, p.counter desc nulls first, p.id`)} limit ${size} offset ${offset}`.execute(
		db
	);
	return { total: rows[0]?.total ?? 0, papers: rows.map(line) };
}

/** Papers of one class that the actor may see, newest first; the office finds letters of a batch behind their batch. */
export async function papersOfClass(db: Db, actor: Actor, classId: string) {
	const { rows } = await sql<Line>`
		select ${LINE}, count(*) over ()::int as total ${FROM}
		where p.agency_id = ${actor.agencyId} and p.class_id = ${classId} and (p.batch_id is null or ${!canIssue(actor)}) and ${visiblePaper(actor)}
		order by p.kind, coalesce(p.issued_at, p.made_at) desc, p.counter desc limit 500`.execute(db);
	return rows.map(line);
}

/** Letters of one class by which the actor is invited or sent: what stands on the class's page for them. */
export async function ownLettersOf(db: Db, actor: Actor, classId: string) {
	if (actor.personId === null) return [];
	const { rows } = await sql<{ id: string; kind: string; number: string; issued_on: string }>`
		select p.id, p.kind, p.number, p.issued_on from papers.recipient r
		join papers.paper p on p.agency_id = r.agency_id and p.id = r.paper_id and p.status = 'issued' and p.class_id = ${classId}
		where r.agency_id = ${actor.agencyId} and r.person_id = ${actor.personId} order by p.issued_on desc, p.counter desc limit 20`.execute(
		db
	);
	return rows.map((row) => ({ ...row, kind: paperKind(row.kind) }));
}

type Sheet = Omit<Line, 'total'> & {
	parts: Parts;
	facts: unknown;
	unit_id: string | null;
	person_id: string | null;
	issued_by_name: string | null;
	issued_at: Date | null;
	withdrawn_by_name: string | null;
	withdrawn_at: Date | null;
	reason: string;
};

/** One paper. Refuses: missing, for whoever may not see it. */
export async function paperById(db: Db, actor: Actor, paperId: string) {
	const { rows } = await sql<Sheet>`
		select ${LINE}, p.parts, p.facts, p.unit_id, p.person_id, p.issued_by_name, p.issued_at, p.withdrawn_by_name, p.withdrawn_at, p.reason
		${FROM} where p.agency_id = ${actor.agencyId} and p.id = ${paperId} and ${visiblePaper(actor)}`.execute(db);
	const row = rows[0];
	if (!row) throw missing();
	const kind = paperKind(row.kind);
	const status = paperStatus(row.status);
	const { facts, parts, ...rest } = row;
	return {
		...rest,
		kind,
		status,
		texts: PARTS[kind].map((key) => ({ key, text: parts[key] ?? '' })),
		facts: facts === null ? null : readFacts(facts),
		can: {
			edit: canIssue(actor) && status === 'draft',
			withdraw: canIssue(actor) && status === 'issued',
			office: canIssue(actor)
		}
	};
}
