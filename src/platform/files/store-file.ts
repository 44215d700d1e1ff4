import { createHash } from 'node:crypto';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';

/** The kind has been found from the content, and the size allowed, by the room that owns the file. */
export type FileToStore = { room: string; name: string; mime: string; content: Buffer };

/** Keeps a file for a room; answers its id. Who may open it is the business of that room. */
export async function storeFile(tx: Tx, actor: Actor, now: Date, file: FileToStore): Promise<string> {
	const id = newId();
	await tx
		.insertInto('platform.file')
		.values({
			...file,
			agency_id: actor.agencyId,
			id,
			size: file.content.length,
			sha256: createHash('sha256').update(file.content).digest('hex'),
			account_id: actor.accountId,
			created_at: now
		})
		.execute();
	return id;
}

/** Takes a room's file away for good, when what it belonged to goes. */
export async function forgetFile(tx: Tx, actor: Actor, room: string, id: string): Promise<void> {
	await tx
		.deleteFrom('platform.file')
		.where('agency_id', '=', actor.agencyId)
		.where('room', '=', room)
		.where('id', '=', id)
		.execute();
}
