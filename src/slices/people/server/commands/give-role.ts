import { invalidField, missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canGiveRole } from '../../access.ts';
import { GiveRole } from '../../input.ts';
import { unitPlace } from '../queries/units.ts';

constraintMeans('role_grant_unit_id_fkey', 'people.grant.unitGone');

/**
 * Gives somebody a role in a unit and below, from a day on. Refuses: oneself, a unit outside one's own reach, an end
 * before the start, somebody who left, the same role held there at the same time.
 */
export const giveRole = command(
	'people.giveRole',
	GiveRole,
	async ({ tx, actor, permit, note }, { personId, role, unitId, validFrom, validTo, reason }) => {
		const person = await tx
			.selectFrom('people.person')
			.select(['name', 'active'])
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', personId)
			.forUpdate()
			.executeTakeFirst();
		const unit = await unitPlace(tx, unitId);
		if (!person || !unit) throw missing();
		permit(canGiveRole(actor, personId, unit.path));
		if (!person.active) throw refused('people.access.left');
		if (validTo !== undefined && validTo <= validFrom)
			throw invalidField('validTo', 'people.grant.endBeforeStart');
		const same = await tx
			.selectFrom('people.role_grant')
			.select('id')
			.where('agency_id', '=', actor.agencyId)
			.where('person_id', '=', personId)
			.where('role', '=', role)
			.where('unit_id', '=', unitId)
			.where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', validFrom)]))
			.where((eb) => (validTo === undefined ? eb.lit(true) : eb('valid_from', '<', validTo)))
			.executeTakeFirst();
		if (same) throw refused('people.grant.already', { name: person.name, unit: unit.name });
		const grantId = newId();
		await tx
			.insertInto('people.role_grant')
			.values({
				agency_id: actor.agencyId,
				id: grantId,
				person_id: personId,
				role,
				unit_id: unitId,
				valid_from: validFrom,
				valid_to: validTo ?? null,
				reason,
				made_by: actor.accountId
			})
			.execute();
		note({ personId, grantId });
		return { grantId };
	},
	{ summary: 'Give a person a role in a unit, with dates and the reason' }
);
