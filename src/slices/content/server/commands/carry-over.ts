import { missing } from '#kernel/errors.ts';
import { command } from '#platform/work/command.ts';
import { canEdit } from '../../access.ts';
import { CarryOver } from '../../input.ts';
import { purposeOf } from '../../model.ts';
import { copyLessons, copyQuizzes } from '../copy-material.ts';
import { carriable } from '../queries.ts';

/**
 * Brings lessons and quizzes of the version before into a new one: lessons into modules that were copied and have none
 * yet, quizzes for purposes that have none yet. What is there already is never touched, so running it again adds nothing.
 */
export const carryOver = command(
	'content.carryOver',
	CarryOver,
	async ({ tx, actor, now, permit, note }, { versionId }) => {
		const version = await tx
			.selectFrom('programs.version')
			.select('id')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', versionId)
			// Two at once would each see an empty version and copy twice.
			.forUpdate()
			.executeTakeFirst();
		if (!version) throw missing();
		permit(canEdit(actor));
		const { modules, quizzes } = await carriable(tx, actor.agencyId, versionId);
		const lessons = await copyLessons(tx, actor.agencyId, modules, { now, accountId: actor.accountId });
		const copied = await copyQuizzes(
			tx,
			actor.agencyId,
			quizzes.map((quiz) => ({ ...quiz, purpose: purposeOf(quiz.purpose) })),
			versionId
		);
		note({ versionId, lessons, quizzes: copied.length });
		return { versionId, lessons, quizzes: copied.length };
	},
	{ summary: 'Copy material of the version before into a new one' }
);
