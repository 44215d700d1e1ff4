import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { enqueue } from '#platform/jobs/jobs.ts';
import { command } from '#platform/work/command.ts';
import { canIssue } from '../../access.ts';
import { AskForBatch, OneBatch, textsOf } from '../../input.ts';
import { paperKind, perOf, type PaperKind, type Parts, type Per } from '../../model.ts';
import { issuePapers } from '../issue.ts';
import { lessonOf } from '../lesson.ts';
import { settingOn } from '../settings.ts';
import { targetsOf } from '../targets.ts';

/** Letters of one transaction: short enough that nobody who takes a number by hand waits for the whole job. */
export const LETTERS_AT_ONCE = 50;

/**
 * Asks for one letter per unit or per person of a class; the list is written now, the job gives the numbers. What is
 * missing in the settings is said at once. Refuses: missing, nobody in the class, no letterhead, numbering, signatory.
 */
export const askForBatch = command(
	'papers.askForBatch',
	AskForBatch,
	async ({ tx, actor, now, today, permit, note }, { classId, kind, per, parts }) => {
		permit(canIssue(actor));
		const lesson = await lessonOf(tx, classId, now, today);
		if (!lesson) throw missing();
		const targets = targetsOf(lesson.people, per);
		if (targets.length === 0) throw refused('papers.paper.nobody');
		const { letterhead, numbering, signatory } = await settingOn(tx, kind, today);
		if (letterhead === null) throw refused('papers.issue.noLetterhead');
		if (numbering === null) throw refused('papers.issue.noNumbering');
		if (signatory === null) throw refused('papers.issue.noSignatory');
		const batchId = newId(now.getTime());
		await tx
			.insertInto('papers.batch')
			.values({
				agency_id: actor.agencyId,
				id: batchId,
				class_id: classId,
				kind,
				per,
				parts: JSON.stringify(textsOf(kind, parts)),
				total: targets.length,
				asked_by: actor.accountId,
				asked_by_name: actor.name,
				asked_at: now
			})
			.execute();
		await sql`
			insert into papers.batch_target (agency_id, batch_id, sort, unit_id, person_ids)
			select ${actor.agencyId}, ${batchId}, n.sort, (n.target ->> 'unitId')::uuid,
				array(select jsonb_array_elements_text(n.target -> 'personIds'))::uuid[]
			from jsonb_array_elements(${JSON.stringify(targets)}::jsonb) with ordinality as n(target, sort)`.execute(tx);
		const jobId = await enqueue(tx, { actor, kind: 'papers.issueBatch', input: { batchId }, now });
		await tx
			.updateTable('papers.batch')
			.set({ job_id: jobId })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', batchId)
			.execute();
		note({ classId, batchId, jobId });
		return { batchId, jobId };
	},
	{ summary: 'Ask for one letter per unit or person of a class, made in the background' }
);

/**
 * Issues the next letters of a batch that have none yet, in the order asked for. Run again after a crash it goes on
 * where the last transaction that was kept ended: a number is taken with its letter or not at all. Answers how many
 * are issued of how many. Somebody who has lost the seat since gets no letter. Refuses: missing, what `issue` refuses.
 */
export const issueNext = command(
	'papers.issueNext',
	OneBatch,
	async ({ tx, actor, now, today, permit, note }, { batchId }) => {
		const batch = await lockBatch(tx, actor.agencyId, batchId);
		permit(canIssue(actor));
		const lesson = await lessonOf(tx, batch.classId, now, today);
		if (!lesson) throw missing();
		const waiting = await nextTargets(tx, actor.agencyId, batchId);
		const items = waiting.map((target) => ({
			unitId: target.unitId,
			personId: batch.per === 'person' ? (target.personIds[0] ?? null) : null,
			people: lesson.people.filter(({ personId }) => target.personIds.includes(personId)),
			parts: batch.parts
		}));
		const kept = waiting
			.map((target, at) => ({ sort: target.sort, item: items[at] }))
			.flatMap(({ sort, item }) => (item === undefined || item.people.length === 0 ? [] : [{ sort, item }]));
		const ids =
			kept.length === 0
				? []
				: await issuePapers(tx, actor, {
						kind: batch.kind,
						lesson,
						items: kept.map(({ item }) => item),
						today,
						now,
						batchId
					});
		await settle(
			tx,
			actor.agencyId,
			batchId,
			waiting.map(({ sort }) => sort),
			kept.map(({ sort }, at) => ({ sort, id: ids[at] }))
		);
		const { rows } = await sql<{ left: number; total: number }>`
			select count(*) filter (where t.paper_id is null)::int as left, ${batch.total}::int as total
			from papers.batch_target t where t.agency_id = ${actor.agencyId} and t.batch_id = ${batchId}`.execute(tx);
		const left = rows[0]?.left ?? 0;
		note({ batchId, count: ids.length });
		return { done: batch.total - left, total: batch.total, left };
	},
	{ summary: 'Issue the next letters of a batch' }
);

type Batch = { classId: string; kind: PaperKind; per: Per; parts: Parts; total: number };

/** A batch, held until the transaction ends, so that two workers never give the same letter twice. Refuses: missing. */
export async function lockBatch(tx: Tx, agencyId: string, batchId: string): Promise<Batch> {
	const { rows } = await sql<Omit<Batch, 'kind' | 'per'> & { kind: string; per: string }>`
		select class_id as "classId", kind, per, parts, total from papers.batch
		where agency_id = ${agencyId} and id = ${batchId} for update`.execute(tx);
	const row = rows[0];
	if (!row) throw missing();
	return { ...row, kind: paperKind(row.kind), per: perOf(row.per) };
}

async function nextTargets(tx: Tx, agencyId: string, batchId: string) {
	const { rows } = await sql<{ sort: number; unitId: string; personIds: string[] }>`
		select sort, unit_id as "unitId", person_ids::text[] as "personIds" from papers.batch_target
		where agency_id = ${agencyId} and batch_id = ${batchId} and paper_id is null
		order by sort limit ${LETTERS_AT_ONCE}`.execute(tx);
	return rows;
}

/** Each letter beside whom it is for; who has lost the seat since is taken off the list. */
async function settle(
	tx: Tx,
	agencyId: string,
	batchId: string,
	looked: readonly number[],
	issued: readonly { sort: number; id: string | undefined }[]
): Promise<void> {
	await sql`
		update papers.batch_target t set paper_id = n.paper_id
		from unnest(${issued.map(({ sort }) => sort)}::int[], ${issued.map(({ id }) => id ?? null)}::uuid[]) as n(sort, paper_id)
		where t.agency_id = ${agencyId} and t.batch_id = ${batchId} and t.sort = n.sort`.execute(tx);
	await sql`
		delete from papers.batch_target where agency_id = ${agencyId} and batch_id = ${batchId}
			and sort = any(${[...looked]}::int[]) and paper_id is null`.execute(tx);
}
