import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import type { Decision } from '#slices/programs/public.ts';
import { decisionOf } from '#slices/programs/public.server.ts';
import { canReadSaid } from '../access.ts';
import { classHead } from './findings.ts';
import { COUNTS } from './results.ts';

/** What participants read of a finding: neither what it rests on nor who owns it. */
export type Said = {
	id: string;
	statement: string;
	decision: Decision | null;
	/** What was changed, or why not. */
	answer: string | null;
	answeredAt: Date | null;
	/** The first curriculum version in force since the answer; null while classes still use the one that was found fault with. */
	since: { number: number; at: Date } | null;
};

/**
 * "Kata Anda, yang kami ubah": what was found in a class and others of its curriculum, and what became of it; answered
 * ones first, the latest on top. For whoever has a seat in the class, teaches it or reads evaluations; else missing.
 */
export async function saidAndChanged(db: Db, actor: Actor, classId: string) {
	const { versionId, teaches, seated, name, code } = await classHead(db, actor, classId);
	if (!canReadSaid(actor, { teaches, seated })) throw missing();
	const counts = await sql<{ seated: number; given: number }>`
		select ${COUNTS} from classes.class c where c.agency_id = platform.current_agency() and c.id = ${classId}`.execute(
		db
	);
	const { rows } = await sql<Omit<Said, 'decision'> & { decision: string | null }>`
		select f.id, f.statement, r.decision, r.answer, r.decided_at as "answeredAt",
			(select jsonb_build_object('number', n.number, 'at', n.in_force_at) from programs.version n
				where n.agency_id = v.agency_id and n.program_id = v.program_id and n.number > v.number and n.in_force_at >= r.decided_at
				order by n.in_force_at limit 1) as since
		from evaluation.finding f
		join programs.version v on v.agency_id = f.agency_id and v.id = f.version_id
		left join programs.change_request r on r.agency_id = f.agency_id and r.id = f.id
		where f.agency_id = platform.current_agency() and f.version_id = ${versionId}
		order by r.decided_at desc nulls last, array_position(array['high', 'medium', 'low'], f.severity), f.written_at desc
		limit 200`.execute(db);
	return {
		class: { id: classId, name, code },
		heard: counts.rows[0] ?? { seated: 0, given: 0 },
		findings: rows.map(({ since, decision, ...row }): Said => ({
			...row,
			decision: decision === null ? null : decisionOf(decision),
			since: since === null ? null : { number: since.number, at: new Date(since.at) }
		}))
	};
}

export type OwnClassSaid = {
	id: string;
	code: string;
	name: string;
	endsOn: CivilDate;
	found: number;
	answered: number;
};

/** Classes in which somebody sat and whose curriculum has findings, the latest first: theirs to see, so nobody is asked. */
export async function ownClassesSaid(db: Db, personId: string | null): Promise<OwnClassSaid[]> {
	if (personId === null) return [];
	const { rows } = await sql<OwnClassSaid>`
		select c.id, c.code, c.name, c.ends_on as "endsOn", n.found, n.answered
		from classes.registration r
		join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id
		cross join lateral (
			select count(*)::int as found, count(q.decision)::int as answered
			from evaluation.finding f
			left join programs.change_request q on q.agency_id = f.agency_id and q.id = f.id
			where f.agency_id = c.agency_id and f.version_id = c.version_id) n
		where r.agency_id = platform.current_agency() and r.person_id = ${personId}::uuid and r.status in ('enrolled', 'passed', 'failed')
			and n.found > 0
		order by c.ends_on desc, c.id limit 20`.execute(db);
	return rows;
}
