import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { command } from '#platform/work/command.ts';
import { canImport } from '../../access.ts';
import { Departures } from '../../input.ts';
import { refreshHeads } from '../import/apply-units.ts';
import { lockImport } from '../import/lock-imports.ts';
import { missingPeople } from '../queries/missing.ts';

/**
 * An officer says who of the people missing from a staff list no longer works here, and why. They become inactive;
 * nothing of them is deleted, and a later file that names them brings them back. Refuses: an import of something else,
 * or thrown away; somebody whom the file names, or who is inactive already.
 */
export const confirmDepartures = command(
	'people.confirmDepartures',
	Departures,
	async ({ tx, actor, now, permit, record }, { importId, personIds, reason, note }) => {
		const found = await lockImport(tx, actor.agencyId, importId);
		permit(canImport(actor));
		if (found.kind !== 'people') throw missing();
		if (found.status !== 'checked' && found.status !== 'applied')
			throw refused('people.import.alreadyDiscarded');
		const leaving = await missingPeople(tx, importId, personIds);
		if (leaving.length < new Set(personIds).size) throw refused('people.import.notMissing');
		await tx
			.insertInto('people.departure')
			.values(
				leaving.map(({ id, legal_status }) => ({
					agency_id: actor.agencyId,
					id: newId(),
					person_id: id,
					reason,
					note,
					import_id: importId,
					status_before: legal_status,
					made_by: actor.name,
					made_at: now
				}))
			)
			.execute();
		await tx
			.updateTable('people.person')
			.set({ active: false, legal_status: 'left', changed_at: now })
			.where('agency_id', '=', actor.agencyId)
			.where('id', 'in', personIds)
			.execute();
		await refreshHeads(tx, actor.agencyId);
		record('people.imported', { importId });
		return { count: leaving.length };
	},
	{ summary: 'Say who of the people missing from a staff list no longer works here, and why' }
);
