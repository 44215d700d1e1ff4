import { missing } from '#kernel/errors.ts';
import type { Actor } from '#kernel/actor.ts';
import { addDays, todayIn } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { classById } from './classes.ts';
import { changesOf, sessionsOf } from './sessions.ts';

/** A change older than this has been lived with. */
const CHANGES_MS = 21 * 86_400_000;

/**
 * What a class's group chat may be told, for the office and whoever teaches it: the class, its sessions still ahead, those
 * of tomorrow and what changed lately. Sessions for some of the class (a coaching pair) are theirs alone and left out, and
 * so are meeting links.
 */
export async function classMessage(db: Db, actor: Actor, classId: string, now: Date, zone: string) {
	const head = await classById(db, actor, classId);
	if (!head.can.seeSheets) throw missing();
	const all = await sessionsOf(db, actor, classId, head.teaching);
	const forAll = new Set(all.filter(({ forSome }) => !forSome).map(({ id }) => id));
	const ahead = all.filter(({ id, cancelled, ends_at }) => forAll.has(id) && !cancelled && ends_at > now);
	const tomorrow = addDays(todayIn(zone, now), 1);
	const place = ({ room, place: where }: { room: string | null; place: string }) => room ?? where;
	const line = (session: (typeof all)[number]) => ({
		id: session.id,
		topic: session.topic,
		startsAt: session.starts_at,
		endsAt: session.ends_at,
		place: place(session),
		online: session.mode === 'online'
	});
	const changes = await changesOf(db, actor, classId, new Date(now.getTime() - CHANGES_MS));
	return {
		class: head.class,
		tomorrow,
		sessions: ahead.map(line),
		sessionsTomorrow: ahead.filter(({ starts_at }) => todayIn(zone, starts_at) === tomorrow).map(line),
		changes: changes
			.filter(
				({ session_id, what }) => forAll.has(session_id) && what.some((one) => one !== 'facilitatorOut')
			)
			.map(({ id, topic, what, before, after }) => ({
				id,
				topic,
				cancelled: what.includes('cancelled'),
				before: { startsAt: new Date(before.startsAt), place: place(before) },
				after: { startsAt: new Date(after.startsAt), place: place(after) }
			}))
	};
}
