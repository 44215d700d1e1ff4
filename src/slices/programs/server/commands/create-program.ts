import { newId } from '#kernel/ids.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canEdit } from '../../access.ts';
import { CreateProgram } from '../../input.ts';

constraintMeans('program_agency_id_code_key', 'programs.program.codeTaken');

/** A new program with an empty first draft of its curriculum. Refuses: the code is taken. */
export const createProgram = command(
	'programs.create',
	CreateProgram,
	async ({ tx, actor, now, permit, note }, { code, name, form, goal }) => {
		permit(canEdit(actor));
		const programId = newId();
		const versionId = newId();
		const made = { agency_id: actor.agencyId, created_by: actor.accountId, created_at: now };
		await tx
			.insertInto('programs.program')
			.values({ ...made, id: programId, code, name, form, goal })
			.execute();
		await tx
			.insertInto('programs.version')
			.values({ ...made, id: versionId, program_id: programId, number: 1, status: 'draft' })
			.execute();
		note({ programId, versionId });
		return { programId, versionId };
	},
	{ summary: 'Make a program with an empty first curriculum draft' }
);
