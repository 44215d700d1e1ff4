import { refused } from '#kernel/errors.ts';
import { command } from '#platform/work/command.ts';
import { canImport } from '../../access.ts';
import { OneImport } from '../../input.ts';
import { mayBecome } from '../../model.ts';
import { lockImport, statusOf } from '../import/lock-imports.ts';

/** Throws a dry run away, with what it read of people. Refuses: applied or discarded already. */
export const discardImport = command(
	'people.discardImport',
	OneImport,
	async ({ tx, actor, permit, note }, { importId }) => {
		const found = await lockImport(tx, actor.agencyId, importId);
		permit(canImport(actor));
		if (!mayBecome(statusOf(found.status), 'discarded')) throw refused('people.import.tooLateToDiscard');
		await tx
			.deleteFrom('people.import_row')
			.where('agency_id', '=', actor.agencyId)
			.where('import_id', '=', importId)
			.execute();
		await tx
			.updateTable('people.import')
			.set({ status: 'discarded' })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', importId)
			.execute();
		note({ importId });
		return { importId };
	},
	{ summary: 'Throw a dry run away' }
);
