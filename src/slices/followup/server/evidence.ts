import type { Actor } from '#kernel/actor.ts';
import { invalidField } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import { paperMime, pictureMime } from '#platform/files/file-kind.ts';
import { storeFile } from '#platform/files/store-file.ts';
import { cleanPicture, withoutMetadata } from '#platform/files/strip-metadata.ts';

/** Most bytes of a photo or document: a phone's camera at full size. The device makes photos smaller before. */
export const MOST_PHOTO_BYTES = 8 * 1024 * 1024;
/** A small picture that is not small is left out. */
const MOST_THUMB_BYTES = 100 * 1024;

type Upload = { name: string; bytes: Uint8Array };

/** Keeps evidence without place, time and device. Refuses: too large, neither picture nor PDF, torn, more pixels than a screen can show. */
export async function keepEvidence(
	tx: Tx,
	actor: Actor,
	{ name, bytes }: Upload,
	now: Date
): Promise<string> {
	if (bytes.length > MOST_PHOTO_BYTES)
		throw invalidField('photo', 'followup.photo.tooLarge', {
			size: Math.round(bytes.length / 1_048_576),
			maximum: MOST_PHOTO_BYTES / 1_048_576
		});
	const mime = paperMime(bytes);
	if (mime === null) throw invalidField('photo', 'followup.photo.kind', { name });
	return storeFile(tx, actor, now, {
		room: 'followup',
		name,
		mime,
		content: Buffer.from(withoutMetadata(bytes))
	});
}

/** The device's small picture; one that is none is left out rather than the check-in refused. */
export async function keepThumb(
	tx: Tx,
	actor: Actor,
	{ name, bytes }: Upload,
	now: Date
): Promise<string | null> {
	const mime = pictureMime(bytes);
	const clean = cleanPicture(bytes);
	if (mime === null || clean === null || bytes.length > MOST_THUMB_BYTES) return null;
	return storeFile(tx, actor, now, {
		room: 'followup',
		name,
		mime,
		content: Buffer.from(clean)
	});
}
