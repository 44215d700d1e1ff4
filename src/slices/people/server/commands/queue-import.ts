import { refused } from '#kernel/errors.ts';
import { enqueue, unfinishedJob } from '#platform/jobs/jobs.ts';
import { command } from '#platform/work/command.ts';
import { canImport } from '../../access.ts';
import { OneImport } from '../../input.ts';
import { lockQueueing, refuseUnlessFresh } from '../import/lock-imports.ts';
import { applyImport } from './apply-import.ts';

/**
 * Has a dry run applied by a job that the person can watch and leave; a second press answers the same job. Refuses what
 * `people.applyImport` refuses, at once, and an import that a colleague is having applied.
 */
export const queueImport = command(
	'people.queueImport',
	OneImport,
	async ({ tx, actor, now, permit, note }, { importId }) => {
		const found = await lockQueueing(tx, actor.agencyId, importId);
		permit(canImport(actor));
		await refuseUnlessFresh(tx, actor.agencyId, found);
		const underway = await unfinishedJob(tx, actor, applyImport.name, { importId });
		if (underway && !underway.own) throw refused('people.import.beingApplied', { who: underway.by });
		const jobId =
			underway?.id ?? (await enqueue(tx, { actor, kind: applyImport.name, input: { importId }, now }));
		note({ importId, jobId });
		return { jobId };
	},
	{ summary: 'Have what a dry run showed written by a job' }
);
