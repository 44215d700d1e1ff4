import { missing, refused } from '#kernel/errors.ts';
import { lineFacts } from '#slices/plans/public.server.ts';
import { command } from '#platform/work/command.ts';
import { canManage } from '../../access.ts';
import { fitsLine } from '../../rules.ts';
import { CopyClass } from '../../schedule-input.ts';
import { holdPlan } from '../hold-plan.ts';
import { lockClass } from '../lock.ts';
import { planOfClass } from '../plan-of.ts';
import { programInForce } from './write-class.ts';

/**
 * A class like an earlier one, with its rules for seats: the curriculum in force now, its sessions as far apart as they
 * were, on working days that are no holiday. Rooms and facilitators come along where they are free; where not, the place
 * stays empty and is counted. Refuses: the earlier class had no sessions, its program has no curriculum any more.
 */
export const copyClass = command(
	'classes.copy',
	CopyClass,
	async (beam, input) => {
		const { tx, actor, permit, note } = beam;
		const old = await lockClass(tx, actor.agencyId, input.classId);
		permit(canManage(actor));
		const { plan, programId } = await planOfClass(tx, actor.agencyId, old.id);
		if (programId === null) throw missing();
		if (input.planLineId !== undefined) {
			const line = await lineFacts(tx, input.planLineId);
			if (!line) throw missing();
			fitsLine(line, programId);
		}
		if (plan.sessions.length === 0) throw refused('classes.copy.noSessions');
		const made = await holdPlan(beam, plan, {
			name: input.name,
			startsOn: input.startsOn,
			planLineId: input.planLineId ?? null,
			copiedFrom: old.id,
			program: await programInForce(tx, actor.agencyId, programId),
			zone: old.zone
		});
		note({ classId: made.classId, copiedFrom: old.id, sessions: made.sessions });
		return made;
	},
	{ summary: 'Plans a class like an earlier one, on new dates' }
);
