import { sql } from 'kysely';
import { z } from 'zod';
import { command } from '#platform/work/command.ts';
import { canImport } from '../../access.ts';
import { DRY_RUN_HOURS, UNDO_DAYS } from '../../model.ts';
import { lockImports } from '../import/lock-imports.ts';

/**
 * Forgets what is no longer needed: dry runs that nobody applied within a day, wrong rows of applied ones after a day,
 * and what undoing needs after 30 days (which field came from which row stays). The system does it every hour.
 * @law UU 27/2022 (PDP): kept no longer than the purpose needs
 */
export const expireImports = command(
	'people.expireImports',
	z.object({}),
	async ({ tx, actor, now, permit, note }) => {
		await lockImports(tx, actor.agencyId);
		permit(canImport(actor));
		const day = new Date(now.getTime() - DRY_RUN_HOURS * 3_600_000);
		const month = new Date(now.getTime() - UNDO_DAYS * 24 * 3_600_000);
		const expired = await tx
			.updateTable('people.import')
			.set({ status: 'expired' })
			.where('agency_id', '=', actor.agencyId)
			.where('status', '=', 'checked')
			.where('created_at', '<', day)
			.executeTakeFirst();
		await sql`delete from people.import_row r using people.import i
			where r.agency_id = ${actor.agencyId} and i.agency_id = r.agency_id and i.id = r.import_id
				and (i.status = 'expired' or (i.status = 'applied' and i.applied_at < ${month} and r.outcome in ('unchanged', 'wrong')))`.execute(
			tx
		);
		await sql`update people.import_row r set label = '', problems = null from people.import i
			where r.agency_id = ${actor.agencyId} and i.agency_id = r.agency_id and i.id = r.import_id and i.status = 'applied'
				and i.created_at < ${day} and r.outcome = 'wrong' and r.problems is not null`.execute(tx);
		await sql`update people.import_row r set before = null,
				changes = (select jsonb_object_agg(field, '{}'::jsonb) from jsonb_object_keys(r.changes) as field)
			from people.import i
			where r.agency_id = ${actor.agencyId} and i.agency_id = r.agency_id and i.id = r.import_id and i.status = 'applied'
				and i.applied_at < ${month} and (r.before is not null or jsonb_path_exists(r.changes, '$.*.to'))`.execute(tx);
		const count = Number(expired.numUpdatedRows);
		note({ expired: count });
		return { expired: count };
	},
	{ summary: 'Forget dry runs older than a day; the system does it every hour' }
);
