import { z } from 'zod';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canImport } from '../../access.ts';
import { OneImport } from '../../input.ts';
import { applyPeople } from '../import/apply-people.ts';
import { applyUnits, refreshHeads } from '../import/apply-units.ts';
import { lockImport, refuseUnlessFresh } from '../import/lock-imports.ts';

constraintMeans('person_agency_id_nip_key', 'people.import.identityClash');
constraintMeans('person_agency_id_external_id_key', 'people.import.identityClash');
constraintMeans('unit_agency_id_external_id_key', 'people.import.identityClash');

const Kept = z.object({ used: z.array(z.object({ name: z.string() })) });

/**
 * Writes what the dry run showed, all of it or nothing; wrong rows are left out. Refuses: applied already (by whom,
 * when), discarded, or another import was applied since the dry run, which may have made it untrue.
 */
export const applyImport = command(
	'people.applyImport',
	OneImport,
	async ({ tx, actor, now, today, permit, record, progress }, { importId }) => {
		const found = await lockImport(tx, actor.agencyId, importId);
		permit(canImport(actor));
		await refuseUnlessFresh(tx, actor.agencyId, found);
		const columns = new Set(Kept.parse(found.columns).used.map(({ name }) => name));
		const applied = { agencyId: actor.agencyId, importId, now, columns, today };
		await (found.kind === 'people' ? applyPeople(tx, applied, progress) : applyUnits(tx, applied));
		await refreshHeads(tx, actor.agencyId);
		await tx
			.updateTable('people.import')
			.set({ status: 'applied', applied_at: now, applied_by: actor.name })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', importId)
			.execute();
		record('people.imported', { importId });
		return { importId };
	},
	{ summary: 'Write what a dry run showed, in one transaction' }
);
