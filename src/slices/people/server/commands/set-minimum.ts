import { invalidField, missing } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { command } from '#platform/work/command.ts';
import { canSetMinimum } from '../../access.ts';
import { maskOf } from '../../history.ts';
import { RemoveMinimum, SetMinimum } from '../../history-input.ts';
import { unitPlace } from '../queries/units.ts';

/** How many must stand at a unit's counter, in which role, on which weekdays and hours. Refuses: out of reach. */
export const setMinimum = command(
	'people.setMinimum',
	SetMinimum,
	async ({ tx, actor, permit, note }, { unitId, roleName, weekdays, fromTime, toTime, people }) => {
		const unit = await unitPlace(tx, unitId);
		if (!unit) throw missing();
		permit(canSetMinimum(actor, unit.path));
		if (toTime <= fromTime) throw invalidField('toTime', 'people.minimum.ends');
		const minimumId = newId();
		await tx
			.insertInto('people.minimum_staff')
			.values({
				agency_id: actor.agencyId,
				id: minimumId,
				unit_id: unitId,
				role_name: roleName,
				weekdays: maskOf(weekdays),
				from_time: fromTime,
				to_time: toTime,
				people
			})
			.execute();
		note({ minimumId, unitId });
		return { minimumId };
	},
	{ summary: 'Say how many people a unit’s counter needs at least' }
);

export const removeMinimum = command(
	'people.removeMinimum',
	RemoveMinimum,
	async ({ tx, actor, permit, note }, { minimumId }) => {
		const line = await tx
			.selectFrom('people.minimum_staff')
			.select('unit_id')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', minimumId)
			.forUpdate()
			.executeTakeFirst();
		if (!line) throw missing();
		permit(canSetMinimum(actor, (await unitPlace(tx, line.unit_id))?.path ?? ''));
		await tx
			.deleteFrom('people.minimum_staff')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', minimumId)
			.execute();
		note({ minimumId, unitId: line.unit_id });
		return { minimumId };
	},
	{ summary: 'Remove a line of minimum staff' }
);
