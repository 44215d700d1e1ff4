import { refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import type { Actor } from '#kernel/actor.ts';
import { canComment, canEdit } from '../../access.ts';
import { AmendStudy, CommentStudy } from '../../input.ts';
import { lockStudy, type LockedStudy } from '../lock-study.ts';
import { visibleStudyById } from '../queries/studies.ts';

type Written = { studyId: string; words: string; reason?: string };

/** Departs from a fixed plan in sight of all: what, why, who, when. The plan itself stays. Refuses: not fixed yet. */
export const amendStudy = command(
	'impact.amendStudy',
	AmendStudy,
	async ({ tx, actor, now, permit, note }, input) => {
		const study = await lockStudy(tx, input.studyId);
		permit(canEdit(actor));
		await write(tx, actor, now, study, input);
		note({ studyId: input.studyId });
		return { studyId: input.studyId };
	},
	{ summary: 'Amend a fixed study in sight of all' }
);

/** What the owner of the training says about its study; the answer stays what it is. Refuses: unseen, not fixed yet. */
export const commentStudy = command(
	'impact.commentStudy',
	CommentStudy,
	async ({ tx, actor, now, permit, note }, input) => {
		const study = await lockStudy(tx, input.studyId);
		permit(canComment(actor));
		await visibleStudyById(tx, actor, input.studyId);
		await write(tx, actor, now, study, input);
		note({ studyId: input.studyId });
		return { studyId: input.studyId };
	},
	{ summary: 'Comment on a study as owner of the training' }
);

async function write(
	tx: Tx,
	actor: Actor,
	now: Date,
	study: LockedStudy,
	{ studyId, words, reason }: Written
): Promise<void> {
	if (study.frozenAt === null) throw refused('impact.study.notFrozen');
	await tx
		.insertInto('impact.study_remark')
		.values({
			agency_id: actor.agencyId,
			id: newId(),
			study_id: studyId,
			kind: reason === undefined ? 'comment' : 'amendment',
			words,
			reason: reason ?? null,
			person_id: actor.personId,
			made_by: actor.accountId,
			made_at: now
		})
		.execute();
}
