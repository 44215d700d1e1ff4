import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { canIssue, canReadCosts, hasPapers } from '../../access.ts';
import { draftParts } from '../../document/draft.ts';
import { ADDRESSED, PAPER_KINDS, paperKind, PARTS, perOf, type PaperKind } from '../../model.ts';
import { lessonOf } from '../lesson.ts';
import { settingOn } from '../settings.ts';
import { targetsOf } from '../targets.ts';
import { papersOfClass } from './papers.ts';

/** What there is of a class's papers, and what the office may make. Refuses: missing, for whoever has no papers. */
export async function papersPage(db: Db, actor: Actor, classId: string, today: CivilDate) {
	if (!hasPapers(actor)) throw missing();
	const office = canIssue(actor);
	return {
		papers: await papersOfClass(db, actor, classId),
		batches: office ? await batchesOf(db, actor, classId) : [],
		units: office ? await unitsOf(db, actor, classId) : [],
		unset: office ? await unsetOn(db, today) : [],
		can: { issue: office, costs: canReadCosts(actor) }
	};
}

/** Units with somebody in the class, in the order of the tree. */
async function unitsOf(db: Db, actor: Actor, classId: string) {
	const { rows } = await sql<{ id: string; name: string; people: number }>`
		select s.unit_id as id, s.unit_name as name, count(*)::int as people
		from classes.registration r join people.staff s on s.agency_id = r.agency_id and s.person_id = r.person_id
		where r.agency_id = ${actor.agencyId} and r.class_id = ${classId} and r.status in ('enrolled', 'passed', 'failed')
		group by s.unit_id, s.unit_name, s.unit_path order by s.unit_path`.execute(db);
	return rows;
}

/** Kinds that can't be issued today because something is not set, and what. */
async function unsetOn(db: Db, today: CivilDate) {
	const lacking: PaperKind[] = [];
	for (const kind of PAPER_KINDS) {
		const { letterhead, numbering, signatory } = await settingOn(db, kind, today);
		if (letterhead === null || numbering === null || signatory === null) lacking.push(kind);
	}
	return lacking;
}

type BatchRow = {
	id: string;
	kind: string;
	per: string;
	total: number;
	issued: number;
	job_id: string | null;
	file_id: string | null;
	asked_by_name: string;
	asked_at: Date;
	own: boolean;
};

async function batchesOf(db: Db, actor: Actor, classId: string) {
	const { rows } = await sql<BatchRow>`
		select b.id, b.kind, b.per, b.total, (select count(*)::int from papers.paper p where p.agency_id = b.agency_id and p.batch_id = b.id) as issued,
			b.job_id, b.file_id, b.asked_by_name, b.asked_at, b.asked_by = ${actor.accountId} as own
		from papers.batch b where b.agency_id = ${actor.agencyId} and b.class_id = ${classId}
		order by b.asked_at desc limit 50`.execute(db);
	return rows.map((row) => ({ ...row, kind: paperKind(row.kind), per: perOf(row.per) }));
}

/** The form by which letters for all units or people are asked for. Refuses: missing, a kind that goes to nobody. */
export async function batchForm(
	db: Db,
	actor: Actor,
	classId: string,
	kind: PaperKind,
	now: Date,
	today: CivilDate
) {
	if (!canIssue(actor) || !ADDRESSED.includes(kind)) throw missing();
	const lesson = await lessonOf(db, classId, now, today);
	if (!lesson) throw missing();
	const parts = draftParts(kind, lesson);
	const { numbering } = await settingOn(db, kind, today);
	return {
		kind,
		pattern: numbering?.pattern ?? null,
		units: targetsOf(lesson.people, 'unit').length,
		people: lesson.people.length,
		texts: PARTS[kind].map((key) => ({ key, text: parts[key] ?? '' }))
	};
}

/** All letters of a batch in one file. Refuses: missing. */
export async function archiveOf(db: Db, actor: Actor, batchId: string) {
	if (!canIssue(actor)) throw missing();
	const { rows } = await sql<{ name: string; content: Buffer; code: string; kind: string }>`
		select f.name, f.content, c.code, b.kind from papers.batch b
		join platform.file f on f.agency_id = b.agency_id and f.id = b.file_id
		join classes.class c on c.agency_id = b.agency_id and c.id = b.class_id
		where b.agency_id = ${actor.agencyId} and b.id = ${batchId}`.execute(db);
	const row = rows[0];
	if (!row) throw missing();
	return row;
}

/** Letters of a batch, in the order of their numbers. Refuses: missing. */
export async function batchSheet(
	db: Db,
	actor: Actor,
	batchId: string,
	slice: { size: number; offset: number }
) {
	if (!canIssue(actor)) throw missing();
	const heads = await sql<BatchRow & { class_id: string; class_name: string }>`
		select b.id, b.kind, b.per, b.total, (select count(*)::int from papers.paper p where p.agency_id = b.agency_id and p.batch_id = b.id) as issued,
			b.job_id, b.file_id, b.asked_by_name, b.asked_at, b.asked_by = ${actor.accountId} as own, b.class_id, c.name as class_name
		from papers.batch b join classes.class c on c.agency_id = b.agency_id and c.id = b.class_id
		where b.agency_id = ${actor.agencyId} and b.id = ${batchId}`.execute(db);
	const head = heads.rows[0];
	if (!head) throw missing();
	const { rows } = await sql<{ id: string; number: string; status: string; unit: string; people: number }>`
		select p.id, p.number, p.status, u.name as unit,
			(select count(*)::int from papers.recipient r where r.agency_id = p.agency_id and r.paper_id = p.id) as people
		from papers.paper p left join people.unit u on u.agency_id = p.agency_id and u.id = p.unit_id
		where p.agency_id = ${actor.agencyId} and p.batch_id = ${batchId} order by p.counter limit ${slice.size} offset ${slice.offset}`.execute(
		db
	);
	return { batch: { ...head, kind: paperKind(head.kind), per: perOf(head.per) }, letters: rows };
}
