import { sql } from 'kysely';
import { invalidField, missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { addDays } from '#kernel/time.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canOrganise } from '../../access.ts';
import { EndException, ExceptSupervisor } from '../../history-input.ts';
import { lockOrders, refreshLeaders } from '../history/effective.ts';
import { placeOf } from '../queries/places.ts';

constraintMeans('supervisor_exception_one', 'people.exception.overlap');

/**
 * For a time somebody is supervised by another person than the head of the unit. Refuses: out of reach, oneself, a
 * supervisor who left, a circle (who supervises whom must end at the top), another exception in those days.
 */
export const exceptSupervisor = command(
	'people.exceptSupervisor',
	ExceptSupervisor,
	async (
		{ tx, actor, now, today, permit, record, note },
		{ personId, supervisorId, validFrom, lastDay, reason }
	) => {
		await lockOrders(tx, actor.agencyId);
		permit(canOrganise(actor, (await placeOf(tx, personId)).unitPath));
		const supervisor = await tx
			.selectFrom('people.person')
			.select('active')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', supervisorId)
			.executeTakeFirst();
		if (!supervisor) throw missing();
		if (!supervisor.active) throw refused('people.access.left');
		if (personId === supervisorId) throw invalidField('supervisorId', 'people.exception.self');
		if (lastDay !== undefined && lastDay < validFrom)
			throw invalidField('lastDay', 'people.grant.endBeforeStart');
		const circle = await sql`with recursive up as (
				select s.supervisor_id as id from people.staff s where s.agency_id = ${actor.agencyId} and s.person_id = ${supervisorId}
				union
				select s.supervisor_id from up join people.staff s on s.agency_id = ${actor.agencyId} and s.person_id = up.id
			) select from up where id = ${personId}`.execute(tx);
		if (circle.rows.length > 0) throw refused('people.exception.circle');
		const exceptionId = newId();
		await tx
			.insertInto('people.supervisor_exception')
			.values({
				agency_id: actor.agencyId,
				id: exceptionId,
				person_id: personId,
				supervisor_id: supervisorId,
				valid_from: validFrom,
				valid_to: lastDay === undefined ? null : addDays(lastDay, 1),
				reason,
				made_by: actor.accountId,
				made_at: now
			})
			.execute();
		await refreshLeaders(tx, actor.agencyId, today);
		record('people.moved', { personId });
		note({ exceptionId, personId, supervisorId });
		return { exceptionId };
	},
	{ summary: 'Give a person another supervisor for a time, with the reason' }
);

/** Ends an exception after a day; one that would never have begun is removed. */
export const endException = command(
	'people.endException',
	EndException,
	async ({ tx, actor, today, permit, record, note }, { exceptionId, lastDay }) => {
		await lockOrders(tx, actor.agencyId);
		const found = await tx
			.selectFrom('people.supervisor_exception')
			.select(['person_id', 'valid_from', 'valid_to'])
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', exceptionId)
			.forUpdate()
			.executeTakeFirst();
		if (!found) throw missing();
		permit(canOrganise(actor, (await placeOf(tx, found.person_id)).unitPath));
		if (found.valid_to !== null && found.valid_to <= today) throw refused('people.order.over');
		if (lastDay < found.valid_from)
			await tx
				.deleteFrom('people.supervisor_exception')
				.where('agency_id', '=', actor.agencyId)
				.where('id', '=', exceptionId)
				.execute();
		else
			await tx
				.updateTable('people.supervisor_exception')
				.set({ valid_to: addDays(lastDay, 1) })
				.where('agency_id', '=', actor.agencyId)
				.where('id', '=', exceptionId)
				.execute();
		await refreshLeaders(tx, actor.agencyId, today);
		record('people.moved', { personId: found.person_id });
		note({ exceptionId, personId: found.person_id });
		return { exceptionId };
	},
	{ summary: 'End an exception of who supervises somebody' }
);
