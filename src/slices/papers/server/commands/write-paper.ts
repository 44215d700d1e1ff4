import { sql } from 'kysely';
import { invalidField, missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canIssue } from '../../access.ts';
import { draftParts } from '../../document/draft.ts';
import type { Lesson, Participant } from '../../document/lesson.ts';
import { ChangeDraft, DraftPaper, OnePaper, textsOf, WithdrawPaper } from '../../input.ts';
import { ADDRESSED, paperKind, paperStatus, type PaperKind, type Parts } from '../../model.ts';
import { paperStep, stillDraft } from '../../rules.ts';
import { issuePapers } from '../issue.ts';
import { lessonOf } from '../lesson.ts';

/**
 * A new paper of a class, its texts drafted from the class's data. Refuses: missing, a letter of assignment without
 * its unit, a unit of which nobody takes part.
 */
export const draftPaper = command(
	'papers.draft',
	DraftPaper,
	async ({ tx, actor, now, today, permit, note }, { classId, kind, unitId }) => {
		permit(canIssue(actor));
		const lesson = await lessonOf(tx, classId, now, today);
		if (!lesson) throw missing();
		if (ADDRESSED.includes(kind)) peopleFor(kind, lesson, unitId ?? null, null);
		const id = newId(now.getTime());
		await tx
			.insertInto('papers.paper')
			.values({
				agency_id: actor.agencyId,
				id,
				class_id: classId,
				kind,
				status: 'draft',
				unit_id: ADDRESSED.includes(kind) ? (unitId ?? null) : null,
				parts: JSON.stringify(draftParts(kind, lesson)),
				made_by: actor.accountId,
				made_by_name: actor.name,
				made_at: now
			})
			.execute();
		note({ classId, paperId: id });
		return { paperId: id };
	},
	{ summary: 'Draft a paper of a class' }
);

/** Refuses: missing, issued already. */
export const changeDraft = command(
	'papers.changeDraft',
	ChangeDraft,
	async ({ tx, actor, permit, note }, { paperId, parts }) => {
		const paper = await lockPaper(tx, actor.agencyId, paperId);
		permit(canIssue(actor));
		stillDraft(paper.status);
		await tx
			.updateTable('papers.paper')
			.set({ parts: JSON.stringify(textsOf(paper.kind, parts)) })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', paperId)
			.execute();
		note({ paperId });
		return { paperId };
	},
	{ summary: 'Change the texts of a draft' }
);

/** A draft has no number yet, so it may go without a trace but the audit line. Refuses: missing, issued already. */
export const discardDraft = command(
	'papers.discard',
	OnePaper,
	async ({ tx, actor, permit, note }, { paperId }) => {
		const paper = await lockPaper(tx, actor.agencyId, paperId);
		permit(canIssue(actor));
		stillDraft(paper.status);
		await tx
			.deleteFrom('papers.paper')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', paperId)
			.execute();
		note({ paperId });
		return { classId: paper.classId };
	},
	{ summary: 'Discard a draft' }
);

/** Gives the number and freezes the paper. Refuses: missing, issued already, nothing set for that day, nobody to send. */
export const issuePaper = command(
	'papers.issue',
	OnePaper,
	async ({ tx, actor, now, today, permit, note }, { paperId }) => {
		const paper = await lockPaper(tx, actor.agencyId, paperId);
		permit(canIssue(actor));
		paperStep(paper.status, 'issued');
		const lesson = await lessonOf(tx, paper.classId, now, today);
		if (!lesson) throw missing();
		const people = peopleFor(paper.kind, lesson, paper.unitId, paper.personId);
		const item = {
			draftId: paperId,
			unitId: paper.unitId,
			personId: paper.personId,
			people,
			parts: paper.parts
		};
		await issuePapers(tx, actor, { kind: paper.kind, lesson, items: [item], today, now });
		note({ classId: paper.classId, paperId });
		return { paperId };
	},
	{ summary: 'Issue a paper under the next number' }
);

/** Takes a paper back; its number stays used. Refuses: missing, a draft, withdrawn already. */
export const withdrawPaper = command(
	'papers.withdraw',
	WithdrawPaper,
	async ({ tx, actor, now, permit, note }, { paperId, reason }) => {
		const paper = await lockPaper(tx, actor.agencyId, paperId);
		permit(canIssue(actor));
		await tx
			.updateTable('papers.paper')
			.set({
				...paperStep(paper.status, 'withdrawn'),
				reason,
				withdrawn_at: now,
				withdrawn_by_name: actor.name
			})
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', paperId)
			.execute();
		note({ classId: paper.classId, paperId });
		return { paperId };
	},
	{ summary: 'Withdraw an issued paper' }
);

/** Whom a paper is about: the people of its unit, the one person, or everybody with a seat. */
export function peopleFor(
	kind: PaperKind,
	lesson: Lesson,
	unitId: string | null,
	personId: string | null
): Participant[] {
	const people = lesson.people.filter(
		(one) => (unitId === null || one.unitId === unitId) && (personId === null || one.personId === personId)
	);
	if (!ADDRESSED.includes(kind)) return people;
	if (unitId === null) throw invalidField('unitId', 'papers.paper.whichUnit');
	if (people.length === 0) throw refused('papers.paper.nobody');
	return people;
}

type LockedPaper = {
	classId: string;
	kind: PaperKind;
	status: ReturnType<typeof paperStatus>;
	unitId: string | null;
	personId: string | null;
	parts: Parts;
};

/** A paper, held until the transaction ends. Refuses: missing. */
async function lockPaper(tx: Tx, agencyId: string, paperId: string): Promise<LockedPaper> {
	const { rows } = await sql<Omit<LockedPaper, 'kind' | 'status'> & { kind: string; status: string }>`
		select class_id as "classId", kind, status, unit_id as "unitId", person_id as "personId", parts from papers.paper
		where agency_id = ${agencyId} and id = ${paperId} for update`.execute(tx);
	const row = rows[0];
	if (!row) throw missing();
	return { ...row, kind: paperKind(row.kind), status: paperStatus(row.status) };
}
