import { sql } from 'kysely';
import { z } from 'zod';
import { AppError } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canTurnDay } from '../../access.ts';
import { applyMovement } from '../history/apply-movement.ts';
import { applyReorganisation, Change } from '../history/apply-reorganisation.ts';
import { lockOrders, refreshLeaders } from '../history/effective.ts';
import { refreshStandings } from '../history/refresh-standings.ts';

/**
 * A day begins: orders that waited for it are done, oldest first, units before people; who leads, stands in and
 * supervises, and everybody's grade, become those of today. An order that something stands against is left as failed
 * with the reason, and the others go on. Harmless any number of times a day.
 */
export const turnDay = command(
	'people.turnDay',
	z.object({}),
	async ({ tx, actor, today, permit, note }) => {
		await lockOrders(tx, actor.agencyId);
		permit(canTurnDay(actor));
		const units = await dueReorganisations(tx, actor.agencyId, today);
		const moves = await dueMovements(tx, actor.agencyId, today);
		await refreshStandings(tx, actor.agencyId, today);
		await refreshLeaders(tx, actor.agencyId, today);
		note({ units, moves });
		return { units, moves };
	},
	{ summary: 'Do what waited for today; the system does it at each midnight' }
);

async function dueReorganisations(tx: Tx, agencyId: string, today: string): Promise<number> {
	const due = await tx
		.selectFrom('people.reorganisation')
		.select(['id', 'kind', 'unit_id', 'effective_on', 'change'])
		.where('agency_id', '=', agencyId)
		.where('status', '=', 'planned')
		.where('effective_on', '<=', today)
		.orderBy('effective_on')
		.orderBy('id')
		.execute();
	for (const { id, kind, unit_id: unitId, effective_on: on, change } of due) {
		const failure = await attempt(tx, () =>
			applyReorganisation(tx, agencyId, { kind, unitId, on, change: Change.parse(change) }, today)
		);
		await tx
			.updateTable('people.reorganisation')
			.set({ status: failure === null ? 'done' : 'failed', failure })
			.where('agency_id', '=', agencyId)
			.where('id', '=', id)
			.execute();
	}
	return due.length;
}

async function dueMovements(tx: Tx, agencyId: string, today: string): Promise<number> {
	const due = await tx
		.selectFrom('people.movement')
		.select([
			'id',
			'person_id',
			'kind',
			'effective_on',
			'to_unit_id',
			'title',
			'post_kind',
			'level',
			'is_head'
		])
		.where('agency_id', '=', agencyId)
		.where('status', '=', 'planned')
		.where('effective_on', '<=', today)
		.orderBy('effective_on')
		.orderBy('id')
		.execute();
	for (const movement of due) {
		const failure = await attempt(tx, () => applyMovement(tx, agencyId, movement, today));
		await tx
			.updateTable('people.movement')
			.set({ status: failure === null ? 'done' : 'failed', failure })
			.where('agency_id', '=', agencyId)
			.where('id', '=', movement.id)
			.execute();
	}
	return due.length;
}

/** All of it or nothing, without giving up the others: the message key of what stood against it, or null. */
async function attempt(tx: Tx, work: () => Promise<void>): Promise<string | null> {
	await sql`savepoint one_order`.execute(tx);
	try {
		await work();
		await sql`release savepoint one_order`.execute(tx);
		return null;
	} catch (error) {
		if (!(error instanceof AppError)) throw error;
		await sql`rollback to savepoint one_order`.execute(tx);
		return error.code;
	}
}
