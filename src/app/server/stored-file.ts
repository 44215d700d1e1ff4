import { missing } from '#kernel/errors.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { mayOpenLogo } from '#slices/papers/server/queries/settings.ts';
import { mayOpenPicture } from '#slices/learning/public.server.ts';

/** Who may open a file is the business of the room it belongs to; a room without a door here shows its files to nobody. */
const DOORS: Record<string, (db: Db, actor: Actor, fileId: string) => Promise<boolean>> = {
	content: mayOpenPicture,
	papers: mayOpenLogo
};

/** A stored file for somebody its room lets in; for everybody else it is not there. */
export async function storedFile(
	db: Db,
	actor: Actor,
	fileId: string
): Promise<{ mime: string; content: Buffer }> {
	const file = await db
		.selectFrom('platform.file')
		.select(['room', 'mime', 'content'])
		.where('agency_id', '=', actor.agencyId)
		.where('id', '=', fileId)
		.executeTakeFirst();
	const door = file === undefined ? undefined : DOORS[file.room];
	if (!file || !door || !(await door(db, actor, fileId))) throw missing();
	return file;
}
