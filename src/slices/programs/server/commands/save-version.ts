import { sql } from 'kysely';
import { invalidField } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canEdit } from '../../access.ts';
import { SaveVersion } from '../../input.ts';
import { lockVersion, mustBeOpen, mustBeSeen } from '../locks.ts';
import { curriculumOf } from '../queries.ts';

constraintMeans('outcome_agency_id_competency_id_fkey', 'programs.outcome.competencyUnknown');

/**
 * All modules and outcomes of a draft at once, in the order given; parts left out are removed. A part keeps its id, so
 * that lessons stay with their module. Refuses: not a draft any more, saved by somebody else meanwhile, a module with
 * lessons removed (the content room says so), a part of another version.
 */
export const saveVersion = command(
	'programs.saveVersion',
	SaveVersion,
	async ({ tx, actor, permit, note }, { versionId, revision, reason, modules, outcomes }) => {
		const version = await lockVersion(tx, actor.agencyId, versionId);
		permit(canEdit(actor));
		mustBeOpen(version);
		mustBeSeen(version, revision);
		const before = await curriculumOf(tx, actor.agencyId, versionId);
		mustBeOwn('modules', modules, before.modules);
		mustBeOwn('outcomes', outcomes, before.outcomes);

		await removeLeftOut(tx, 'programs.module', actor.agencyId, versionId, modules);
		await removeLeftOut(tx, 'programs.outcome', actor.agencyId, versionId, outcomes);
		const own = { agency_id: actor.agencyId, version_id: versionId };
		if (modules.length > 0)
			await tx
				.insertInto('programs.module')
				.values(
					modules.map(({ id, name, learningHours, mode }, index) => ({
						...own,
						id: id ?? newId(),
						sort: index + 1,
						name,
						learning_hours: learningHours,
						mode
					}))
				)
				.onConflict((conflict) =>
					conflict.columns(['agency_id', 'id']).doUpdateSet({
						sort: sql`excluded.sort`,
						name: sql`excluded.name`,
						learning_hours: sql`excluded.learning_hours`,
						mode: sql`excluded.mode`
					})
				)
				.execute();
		if (outcomes.length > 0)
			await tx
				.insertInto('programs.outcome')
				.values(
					outcomes.map(({ id, statement, competencyId, level }, index) => ({
						...own,
						id: id ?? newId(),
						sort: index + 1,
						statement,
						competency_id: competencyId,
						level
					}))
				)
				.onConflict((conflict) =>
					conflict.columns(['agency_id', 'id']).doUpdateSet({
						sort: sql`excluded.sort`,
						statement: sql`excluded.statement`,
						competency_id: sql`excluded.competency_id`,
						level: sql`excluded.level`
					})
				)
				.execute();
		await tx
			.updateTable('programs.version')
			.set({ revision: revision + 1, reason })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', versionId)
			.execute();
		note({ versionId });
		return { versionId, revision: revision + 1 };
	},
	{ summary: 'Save all modules and outcomes of a curriculum draft' }
);

type Row = { id?: string | undefined };

function mustBeOwn(field: string, rows: readonly Row[], before: readonly { id: string }[]): void {
	const known = new Set(before.map(({ id }) => id));
	for (const [index, { id }] of rows.entries()) {
		if (id === undefined) continue;
		// Each id once: `delete` makes the second use of it unknown.
		if (!known.delete(id)) throw invalidField(`${field}.${index}.id`, 'programs.version.partUnknown');
	}
}

async function removeLeftOut(
	tx: Parameters<typeof lockVersion>[0],
	table: 'programs.module' | 'programs.outcome',
	agencyId: string,
	versionId: string,
	rows: readonly Row[]
): Promise<void> {
	const kept = rows.flatMap(({ id }) => (id === undefined ? [] : [id]));
	await tx
		.deleteFrom(table)
		.where('agency_id', '=', agencyId)
		.where('version_id', '=', versionId)
		.where(sql<boolean>`not (id = any(${kept}::uuid[]))`)
		.execute();
}
