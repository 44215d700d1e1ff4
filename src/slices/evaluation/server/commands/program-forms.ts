import { sql } from 'kysely';
import { missing } from '#kernel/errors.ts';
import { command } from '#platform/work/command.ts';
import { canEditForms } from '../../access.ts';
import { ProgramForms } from '../../form-input.ts';
import { mustBeInUse } from '../lock-form.ts';

/**
 * Which forms classes of a program use by themselves, of forms that open from now on; a class may still choose another.
 * The same again changes nothing. Refuses: a form that is not in use.
 */
export const setProgramForms = command(
	'evaluation.setProgramForms',
	ProgramForms,
	async ({ tx, actor, now, permit, note }, { programId, finalVersionId = null, sessionVersionId = null }) => {
		const { rows } = await sql`
			select from programs.program where agency_id = ${actor.agencyId} and id = ${programId} for no key update`.execute(
			tx
		);
		if (rows.length === 0) throw missing();
		permit(canEditForms(actor));
		note({ programId });
		const held = await tx
			.selectFrom('evaluation.program_form')
			.select(['final_version_id', 'session_version_id'])
			.where('agency_id', '=', actor.agencyId)
			.where('program_id', '=', programId)
			.orderBy('since', 'desc')
			.limit(1)
			.executeTakeFirst();
		if (
			(held?.final_version_id ?? null) === finalVersionId &&
			(held?.session_version_id ?? null) === sessionVersionId
		)
			return {};
		await mustBeInUse(tx, actor.agencyId, finalVersionId, 'finalVersionId');
		await mustBeInUse(tx, actor.agencyId, sessionVersionId, 'sessionVersionId');
		await tx
			.insertInto('evaluation.program_form')
			.values({
				agency_id: actor.agencyId,
				program_id: programId,
				since: now,
				final_version_id: finalVersionId,
				session_version_id: sessionVersionId,
				set_by: actor.personId
			})
			.execute();
		return {};
	},
	{ summary: 'Chooses the reaction forms that classes of a program use by themselves' }
);
