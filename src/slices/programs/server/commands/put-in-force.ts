import { refused } from '#kernel/errors.ts';
import { command } from '#platform/work/command.ts';
import { canPutInForce } from '../../access.ts';
import { PutInForce } from '../../input.ts';
import { blockersOf, mayFollow } from '../../rules.ts';
import { lockVersion, mustBeSeen } from '../locks.ts';
import { adviceOn, curriculumOf } from '../queries.ts';

/**
 * Puts a version in force and retires the one before; from then on neither ever changes. Refuses: already in force or
 * retired, saved by somebody after this screen was opened, no modules, no outcomes, advice without an answer.
 */
export const putInForce = command(
	'programs.putInForce',
	PutInForce,
	async ({ tx, actor, now, permit, record }, { versionId, revision }) => {
		const version = await lockVersion(tx, actor.agencyId, versionId);
		permit(canPutInForce(actor));
		if (!mayFollow(version.status, 'in_force'))
			throw refused('programs.version.frozen', { number: version.number });
		mustBeSeen(version, revision);
		const { modules, outcomes } = await curriculumOf(tx, actor.agencyId, versionId);
		const advice = await adviceOn(tx, actor.agencyId, versionId, null);
		const openAdvice = advice.filter(({ decision }) => decision === null).length;
		const blocker = blockersOf({ modules: modules.length, outcomes: outcomes.length, openAdvice })[0];
		if (blocker !== undefined) throw refused(`programs.blocker.${blocker}`, { count: openAdvice });

		await tx
			.updateTable('programs.version')
			.set({ status: 'retired' })
			.where('agency_id', '=', actor.agencyId)
			.where('program_id', '=', version.programId)
			.where('status', '=', 'in_force')
			.execute();
		await tx
			.updateTable('programs.version')
			.set({ status: 'in_force', in_force_at: now, in_force_by: actor.personId })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', versionId)
			.execute();
		await tx
			.updateTable('programs.program')
			.set({ version_id: versionId })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', version.programId)
			.execute();
		record('programs.versionInForce', { programId: version.programId, versionId });
		return { versionId };
	},
	{ summary: 'Put a curriculum version in force and retire the one before' }
);
