import { refused } from '#kernel/errors.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canImport } from '../../access.ts';
import { OneImport } from '../../input.ts';
import { importKind } from '../import/kind.ts';
import '../import/kinds.ts';
import { stillSays } from '../import/dry-run.ts';
import { lockImport, refuseUnlessChecked } from '../import/lock-imports.ts';
import { Columns, Counts, overtakenBy } from '../queries/imports.ts';
import { forgetRows } from '../import/forget-rows.ts';

constraintMeans('person_agency_id_nip_key', 'people.import.identityClash');
constraintMeans('person_agency_id_external_id_key', 'people.import.identityClash');
constraintMeans('posting_one_at_a_time', 'people.import.postsMoved', 'people.applyImport');
constraintMeans('unit_agency_id_external_id_key', 'people.import.identityClash');

/**
 * Writes what the dry run showed, all of it or nothing; wrong rows are left out. Refuses: applied already (by whom,
 * when), discarded, or another import was applied since the dry run and made it untrue.
 */
export const applyImport = command(
	'people.applyImport',
	OneImport,
	async ({ tx, actor, now, today, permit, record, note, progress }, { importId }) => {
		const found = await lockImport(tx, actor.agencyId, importId);
		permit(canImport(actor));
		refuseUnlessChecked(found);
		const overtaken = await overtakenBy(tx, importId);
		if (
			overtaken !== null &&
			!(await stillSays(tx, { agencyId: actor.agencyId, importId, now, today }, found))
		)
			throw refused('people.import.stale', { file: overtaken });
		const columns = new Set(Columns.parse(found.columns).used.map(({ name }) => name));
		const applied = { agencyId: actor.agencyId, importId, now, columns, today };
		// A kind that writes all at once knows no rows on the way; people count in rows all the same.
		const counts = Counts.parse(found.counts);
		const rows = counts.new + counts.changed;
		await importKind(found.kind).apply(tx, applied, (done, total) =>
			progress(total === 0 ? 0 : Math.round((done / total) * rows), rows)
		);
		await forgetRows(tx, actor.agencyId, importId);
		await tx
			.updateTable('people.import')
			.set({ status: 'applied', applied_at: now, applied_by: actor.name })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', importId)
			.execute();
		// Other rooms care who works where.
		if (found.kind === 'people' || found.kind === 'units') record('people.imported', { importId });
		else note({ importId });
		return { importId };
	},
	{ summary: 'Write what a dry run showed, in one transaction' }
);
