import { missing } from '#kernel/errors.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { endpoint } from '#platform/http/page.ts';
import { mayOpenPicture } from '#slices/learning/public.server.ts';

/** Who may open a file is the business of the room it belongs to; a room without a door here shows its files to nobody. */
const DOORS: Record<string, (db: Db, actor: Actor, fileId: string) => Promise<boolean>> = {
	content: mayOpenPicture
};

/** A file under its id never changes, so a browser may keep it; only this person's own browser. */
export const GET = endpoint(async ({ db, actor, id }) => {
	const file = await db
		.selectFrom('platform.file')
		.select(['room', 'mime', 'content'])
		.where('agency_id', '=', actor.agencyId)
		.where('id', '=', id('id'))
		.executeTakeFirst();
	const door = file === undefined ? undefined : DOORS[file.room];
	if (!file || !door || !(await door(db, actor, id('id')))) throw missing();
	return new Response(new Uint8Array(file.content), {
		headers: {
			'content-type': file.mime,
			'content-length': String(file.content.length),
			'cache-control': 'private, max-age=31536000, immutable',
			'content-disposition': 'inline',
			// Even a file that fooled the check of its bytes runs nothing here.
			'content-security-policy': "default-src 'none'; sandbox",
			'x-content-type-options': 'nosniff'
		}
	});
});
