import { sql } from 'kysely';
import { invalidField, missing, refused } from '#kernel/errors.ts';
import { command } from '#platform/work/command.ts';
import { canNameOwner } from '../../access.ts';
import { NameOwner } from '../../input.ts';
import { mayOwn } from '../owners.ts';
import { teachesClass } from '../results.ts';

/**
 * Hands a finding to somebody else, who is told; the reason stays in the audit trail. Refuses: missing, a finding that
 * was answered, whoever owns it already, somebody who may neither change programs nor teaches its class.
 */
export const nameOwner = command(
	'evaluation.nameOwner',
	NameOwner,
	async ({ tx, actor, permit, record, note }, { findingId, ownerId, reason }) => {
		const { rows } = await sql<{ ownerId: string | null; teaches: boolean; decided: boolean }>`
			select f.owner_id as "ownerId", ${teachesClass(actor)} as teaches,
				exists (select from programs.change_request r where r.agency_id = f.agency_id and r.id = f.id and r.decision is not null) as decided
			from evaluation.finding f
			left join classes.class c on c.agency_id = f.agency_id and c.id = f.class_id
			where f.agency_id = ${actor.agencyId} and f.id = ${findingId}
			for update of f`.execute(tx);
		const finding = rows[0];
		if (finding === undefined) throw missing();
		permit(canNameOwner(actor, finding));
		if (finding.decided) throw refused('evaluation.owner.decided');
		if (finding.ownerId === ownerId) throw invalidField('ownerId', 'evaluation.owner.same');
		if (!(await mayOwn(tx, findingId)).some(({ id }) => id === ownerId))
			throw invalidField('ownerId', 'evaluation.owner.mayNot');
		await tx
			.updateTable('evaluation.finding')
			.set({ owner_id: ownerId })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', findingId)
			.execute();
		note({ ownerId, reason, ...(finding.ownerId === null ? {} : { formerOwnerId: finding.ownerId }) });
		// Who takes it themselves needs no telling.
		if (ownerId === actor.personId) note({ findingId });
		else record('evaluation.findingOwned', { findingId });
		return {};
	},
	{ summary: 'Hand a finding to another owner' }
);
