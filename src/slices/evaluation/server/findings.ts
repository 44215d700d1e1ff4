import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import type { Decision, Severity } from '#slices/programs/public.ts';
import { decisionOf, severityOf } from '#slices/programs/public.server.ts';
import { canReadResults, canWriteFindings } from '../access.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import type { Themes } from '../focus-model.ts';
import { proposalsOf, seenIn, type Proposal } from '../proposals.ts';
import { themeProposals, type ThemeProposal } from '../theme-proposals.ts';
import type { ItemResult } from '../model.ts';
import type { SessionMarks } from './class-forms.ts';
import { teachesClass } from './results.ts';

export type Finding = {
	id: string;
	statement: string;
	evidence: string;
	severity: Severity;
	owner: string | null;
	decision: Decision | null;
	/** What was changed, or why not. */
	answer: string | null;
	/** Theme of focus groups that it rests on. */
	codeId: string | null;
	/** Item whose marks it rests on, and the session in whose results they are. */
	itemCode: string | null;
	sessionId: string | null;
};

/** Findings about the curriculum version of a class, from whichever of its classes; what is undecided first. */
export async function findingsOf(db: Db, versionId: string): Promise<Finding[]> {
	const { rows } = await sql<
		Omit<Finding, 'severity' | 'decision'> & { severity: string; decision: string | null }
	>`
		select f.id, f.statement, f.evidence, f.severity, o.name as owner, r.decision, r.answer, f.code_id as "codeId",
			f.item_code as "itemCode", f.session_id as "sessionId"
		from evaluation.finding f
		left join people.person o on o.agency_id = f.agency_id and o.id = f.owner_id
		left join programs.change_request r on r.agency_id = f.agency_id and r.id = f.id
		where f.agency_id = platform.current_agency() and f.version_id = ${versionId}
		order by r.decision is not null, array_position(array['high', 'medium', 'low'], f.severity), f.written_at desc`.execute(
		db
	);
	return rows.map((row) => ({
		...row,
		severity: severityOf(row.severity),
		decision: row.decision === null ? null : decisionOf(row.decision)
	}));
}

export type ClassFindings = {
	findings: Finding[];
	proposals: Proposal[];
	/** Proposed by its focus groups; what a finding rests on already is not among them. */
	themes: ThemeProposal[];
	can: { write: boolean };
};

/** Marks that may be shown: of the class itself, and of its sessions. */
export type ShownMarks = { items?: readonly ItemResult[]; sessions?: readonly SessionMarks[] };

/** Findings of a class's version and what its figures propose; asked by the pages of its results, which guard themselves. */
export async function classFindings(
	db: Db,
	actor: Actor,
	classId: string,
	{ items = [], sessions = [] }: ShownMarks,
	themes?: Themes
): Promise<ClassFindings> {
	const { versionId, teaches } = await classHead(db, actor, classId);
	if (!canReadResults(actor, { teaches })) throw missing();
	const findings = await findingsOf(db, versionId);
	const found = new Set(findings.flatMap(({ codeId }) => codeId ?? []));
	const seen = new Set(
		findings.flatMap(({ itemCode, sessionId }) => (itemCode === null ? [] : seenIn(itemCode, sessionId)))
	);
	const before = await meansBefore(db, classId, { items, sessions });
	const none = new Map<string, number>();
	const said = [
		{ session: null, items, before: before.get(null) ?? none },
		...sessions.map((one) => ({ ...one, before: before.get(one.session.id) ?? none }))
	];
	return {
		findings,
		themes: themes === undefined ? [] : themeProposals(themes, found),
		proposals: proposalsOf(said, seen),
		can: { write: canWriteFindings(actor, { teaches }) }
	};
}

/** The class as its findings ask; `seated`: the actor has a seat in it. Refuses: missing. */
export async function classHead(db: Db, actor: Actor, classId: string) {
	const { rows } = await sql<{
		name: string;
		code: string;
		versionId: string;
		teaches: boolean;
		seated: boolean;
	}>`
		select c.name, c.code, c.version_id as "versionId", ${teachesClass(actor)} as teaches,
			exists (select from classes.registration r where r.agency_id = c.agency_id and r.class_id = c.id
				and r.person_id = ${actor.personId}::uuid and r.status in ('enrolled', 'passed', 'failed')) as seated
		from classes.class c
		where c.agency_id = platform.current_agency() and c.id = ${classId}`.execute(db);
	const head = rows[0];
	if (head === undefined) throw missing();
	return head;
}

/**
 * Means by item in the version before, for a class (key null) of all its opened classes, and for each session of the opened
 * sessions about the module that its own was copied from; items with few answers are not among them.
 */
async function meansBefore(
	db: Db,
	classId: string,
	{ items = [], sessions = [] }: ShownMarks
): Promise<Map<string | null, Map<string, number>>> {
	if (items.length === 0 && sessions.length === 0) return new Map();
	const ids = sessions.map(({ session }) => session.id);
	const { rows } = await sql<{ sessionId: string | null; code: string; mean: number }>`
		with here as (
			select c.agency_id, v.based_on as version_id from classes.class c
			join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
			where c.agency_id = platform.current_agency() and c.id = ${classId}
		)
		select null::uuid as "sessionId", x.item_code as code, avg(coalesce(x.score, x.grade))::float8 as mean
		from here h
		join classes.class c on c.agency_id = h.agency_id and c.version_id = h.version_id
		join evaluation.reaction_box b on b.agency_id = c.agency_id and b.class_id = c.id and b.opened_on is not null
		join evaluation.reaction_answer x on x.agency_id = c.agency_id and x.class_id = c.id and x.remark is null and x.grade_before is null
		group by x.item_code
		having count(*) >= ${SMALLEST_GROUP}
		union all
		select s.id, x.item_code, avg(coalesce(x.score, x.grade))::float8
		from here h
		join classes.session s on s.agency_id = h.agency_id and s.id = any(${ids}::uuid[])
		join programs.module m on m.agency_id = s.agency_id and m.id = s.module_id
		join classes.class c on c.agency_id = h.agency_id and c.version_id = h.version_id
		join classes.session e on e.agency_id = c.agency_id and e.class_id = c.id and e.module_id = m.based_on
		join evaluation.session_box b on b.agency_id = e.agency_id and b.session_id = e.id and b.opened_on is not null
		join evaluation.session_answer x on x.agency_id = e.agency_id and x.session_id = e.id and x.remark is null and x.grade_before is null
		group by s.id, x.item_code
		having count(*) >= ${SMALLEST_GROUP}`.execute(db);
	return new Map(
		[...Map.groupBy(rows, ({ sessionId }) => sessionId)].map(([sessionId, of]) => [
			sessionId,
			new Map(of.map(({ code, mean }) => [code, mean]))
		])
	);
}

/** What a finding asks of its curriculum version, for the event that carries it there; undefined when there is none. */
export async function findingFacts(db: Db, findingId: string) {
	const found = await db
		.selectFrom('evaluation.finding')
		.select(['id', 'version_id as versionId', 'statement', 'evidence', 'severity'])
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('id', '=', findingId)
		.executeTakeFirst();
	if (found === undefined) return undefined;
	const { id, statement, ...asked } = found;
	return { ...asked, severity: severityOf(asked.severity), changeId: id, wording: statement };
}
