import { sql } from 'kysely';
import { isSelf } from '#kernel/actor.ts';
import { missing, refused } from '#kernel/errors.ts';
import { command } from '#platform/work/command.ts';
import { Rate } from '../../input.ts';

/**
 * Says which level of each trained competency showed before the class and shows now; may be said again until the
 * evaluation closes. The audit trail does not say by whom. Refuses: not asked (it does not exist), closed or over, a competency that was not trained.
 */
export const rateEvaluation = command(
	'followup.rate',
	Rate,
	async ({ tx, actor, now, today, permit, note }, { evaluationId, ratings }) => {
		const { rows } = await sql<{ raterId: string; over: boolean; trained: string[] }>`
			select w.rater_id as "raterId", e.closed_at is not null or e.closes_on < ${today}::date as over,
				array(select l.competency_id from followup.level l where l.agency_id = e.agency_id and l.evaluation_id = e.id) as trained
			from followup.rater w
			join followup.evaluation e on e.agency_id = w.agency_id and e.id = w.evaluation_id
			where w.agency_id = ${actor.agencyId} and w.evaluation_id = ${evaluationId} and w.rater_id = ${actor.personId}
			for update of w`.execute(tx);
		const asked = rows[0];
		if (asked === undefined) throw missing();
		permit(isSelf(actor, asked.raterId));
		if (asked.over) throw refused('followup.rate.over');
		if (ratings.some(({ competencyId }) => !asked.trained.includes(competencyId))) throw missing();
		if (new Set(ratings.map(({ competencyId }) => competencyId)).size < asked.trained.length)
			throw refused('followup.rate.incomplete');
		await sql`
			insert into followup.rating (agency_id, evaluation_id, rater_id, competency_id, level_before, level_now, rated_at)
			select ${actor.agencyId}, ${evaluationId}, ${asked.raterId}, r.*, ${now}::timestamptz
			from unnest(${ratings.map((one) => one.competencyId)}::uuid[], ${ratings.map((one) => one.before)}::smallint[],
				${ratings.map((one) => one.now)}::smallint[]) r
			on conflict (agency_id, evaluation_id, rater_id, competency_id)
				do update set level_before = excluded.level_before, level_now = excluded.level_now, rated_at = excluded.rated_at`.execute(
			tx
		);
		await tx
			.updateTable('followup.rater')
			.set({ done_at: now })
			.where('agency_id', '=', actor.agencyId)
			.where('evaluation_id', '=', evaluationId)
			.where('rater_id', '=', asked.raterId)
			.execute();
		note({ evaluationId });
	},
	{ audit: 'withoutName', summary: 'Rate an alumnus before and after training' }
);
