import { refused } from '#kernel/errors.ts';
import { enqueue, unfinishedJob } from '#platform/jobs/jobs.ts';
import { command } from '#platform/work/command.ts';
import { canImport } from '../../access.ts';
import { OneImport } from '../../input.ts';
import { lockImport } from '../import/lock-imports.ts';
import { refuseUnlessUndoable, undoImport } from './undo-import.ts';

/** Has an import undone by a job. Refuses at once what `people.undoImport` refuses, with the list of what depends on it. */
export const queueUndo = command(
	'people.queueUndo',
	OneImport,
	async ({ tx, actor, now, permit, note }, { importId }) => {
		const found = await lockImport(tx, actor.agencyId, importId);
		permit(canImport(actor));
		await refuseUnlessUndoable(tx, actor.agencyId, found, now);
		const underway = await unfinishedJob(tx, actor, undoImport.name, { importId });
		if (underway && !underway.own) throw refused('people.import.beingUndone', { who: underway.by });
		const jobId =
			underway?.id ?? (await enqueue(tx, { actor, kind: undoImport.name, input: { importId }, now }));
		note({ importId, jobId });
		return { jobId };
	},
	{ summary: 'Have an applied import taken back by a job' }
);
