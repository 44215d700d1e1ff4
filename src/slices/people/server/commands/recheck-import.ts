import { command } from '#platform/work/command.ts';
import { canImport } from '../../access.ts';
import { OneImport } from '../../input.ts';
import { dryRunAgain } from '../import/dry-run.ts';
import { lockImport, refuseUnlessChecked } from '../import/lock-imports.ts';

/**
 * The dry run of a file once more, against how things are now, without a second upload: another import was applied since.
 * It is forgotten no later than before. Refuses: applied, discarded or forgotten already.
 */
export const recheckImport = command(
	'people.recheckImport',
	OneImport,
	async ({ tx, actor, now, today, permit, note }, { importId }) => {
		const found = await lockImport(tx, actor.agencyId, importId);
		permit(canImport(actor));
		refuseUnlessChecked(found);
		const counts = await dryRunAgain(tx, { agencyId: actor.agencyId, importId, now, today }, found);
		note({ importId });
		return { importId, counts };
	},
	{ summary: 'Check a file once more against how things are now' }
);
