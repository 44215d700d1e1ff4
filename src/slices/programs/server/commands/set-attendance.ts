import { missing } from '#kernel/errors.ts';
import { command } from '#platform/work/command.ts';
import { canEdit } from '../../access.ts';
import { SetAttendance } from '../../input.ts';

/** The attendance that a new class of the program asks for to pass; classes made before keep theirs. */
export const setAttendance = command(
	'programs.setAttendance',
	SetAttendance,
	async ({ tx, actor, permit, note }, { programId, percent }) => {
		permit(canEdit(actor));
		const set = await tx
			.updateTable('programs.program')
			.set({ attendance_percent: percent })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', programId)
			.executeTakeFirst();
		if (set.numUpdatedRows !== 1n) throw missing();
		note({ programId, percent });
		return { programId, percent };
	},
	{ summary: 'Set the attendance that new classes of a program ask for' }
);
