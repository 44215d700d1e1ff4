import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { ownData } from './privacy.ts';
import { recordAbout } from './record-about.ts';
import { careerOf } from './timeline.ts';

/** The whole record of a person in this room, for their own copy. Refuses (as missing): somebody else's. */
export async function ownDataOf(db: Db, actor: Actor, personId: string) {
	const { record, looks, corrections, requests } = await ownData(db, actor, personId);
	return {
		record,
		...(await recordAbout(db, personId)),
		career: (await careerOf(db, personId)).map(({ kind, from, to, text, unitName, note }) => ({
			kind,
			from,
			to,
			text,
			unitName,
			note
		})),
		looks,
		corrections: corrections.map(({ field, current, proposed, evidence, status, askedAt, answer }) => ({
			field,
			current,
			proposed,
			evidence,
			status,
			askedAt,
			answer
		})),
		requests: requests.map(({ kind, reason, status, askedAt, answer }) => ({
			kind,
			reason,
			status,
			askedAt,
			answer
		}))
	};
}
