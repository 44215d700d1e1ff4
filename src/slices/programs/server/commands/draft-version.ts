import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { command } from '#platform/work/command.ts';
import { canEdit } from '../../access.ts';
import { DraftVersion } from '../../input.ts';
import { EDITABLE } from '../../model.ts';
import { curriculumOf } from '../queries.ts';

/**
 * A draft of the next version: a copy of the one in force, each part remembering what it was copied from.
 * Refuses: a draft is open already (one at a time).
 */
export const draftVersion = command(
	'programs.draftVersion',
	DraftVersion,
	async ({ tx, actor, now, permit, note }, { programId, reason }) => {
		const program = await tx
			.selectFrom('programs.program')
			.select(['id', 'version_id as inForceId'])
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', programId)
			.forUpdate()
			.executeTakeFirst();
		if (!program) throw missing();
		permit(canEdit(actor));
		const versions = await tx
			.selectFrom('programs.version')
			.select(['number', 'status'])
			.where('agency_id', '=', actor.agencyId)
			.where('program_id', '=', programId)
			.execute();
		const open = versions.find(({ status }) => EDITABLE.some((editable) => editable === status));
		if (open) throw refused('programs.version.alreadyOpen', { number: open.number });

		const versionId = newId();
		await tx
			.insertInto('programs.version')
			.values({
				agency_id: actor.agencyId,
				id: versionId,
				program_id: programId,
				number: Math.max(0, ...versions.map(({ number }) => number)) + 1,
				status: 'draft',
				reason,
				based_on: program.inForceId,
				created_by: actor.accountId,
				created_at: now
			})
			.execute();
		const copied =
			program.inForceId === null ? null : await curriculumOf(tx, actor.agencyId, program.inForceId);
		const own = { agency_id: actor.agencyId, version_id: versionId };
		if (copied !== null && copied.modules.length > 0)
			await tx
				.insertInto('programs.module')
				.values(
					copied.modules.map(({ id, name, learningHours, mode }, index) => ({
						...own,
						id: newId(),
						sort: index + 1,
						name,
						learning_hours: learningHours,
						mode,
						based_on: id
					}))
				)
				.execute();
		if (copied !== null && copied.outcomes.length > 0)
			await tx
				.insertInto('programs.outcome')
				.values(
					copied.outcomes.map(({ id, statement, competencyId, level }, index) => ({
						...own,
						id: newId(),
						sort: index + 1,
						statement,
						competency_id: competencyId,
						level,
						based_on: id
					}))
				)
				.execute();
		note({ programId, versionId });
		return { versionId };
	},
	{ summary: 'Begin the next curriculum version as a copy of the one in force' }
);
