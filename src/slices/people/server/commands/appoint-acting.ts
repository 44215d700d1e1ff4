import { invalidField, missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { addDays } from '#kernel/time.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canOrganise } from '../../access.ts';
import { AppointActing, EndAssignment } from '../../history-input.ts';
import { lockOrders, refreshLeaders } from '../history/effective.ts';
import { unitPlace } from '../queries/units.ts';

constraintMeans('assignment_one_head', 'people.acting.anotherActs');
constraintMeans('assignment_once', 'people.acting.already');

/**
 * Somebody fills a vacant head's place (Plt), stands in for a head who is away (Plh), or holds an additional post, by a
 * dated order. Whoever acts as head supervises while it lasts. Refuses: out of reach, a Plt where there is a head, a Plh
 * without an end or where there is none, the head themselves, somebody who left, another who acts in those days.
 */
export const appointActing = command(
	'people.appointActing',
	AppointActing,
	async ({ tx, actor, now, today, permit, record, note }, input) => {
		await lockOrders(tx, actor.agencyId);
		const place = await unitPlace(tx, input.unitId);
		const person = await tx
			.selectFrom('people.person')
			.select(['name', 'active'])
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', input.personId)
			.executeTakeFirst();
		if (!place || !person) throw missing();
		permit(canOrganise(actor, place.path));
		if (!person.active) throw refused('people.access.left');
		if (input.lastDay !== undefined && input.lastDay < input.validFrom)
			throw invalidField('lastDay', 'people.grant.endBeforeStart');
		const unit = await tx
			.selectFrom('people.unit')
			.select('head_person_id')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', input.unitId)
			.forUpdate()
			.executeTakeFirstOrThrow();
		const isHead = input.holding !== 'additional' || input.isHead;
		if (isHead && unit.head_person_id === input.personId)
			throw refused('people.acting.isHead', { name: person.name });
		// A Plt of the past may fill a place that has a head by now: the history decides, not today.
		const vacant = await vacantOn(tx, actor.agencyId, input.unitId, input.validFrom);
		if (input.holding === 'plt' && !vacant) throw refused('people.acting.notVacant');
		if (input.holding === 'plh' && vacant) throw refused('people.acting.vacant');
		if (input.holding === 'plh' && input.lastDay === undefined)
			throw invalidField('lastDay', 'people.acting.plhEnds');
		const assignmentId = newId();
		await tx
			.insertInto('people.assignment')
			.values({
				agency_id: actor.agencyId,
				id: assignmentId,
				person_id: input.personId,
				unit_id: input.unitId,
				holding: input.holding,
				title: input.title,
				is_head: isHead,
				valid_from: input.validFrom,
				valid_to: input.lastDay === undefined ? null : addDays(input.lastDay, 1),
				order_number: input.orderNumber,
				reason: input.reason,
				made_by: actor.accountId,
				made_at: now
			})
			.execute();
		await refreshLeaders(tx, actor.agencyId, today);
		record('people.moved', { personId: input.personId });
		note({ assignmentId, personId: input.personId, unitId: input.unitId });
		return { assignmentId, leads: isHead };
	},
	{
		summary: 'Appoint an acting head (Plt, Plh) or give an additional post, with dates and the order’s number'
	}
);

async function vacantOn(
	tx: Parameters<typeof refreshLeaders>[0],
	agencyId: string,
	unitId: string,
	day: string
): Promise<boolean> {
	const row = await tx
		.selectFrom('people.headship')
		.select('person_id')
		.where('agency_id', '=', agencyId)
		.where('unit_id', '=', unitId)
		.where('valid_from', '<=', day)
		.orderBy('valid_from', 'desc')
		.limit(1)
		.executeTakeFirst();
	return (row?.person_id ?? null) === null;
}

/** Ends an acting or additional post after a day; one that would never have begun is removed. */
export const endAssignment = command(
	'people.endAssignment',
	EndAssignment,
	async ({ tx, actor, today, permit, record, note }, { assignmentId, lastDay }) => {
		await lockOrders(tx, actor.agencyId);
		const found = await tx
			.selectFrom('people.assignment')
			.select(['unit_id', 'valid_from', 'valid_to', 'person_id'])
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', assignmentId)
			.forUpdate()
			.executeTakeFirst();
		if (!found) throw missing();
		permit(canOrganise(actor, (await unitPlace(tx, found.unit_id))?.path ?? ''));
		if (found.valid_to !== null && found.valid_to <= today) throw refused('people.order.over');
		const key = { agencyId: actor.agencyId, id: assignmentId };
		if (lastDay < found.valid_from)
			await tx
				.deleteFrom('people.assignment')
				.where('agency_id', '=', key.agencyId)
				.where('id', '=', key.id)
				.execute();
		else
			await tx
				.updateTable('people.assignment')
				.set({ valid_to: addDays(lastDay, 1) })
				.where('agency_id', '=', key.agencyId)
				.where('id', '=', key.id)
				.execute();
		await refreshLeaders(tx, actor.agencyId, today);
		record('people.moved', { personId: found.person_id });
		note({ assignmentId, personId: found.person_id });
		return { assignmentId };
	},
	{ summary: 'End an acting or additional post after a day' }
);
