import { sql } from 'kysely';
import { refused } from '#kernel/errors.ts';
import { enqueue, unfinishedJob } from '#platform/jobs/jobs.ts';
import { command } from '#platform/work/command.ts';
import { canSplit } from '../../cohort-access.ts';
import { KeepSplit, OneSplit } from '../../cohort-input.ts';
import { violationsOf } from '../../cohorts/check.ts';
import { worthOf } from '../../cohorts/problem.ts';
import { loadSplit, strictSlots } from '../cohorts/load-split.ts';
import { lockSplit, stillOpen } from '../cohorts/lock-split.ts';

/** Asks for the split to be computed; answers the job to watch. Refuses: applied; being computed for somebody else. */
export const solveSplit = command(
	'classes.solveSplit',
	OneSplit,
	async ({ tx, actor, now, permit, note }, { splitId }) => {
		const split = await lockSplit(tx, actor.agencyId, splitId);
		permit(canSplit(actor));
		stillOpen(split);
		const underway = await unfinishedJob(tx, actor, 'classes.split', { splitId });
		if (underway && !underway.own) throw refused('classes.split.underway', { by: underway.by });
		const jobId =
			underway?.id ?? (await enqueue(tx, { actor, kind: 'classes.split', input: { splitId }, now }));
		note({ splitId, jobId });
		return { splitId, jobId };
	},
	{ summary: 'Ask for a split to be computed' }
);

/**
 * Keeps what the solver found, once every rule has been checked against today's seats, leave, counters,
 * rooms and facilitators: whoever sends
 * it, a split that breaks a rule is not kept. People put somewhere by hand meanwhile stay there. Refuses: applied; the
 * world has moved on.
 */
export const keepSplit = command(
	'classes.keepSplit',
	KeepSplit,
	async ({ tx, actor, now, permit, note }, { splitId, places, given, bound, seconds }) => {
		const split = await lockSplit(tx, actor.agencyId, splitId);
		permit(canSplit(actor));
		stillOpen(split);
		const loaded = await loadSplit(tx, splitId);
		const { problem } = loaded;
		const found = {
			places: {
				...Object.fromEntries(places.map(({ personId, classId }) => [personId, classId])),
				...problem.fixed
			},
			slots: strictSlots(loaded, given)
		};
		if (violationsOf(problem, found).length > 0) throw refused('classes.split.moved');
		const worth = worthOf(problem, found);
		const placed = Object.entries(found.places);
		await sql`
			update classes.split_person p set class_id = n.class_id
			from (select x.person_id, f.class_id from classes.split_person x
				left join unnest(${placed.map(([id]) => id)}::uuid[], ${placed.map(([, at]) => at)}::uuid[]) as f(person_id, class_id)
					on f.person_id = x.person_id
				where x.agency_id = ${actor.agencyId} and x.split_id = ${splitId}) n
			where p.agency_id = ${actor.agencyId} and p.split_id = ${splitId} and p.person_id = n.person_id and not p.by_hand`.execute(
			tx
		);
		await sql`
			update classes.split_class k set
				room_id = case when k.room_by_hand then k.room_id else g.room_id end,
				facilitator_id = case when k.facilitator_by_hand then k.facilitator_id else g.facilitator_id end
			from (select x.class_id, n.room_id, n.facilitator_id from classes.split_class x
				left join unnest(${given.map(({ classId }) => classId)}::uuid[], ${given.map(({ roomId }) => roomId)}::uuid[],
					${given.map(({ facilitatorId }) => facilitatorId)}::uuid[]) as n(class_id, room_id, facilitator_id) on n.class_id = x.class_id
				where x.agency_id = ${actor.agencyId} and x.split_id = ${splitId}) g
			where k.agency_id = ${actor.agencyId} and k.split_id = ${splitId} and k.class_id = g.class_id`.execute(tx);
		await tx
			.updateTable('classes.split')
			.set({ status: 'solved', worth, bound: Math.max(bound, worth), seconds, solved_at: now })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', splitId)
			.execute();
		note({ splitId, people: placed.length });
		return { splitId, placed: placed.length };
	},
	{ summary: 'Keep a computed split, if it breaks no rule' }
);
