import type { z } from 'zod';
import { invalidField, missing } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { command, type Beam } from '#platform/work/command.ts';
import { canOrganise } from '../../access.ts';
import type { ReorganisationKind } from '../../history.ts';
import { CloseUnit, MergeUnits, MoveUnit, RenameUnit, SplitUnit } from '../../history-input.ts';
import { applyReorganisation, Change } from '../history/apply-reorganisation.ts';
import { lockOrders } from '../history/effective.ts';
import { unitPlace } from '../queries/units.ts';

type Ordered = { unitId: string; effectiveOn: string; reason: string; orderNumber?: string | undefined };

/** A unit has another name from a day on. Refuses what `applyReorganisation` refuses, and out of reach. */
export const renameUnit = command(
	'people.renameUnit',
	RenameUnit,
	(beam, { name, headTitle, ...ordered }) => order(beam, 'rename', ordered, { name, headTitle }),
	{ summary: 'Rename a unit from a day on' }
);

/** A unit hangs below another one from a day on, with everything below it. */
export const moveUnit = command(
	'people.moveUnit',
	MoveUnit,
	(beam, { parentId, ...ordered }) => order(beam, 'move', ordered, { parentId }),
	{ summary: 'Put a unit below another one from a day on' }
);

/** Units become one: an existing one or a new one. Their people get posts there from that day. */
export const mergeUnits = command(
	'people.mergeUnits',
	MergeUnits,
	(beam, { withIds, intoId, name, headId, ...ordered }) => {
		if ((intoId === undefined) === (name === undefined)) throw invalidField('name', 'people.unit.nameOrUnit');
		if (withIds.includes(ordered.unitId)) throw invalidField('withIds', 'people.unit.withItself');
		return order(beam, 'merge', ordered, { withIds, intoId, name, headId });
	},
	{ summary: 'Merge units into one from a day on' }
);

/** A unit becomes several; or stays, and new ones take a part of its people. */
export const splitUnit = command(
	'people.splitUnit',
	SplitUnit,
	(beam, { names, keeps, to, ...ordered }) => {
		if (!keeps && names.length < 2) throw invalidField('names', 'people.unit.twoParts');
		return order(beam, 'split', ordered, { names, keeps, to });
	},
	{ summary: 'Split a unit from a day on' }
);

/** An empty unit ends. Refuses: people or units still there. */
export const closeUnit = command(
	'people.closeUnit',
	CloseUnit,
	(beam, ordered) => order(beam, 'close', ordered, {}),
	{ summary: 'Close an empty unit from a day on' }
);

/** Asked of every unit touched; written down, and done at once unless its day is to come. */
async function order(
	{ tx, actor, now, today, permit, note }: Beam,
	kind: ReorganisationKind,
	{ unitId, effectiveOn, reason, orderNumber }: Ordered,
	input: z.input<typeof Change>
) {
	await lockOrders(tx, actor.agencyId);
	const change = Change.parse(input);
	const touched = [unitId, ...change.withIds, change.intoId, change.parentId].filter(
		(id) => id !== undefined
	);
	const places = [];
	for (const id of new Set(touched)) {
		const place = await unitPlace(tx, id);
		if (!place) throw missing();
		places.push(place);
	}
	permit(places.every(({ path }) => canOrganise(actor, path)));
	const orderId = newId();
	const waits = effectiveOn > today;
	await tx
		.insertInto('people.reorganisation')
		.values({
			agency_id: actor.agencyId,
			id: orderId,
			kind,
			unit_id: unitId,
			effective_on: effectiveOn,
			change: JSON.stringify(change),
			order_number: orderNumber ?? null,
			reason,
			status: waits ? 'planned' : 'done',
			made_by: actor.accountId,
			made_at: now
		})
		.execute();
	if (!waits) await applyReorganisation(tx, actor.agencyId, { kind, unitId, on: effectiveOn, change }, today);
	note({ orderId, unitId });
	return { orderId, waits };
}
