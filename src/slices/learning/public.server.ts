import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { canReadMaterial, versionsShowing } from '#slices/content/public.server.ts';
import { LEARNING, TAUGHT } from './model.ts';

export { learningOf } from './server/own-learning.ts';

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
