import { sql } from 'kysely';
import { invalidField, missing, refused } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canSplit } from '../../cohort-access.ts';
import { SetSplitPlaces } from '../../cohort-input.ts';
import { excludes } from '../../cohorts/slots.ts';
import { loadSplit, type LoadedSplit } from '../cohorts/load-split.ts';
import { lockSplit, stillOpen } from '../cohorts/lock-split.ts';
import { peopleByNip } from '../people-by-nip.ts';

type Chosen = { classId: string; roomId?: string | undefined; facilitatorId?: string | undefined };

/**
 * Which rooms and facilitators a split may give to its classes, and which class gets what whatever the solver finds
 * better. None at all: rooms, or facilitators, are left to the schedule. Refuses: applied already; a room that is too
 * small or taken, somebody who is elsewhere then, the same twice at an hour (which class has it); an unknown NIP.
 */
export const setSplitPlaces = command(
	'classes.setSplitPlaces',
	SetSplitPlaces,
	async ({ tx, actor, permit, note }, { splitId, rooms, facilitators, nips, classes }) => {
		const split = await lockSplit(tx, actor.agencyId, splitId);
		permit(canSplit(actor));
		stillOpen(split);
		const { people, unknown } = await peopleByNip(tx, actor.agencyId, nips);
		if (unknown[0] !== undefined) throw invalidField('nips', 'classes.split.unknownNip', { nip: unknown[0] });
		const chosenRooms = classes.flatMap(({ roomId }) => roomId ?? []);
		const chosenPeople = classes.flatMap(({ facilitatorId }) => facilitatorId ?? []);
		await replace(tx, actor.agencyId, splitId, {
			rooms: [...rooms, ...chosenRooms],
			people: [...facilitators, ...people, ...chosenPeople]
		});
		await choose(tx, actor.agencyId, splitId, classes);
		// Looked at as they stand now: by hand nobody gets what the solver could not have given.
		refuseDouble(await loadSplit(tx, splitId), classes);
		note({ splitId });
		return { splitId };
	},
	{ summary: 'Choose the rooms and facilitators that a split may give to its classes' }
);

async function replace(
	tx: Tx,
	agencyId: string,
	splitId: string,
	all: { rooms: readonly string[]; people: readonly string[] }
): Promise<void> {
	const known = await sql<{ rooms: number; people: number }>`
		select (select count(*)::int from classes.room where agency_id = ${agencyId} and id = any(${[...all.rooms]}::uuid[])) as rooms,
			(select count(*)::int from people.person where agency_id = ${agencyId} and id = any(${[...all.people]}::uuid[])) as people`.execute(
		tx
	);
	if (known.rows[0]?.rooms !== new Set(all.rooms).size || known.rows[0].people !== new Set(all.people).size)
		throw missing();
	await sql`delete from classes.split_room where agency_id = ${agencyId} and split_id = ${splitId}`.execute(
		tx
	);
	await sql`delete from classes.split_facilitator where agency_id = ${agencyId} and split_id = ${splitId}`.execute(
		tx
	);
	await sql`insert into classes.split_room (agency_id, split_id, room_id)
		select distinct ${agencyId}::uuid, ${splitId}::uuid, x from unnest(${[...all.rooms]}::uuid[]) as x`.execute(
		tx
	);
	await sql`insert into classes.split_facilitator (agency_id, split_id, person_id)
		select distinct ${agencyId}::uuid, ${splitId}::uuid, x from unnest(${[...all.people]}::uuid[]) as x`.execute(
		tx
	);
}

/** What was chosen stands; what the solver had found for the others is forgotten with the candidates it came from. */
async function choose(tx: Tx, agencyId: string, splitId: string, classes: readonly Chosen[]): Promise<void> {
	const ids = classes.map(({ classId }) => classId);
	const rooms = classes.map(({ roomId }) => roomId ?? null);
	const people = classes.map(({ facilitatorId }) => facilitatorId ?? null);
	await sql`
		update classes.split_class k set room_by_hand = n.room_id is not null, facilitator_by_hand = n.person_id is not null,
			room_id = coalesce(n.room_id, case when k.room_by_hand then null else (select r.room_id from classes.split_room r
				where r.agency_id = k.agency_id and r.split_id = k.split_id and r.room_id = k.room_id) end),
			facilitator_id = coalesce(n.person_id, case when k.facilitator_by_hand then null else (select f.person_id from classes.split_facilitator f
				where f.agency_id = k.agency_id and f.split_id = k.split_id and f.person_id = k.facilitator_id) end)
		from (select x.class_id, c.room_id, c.person_id from classes.split_class x
			left join unnest(${ids}::uuid[], ${rooms}::uuid[], ${people}::uuid[]) as c(class_id, room_id, person_id) on c.class_id = x.class_id
			where x.agency_id = ${agencyId} and x.split_id = ${splitId}) n
		where k.agency_id = ${agencyId} and k.split_id = ${splitId} and k.class_id = n.class_id`.execute(tx);
}

function refuseDouble({ classes, candidates, problem }: LoadedSplit, chosen: readonly Chosen[]): void {
	const spans = (classId: string) => classes.find(({ id }) => id === classId)?.spans ?? [];
	for (const [index, { classId, roomId, facilitatorId }] of chosen.entries()) {
		const wants = problem.cohorts.find(({ id }) => id === classId)?.wants;
		const free = (list: readonly { classId: string; id: string }[], id: string) =>
			list.some((one) => one.classId === classId && one.id === id);
		if (roomId !== undefined && (!wants?.rooms || !free(candidates.rooms, roomId)))
			throw invalidField(`classes.${index}.roomId`, 'classes.split.roomNotFree');
		if (
			facilitatorId !== undefined &&
			(!wants?.facilitators || !free(candidates.facilitators, facilitatorId))
		)
			throw invalidField(`classes.${index}.facilitatorId`, 'classes.split.facilitatorNotFree');
		const slot = (one: Chosen) => ({
			id: one.classId,
			spans: spans(one.classId),
			seats: 0,
			placeId: null,
			roomId: one.roomId ?? null,
			facilitatorId: one.facilitatorId ?? null
		});
		const other = chosen
			.slice(0, index)
			.find((one) => excludes(slot(one), slot({ classId, roomId, facilitatorId })));
		if (other)
			throw refused('classes.split.double', {
				class: classes.find(({ id }) => id === classId)?.code ?? '',
				other: classes.find(({ id }) => id === other.classId)?.code ?? ''
			});
	}
}
