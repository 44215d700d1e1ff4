import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { WITHHELD } from '#platform/work/run.ts';
import { tracesEverywhere } from '../access.ts';
import { reaches } from './trace-scope.ts';

export type Snapshot = {
	id: string;
	title: string;
	year: number;
	sha256: string;
	madeBy: string | null;
	madeAt: Date;
};

/** Reports frozen so far, newest first. */
export async function snapshots(db: Db): Promise<Snapshot[]> {
	const rows = await sql<Snapshot>`
		select s.id, s.title, s.year, s.sha256, p.name as "madeBy", s.made_at as "madeAt"
		from reports.snapshot s left join people.person p on p.agency_id = s.agency_id and p.id = s.made_by
		where s.agency_id = platform.current_agency() order by s.made_at desc limit 20`.execute(db);
	return rows.rows;
}

export type AuditLine = {
	id: string;
	at: Date;
	command: string;
	person: string | null;
	/** Who did it is told to nobody. */
	withheld: boolean;
	hat: string | null;
	requestId: string | null;
	subject: unknown;
};
export const AUDIT_PAGE = 50;

/** Who did what, newest first; optionally one command's name or the beginning of it. */
export async function auditLines(
	db: Db,
	search: string,
	page: number
): Promise<{ rows: AuditLine[]; more: boolean }> {
	const rows = await sql<AuditLine>`
		select a.id, a.at, a.command, p.name as person, a.account_id = ${WITHHELD} as withheld, split_part(a.hat, ':', 1) as hat, a.request_id as "requestId", a.subject
		from platform.audit a left join people.person p on p.agency_id = a.agency_id and p.id = a.person_id
		where a.agency_id = platform.current_agency() and (${search} = '' or a.command like ${`${search.replace(/[\\%_]/g, '\\$&')}%`} or a.request_id = ${search})
		order by a.at desc, a.id desc limit ${AUDIT_PAGE + 1} offset ${(page - 1) * AUDIT_PAGE}`.execute(db);
	return { rows: rows.rows.slice(0, AUDIT_PAGE), more: rows.rows.length > AUDIT_PAGE };
}

export type LineToTrace = {
	id: string;
	program: string;
	competency: string | null;
	unit: string | null;
	plan: string;
	classes: number;
};

/** Lines of decreed plans in the actor's reach, to begin a thread from; newest plan first. */
export async function linesToTrace(db: Db, actor: Actor): Promise<LineToTrace[]> {
	const rows = await sql<LineToTrace>`
		select l.id, g.name as program, c.name as competency, u.name as unit, p.title as plan,
			(select count(*)::int from classes.class k where k.agency_id = l.agency_id and k.plan_line_id = l.id) as classes
		from plans.line l
		join plans.plan p on p.agency_id = l.agency_id and p.id = l.plan_id and p.status = 'decreed'
		join programs.program g on g.agency_id = l.agency_id and g.id = l.program_id
		left join competencies.competency c on c.agency_id = l.agency_id and c.id = l.competency_id
		left join people.unit u on u.agency_id = l.agency_id and u.id = l.unit_id
		where l.agency_id = platform.current_agency()
			and (${tracesEverywhere(actor)} or l.unit_id is null or ${reaches(actor, 'u.path')}) order by p.year desc, l.sort limit 200`.execute(
		db
	);
	return rows.rows;
}
