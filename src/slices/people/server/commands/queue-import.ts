import { refused } from '#kernel/errors.ts';
import { enqueue, unfinishedJob } from '#platform/jobs/jobs.ts';
import { command } from '#platform/work/command.ts';
import { canImport } from '../../access.ts';
import { OneImport } from '../../input.ts';
import { lockQueueing, refuseUnlessChecked } from '../import/lock-imports.ts';
import { overtakenBy } from '../queries/imports.ts';
import { applyImport } from './apply-import.ts';

/**
 * Has a dry run applied by a job that the person can watch and leave, after those that were asked for before; a second
 * press answers the same job. Refuses, at once: what is not a dry run any more, one that another import overtook, and one
 * that a colleague is having applied.
 */
export const queueImport = command(
	'people.queueImport',
	OneImport,
	async ({ tx, actor, now, permit, note }, { importId }) => {
		const found = await lockQueueing(tx, actor.agencyId, importId);
		permit(canImport(actor));
		refuseUnlessChecked(found);
		const overtaken = await overtakenBy(tx, importId);
		if (overtaken !== null) throw refused('people.import.stale', { file: overtaken });
		const underway = await unfinishedJob(tx, actor, applyImport.name, { importId });
		if (underway && !underway.own) throw refused('people.import.beingApplied', { who: underway.by });
		const jobId =
			underway?.id ?? (await enqueue(tx, { actor, kind: applyImport.name, input: { importId }, now }));
		note({ importId, jobId });
		return { jobId };
	},
	{ summary: 'Have what a dry run showed written by a job' }
);
