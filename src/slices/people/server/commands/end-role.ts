import { missing, refused } from '#kernel/errors.ts';
import { command } from '#platform/work/command.ts';
import { canGiveRole } from '../../access.ts';
import { OneGrant } from '../../input.ts';

/**
 * Ends a role from today on. One that had not begun, or began today, never held: it is removed, the audit line keeps it.
 * Refuses: one's own (so somebody who can give roles always remains), out of reach, ended already.
 */
export const endRole = command(
	'people.endRole',
	OneGrant,
	async ({ tx, actor, today, permit, note }, { grantId }) => {
		const grant = await tx
			.selectFrom('people.role_grant as g')
			.innerJoin('people.unit as u', (join) =>
				join.onRef('u.agency_id', '=', 'g.agency_id').onRef('u.id', '=', 'g.unit_id')
			)
			.select(['g.person_id', 'g.role', 'g.valid_from', 'g.valid_to', 'u.path', 'u.parent_id'])
			.where('g.agency_id', '=', actor.agencyId)
			.where('g.id', '=', grantId)
			.forUpdate('g')
			.executeTakeFirst();
		if (!grant) throw missing();
		permit(canGiveRole(actor, grant.person_id, grant.parent_id === null ? '' : grant.path));
		if (grant.valid_to !== null && grant.valid_to <= today) throw refused('people.grant.ended');
		note({ personId: grant.person_id, grantId, role: grant.role });
		const one = { agency_id: actor.agencyId, id: grantId };
		if (grant.valid_from >= today)
			await tx
				.deleteFrom('people.role_grant')
				.where('agency_id', '=', one.agency_id)
				.where('id', '=', one.id)
				.execute();
		else
			await tx
				.updateTable('people.role_grant')
				.set({ valid_to: today })
				.where('agency_id', '=', one.agency_id)
				.where('id', '=', one.id)
				.execute();
		return { grantId };
	},
	{ summary: 'End a role from today on' }
);
