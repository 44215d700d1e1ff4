import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import { command } from '#platform/work/command.ts';
import { canTieItems } from '../../access.ts';
import { TieItem } from '../../input.ts';

/**
 * Says which learning outcome a question measures; without one the tie goes. It may be said after the quiz was taken,
 * because it changes no question. Refuses: an outcome of another curriculum version.
 */
export const tieItem = command(
	'evaluation.tieItem',
	TieItem,
	async ({ tx, actor, permit, note }, { questionId, outcomeId }) => {
		const { rows } = await sql<{ quizId: string; fits: boolean }>`
			select q.id as "quizId", ${outcomeId ?? null}::uuid is null or exists (select from programs.outcome o
				where o.agency_id = q.agency_id and o.version_id = q.version_id and o.id = ${outcomeId ?? null}::uuid) as fits
			from content.question n
			join content.quiz q on q.agency_id = n.agency_id and q.id = n.quiz_id
			where n.agency_id = ${actor.agencyId} and n.id = ${questionId}
			for share of n`.execute(tx);
		const found = rows[0];
		if (found === undefined) throw missing();
		permit(canTieItems(actor));
		if (!found.fits) throw refused('evaluation.items.otherVersion');
		await tx
			.deleteFrom('evaluation.item_outcome')
			.where('agency_id', '=', actor.agencyId)
			.where('question_id', '=', questionId)
			.execute();
		if (outcomeId !== undefined)
			await tx
				.insertInto('evaluation.item_outcome')
				.values({ agency_id: actor.agencyId, question_id: questionId, outcome_id: outcomeId })
				.execute();
		note({ quizId: found.quizId, questionId });
		return {};
	},
	{ summary: 'Say which learning outcome a question measures' }
);
