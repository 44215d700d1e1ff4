import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { canReadMaterial, versionsShowing } from '#slices/content/public.server.ts';
import { LEARNING, TAUGHT } from './model.ts';

export { attemptsInBulk, readsInBulk, type BulkAttempt, type BulkRead } from './server/bulk.ts';
export { myClasses } from './server/queries.ts';
export { learningOf } from './server/own-learning.ts';

/**
 * Scores of the two tests of a class, one row a person who handed one in; null for the one not handed in. For gain
 * before/after: both have the same scale only when both are divided by their own `max`.
 */
export async function testScores(db: Db, agencyId: string, classId: string) {
	const rows = await db
		.selectFrom('learning.attempt')
		.select(['person_id as personId', 'purpose', 'score', 'max_score as max'])
		.where('agency_id', '=', agencyId)
		.where('class_id', '=', classId)
		.where('purpose', '<>', 'practice')
		.where('finished_at', 'is not', null)
		.execute();
	type Score = { score: number; max: number } | null;
	const byPerson = new Map<string, { personId: string; pretest: Score; posttest: Score }>();
	for (const { personId, purpose, score, max } of rows) {
		const scores = byPerson.get(personId) ?? { personId, pretest: null, posttest: null };
		const mark = score === null || max === null ? null : { score, max };
		byPerson.set(
			personId,
			purpose === 'pretest' ? { ...scores, pretest: mark } : { ...scores, posttest: mark }
		);
	}
	return [...byPerson.values()];
}

/** May the actor see this picture: an author of material, or somebody with a seat in a class that shows it. */
export async function mayOpenPicture(db: Db, actor: Actor, fileId: string): Promise<boolean> {
	if (canReadMaterial(actor)) return true;
	if (actor.personId === null) return false;
	const versionIds = await versionsShowing(db, actor.agencyId, fileId);
	if (versionIds.length === 0) return false;
	const seat = await db
		.selectFrom('classes.registration as r')
		.innerJoin('classes.class as c', (join) =>
			join.onRef('c.agency_id', '=', 'r.agency_id').onRef('c.id', '=', 'r.class_id')
		)
		.select('r.id')
		.where('r.agency_id', '=', actor.agencyId)
		.where('r.person_id', '=', actor.personId)
		.where('r.status', 'in', [...LEARNING])
		.where('c.status', 'in', [...TAUGHT])
		.where('c.version_id', 'in', versionIds)
		.limit(1)
		.executeTakeFirst();
	return seat !== undefined;
}
