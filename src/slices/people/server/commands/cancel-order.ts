import { missing, refused } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canOrganise } from '../../access.ts';
import { OneOrder } from '../../history-input.ts';
import { lockOrders } from '../history/effective.ts';
import { placeOf } from '../queries/places.ts';
import { unitPlace } from '../queries/units.ts';

/** Takes back what waits for its day, or what could not be done on it. Refuses: done already, taken back already. */
export const cancelOrder = command(
	'people.cancelOrder',
	OneOrder,
	async ({ tx, actor, permit, note }, { orderId }) => {
		await lockOrders(tx, actor.agencyId);
		const order =
			(await movementOf(tx, actor.agencyId, orderId)) ??
			(await reorganisationOf(tx, actor.agencyId, orderId));
		if (!order) throw missing();
		permit(canOrganise(actor, order.path));
		if (order.status !== 'planned' && order.status !== 'failed') throw refused('people.order.over');
		note({ orderId });
		const { table } = order;
		await tx
			.updateTable(table)
			.set({ status: 'cancelled' })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', orderId)
			.execute();
		return { orderId };
	},
	{ summary: 'Take back an order whose day has not come' }
);

type Found = { table: 'people.movement' | 'people.reorganisation'; status: string; path: string };

async function movementOf(tx: Tx, agencyId: string, id: string): Promise<Found | null> {
	const row = await tx
		.selectFrom('people.movement')
		.select(['person_id', 'status', 'to_unit_id'])
		.where('agency_id', '=', agencyId)
		.where('id', '=', id)
		.executeTakeFirst();
	if (!row) return null;
	// Somebody who is still to arrive stands nowhere yet.
	const place = await placeOf(tx, row.person_id);
	const path = place.unitPath || ((await unitPlace(tx, row.to_unit_id ?? ''))?.path ?? '');
	return { table: 'people.movement', status: row.status, path };
}

async function reorganisationOf(tx: Tx, agencyId: string, id: string): Promise<Found | null> {
	const row = await tx
		.selectFrom('people.reorganisation')
		.select(['unit_id', 'status'])
		.where('agency_id', '=', agencyId)
		.where('id', '=', id)
		.executeTakeFirst();
	return row
		? {
				table: 'people.reorganisation',
				status: row.status,
				path: (await unitPlace(tx, row.unit_id))?.path ?? ''
			}
		: null;
}
