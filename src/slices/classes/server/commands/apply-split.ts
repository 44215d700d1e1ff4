import { sql } from 'kysely';
import { refused } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import { refreshStatistics } from '#platform/db/refresh-statistics.ts';
import { command } from '#platform/work/command.ts';
import { canEnrol } from '../../access.ts';
import { canSplit } from '../../cohort-access.ts';
import { OneSplit } from '../../cohort-input.ts';
import { violationsOf } from '../../cohorts/check.ts';
import { takesPeople } from '../../rules.ts';
import { givePlaces } from '../cohorts/give-places.ts';
import { loadSplit, strictSlots } from '../cohorts/load-split.ts';
import { lockSplit, stillOpen } from '../cohorts/lock-split.ts';
import { lockClass, lockPeople, type LockedClass } from '../lock.ts';
import { seatPeople } from '../seats.ts';

/**
 * Gives everybody of a split their seat, and its classes the rooms and facilitators they lacked, by the rules of every
 * enrolment and session, in one transaction: all of them or nobody. What
 * they had asked for in another of its classes is closed. Refuses: applied already; a class that is not open; seats,
 * leave, counters, rooms or
 * facilitators that have changed since it was computed (solve again), but for what was decided by hand.
 */
export const applySplit = command(
	'classes.applySplit',
	OneSplit,
	async (beam, { splitId }) => {
		const { tx, actor, now, permit, note } = beam;
		const split = await lockSplit(tx, actor.agencyId, splitId);
		permit(canSplit(actor) && canEnrol(actor));
		stillOpen(split);
		// Classes in the order of their ids, then all people in the order of theirs: as everywhere, so nobody waits in a ring.
		const ids = await tx
			.selectFrom('classes.split_class')
			.select('class_id')
			.where('agency_id', '=', actor.agencyId)
			.where('split_id', '=', splitId)
			.orderBy('class_id')
			.execute();
		const held: LockedClass[] = [];
		for (const { class_id } of ids) held.push(await lockClass(tx, actor.agencyId, class_id));
		const loaded = await loadSplit(tx, splitId);
		const { people, classes, problem } = loaded;
		const coming = people.filter(({ classId, seatedIn }) => classId !== null && seatedIn === null);
		if (coming.length === 0) throw refused('classes.split.nobodyPlaced');
		const slots = strictSlots(loaded);
		const given = problem.cohorts.flatMap(({ slots: all, wants }) =>
			wants ? all.filter(({ id }) => Object.values(slots).includes(id)) : []
		);
		await lockRooms(tx, actor.agencyId, given);
		await lockPeople(tx, [
			...coming.map(({ id }) => id),
			...given.flatMap(({ facilitatorId }) => facilitatorId ?? [])
		]);
		const places = Object.fromEntries(
			people.flatMap(({ id, classId, seatedIn }) => {
				const at = seatedIn ?? classId;
				return at === null ? [] : [[id, at]];
			})
		);
		for (const { classId } of coming)
			if (classId !== null && slots[classId] === undefined) throw unhoused(classes, classId);
		const [wrong] = violationsOf(problem, { places, slots });
		if (wrong?.personId === '') throw unhoused(classes, wrong.cohortId);
		if (wrong)
			throw refused('classes.split.stale', {
				name: people.find(({ id }) => id === wrong.personId)?.name ?? '',
				class: classes.find(({ id }) => id === wrong.cohortId)?.code ?? ''
			});
		let enrolled = 0;
		for (const one of held) {
			const slot = given.find(({ id }) => id === slots[one.id]);
			if (slot) await givePlaces(beam, one, slot);
			const members = coming.filter(({ classId }) => classId === one.id).map(({ id }) => id);
			if (members.length === 0) continue;
			takesPeople(one.status);
			await leaveQueue(tx, actor.agencyId, one.id, members);
			const seats = members.map((personId) => ({
				personId,
				requestedBy: actor.personId,
				decidedBy: actor.personId,
				note: ''
			}));
			const seated = await seatPeople(beam, one, seats);
			if (seated.enrolled < members.length) throw refused('classes.split.seatsGone', { class: one.code });
			enrolled += seated.enrolled;
		}
		await closeOtherRequests(beam, splitId);
		await tx
			.updateTable('classes.split')
			.set({ status: 'applied', applied_at: now, applied_by: actor.personId })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', splitId)
			.execute();
		if (enrolled > 500) await refreshStatistics(tx, 'classes.registration');
		note({ splitId, people: enrolled });
		return { splitId, enrolled };
	},
	{ summary: 'Seat the people of a split, all of them or nobody' }
);

const unhoused = (classes: readonly { id: string; code: string }[], classId: string) =>
	refused('classes.split.placeGone', { class: classes.find(({ id }) => id === classId)?.code ?? '' });

/** Held against being closed, in the order of their ids, before any person: as for a single session. */
async function lockRooms(
	tx: Tx,
	agencyId: string,
	given: readonly { roomId: string | null }[]
): Promise<void> {
	const ids = given.flatMap(({ roomId }) => roomId ?? []);
	if (ids.length > 0)
		await sql`select id from classes.room where agency_id = ${agencyId} and id = any(${ids}::uuid[]) order by id for share`.execute(
			tx
		);
}

/** Whoever waits in the very class that the split gives them is seated by the split, not by their place in the queue. */
async function leaveQueue(
	tx: Tx,
	agencyId: string,
	classId: string,
	members: readonly string[]
): Promise<void> {
	await tx
		.updateTable('classes.registration')
		.set({ status: 'requested', waiting_since: null })
		.where('agency_id', '=', agencyId)
		.where('class_id', '=', classId)
		.where('person_id', 'in', [...members])
		.where('status', '=', 'waiting')
		.execute();
}

/** Whoever got a seat in one class need not wait in another of the same program; the note names the class they got. */
async function closeOtherRequests(
	{ tx, actor, now }: Parameters<typeof applySplit.body>[0],
	splitId: string
): Promise<void> {
	await sql`
		update classes.registration r set status = 'withdrawn', waiting_since = null, decided_by = ${actor.personId}, decided_at = ${now},
			note = '→ ' || c.code
		from classes.split_person p
		join classes.class c on c.agency_id = p.agency_id and c.id = p.class_id
		where r.agency_id = ${actor.agencyId} and p.agency_id = r.agency_id and p.split_id = ${splitId} and p.person_id = r.person_id
			and r.status in ('requested', 'approved', 'waiting') and r.class_id <> p.class_id
			and r.class_id in (select k.class_id from classes.split_class k where k.agency_id = ${actor.agencyId} and k.split_id = ${splitId})`.execute(
		tx
	);
}
