import { sql } from 'kysely';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { knownBefore } from './effective.ts';

type Doing = { tx: Tx; agencyId: string; on: string };
type Post = {
	id: string;
	person_id: string;
	title: string;
	kind: string;
	level: string;
	valid_from: string;
};

/**
 * Everybody of a unit to the unit that `target` says, with the same post, from that day. A post that began on that day
 * or later never was in the old unit: it is put right in place.
 */
export async function moveMembers(
	{ tx, agencyId, on }: Doing,
	unitId: string,
	target: (personId: string) => string
): Promise<void> {
	const { rows } = await sql<Post>`
		select id, person_id, title, kind, level, valid_from from people.posting
		where agency_id = ${agencyId} and unit_id = ${unitId} and valid_to is null for update`.execute(tx);
	const moved = rows
		.map((post) => ({ ...post, to: target(post.person_id) }))
		.filter(({ to }) => to !== unitId);
	const past = moved.filter(({ valid_from }) => valid_from < on);
	for (const post of moved.filter(({ valid_from }) => valid_from >= on))
		await sql`update people.posting set unit_id = ${post.to}, is_head = false
			where agency_id = ${agencyId} and id = ${post.id}`.execute(tx);
	if (past.length === 0) return;
	await sql`update people.posting set valid_to = ${on}, is_head = false
		where agency_id = ${agencyId} and id = any(${past.map(({ id }) => id)}::uuid[])`.execute(tx);
	await sql`insert into people.posting (agency_id, id, person_id, unit_id, title, kind, level, valid_from)
		select ${agencyId}, n.id, j.person_id, n.unit_id, j.title, j.kind, j.level, ${on}
		from unnest(${past.map(() => newId())}::uuid[], ${past.map(({ to }) => to)}::uuid[], ${past.map(({ id }) => id)}::uuid[]) as n(id, unit_id, old_id)
		join people.posting j on j.agency_id = ${agencyId} and j.id = n.old_id`.execute(tx);
}

/** Units right below one unit, below another from that day on. */
export async function moveChildren({ tx, agencyId, on }: Doing, from: string, to: string): Promise<void> {
	const children = await tx
		.selectFrom('people.unit')
		.select('id')
		.where('agency_id', '=', agencyId)
		.where('parent_id', '=', from)
		.where('valid_to', 'is', null)
		.execute();
	for (const { id } of children.filter((child) => child.id !== to)) await knownBefore(tx, agencyId, id, on);
	await sql`update people.unit set parent_id = ${to}
		where agency_id = ${agencyId} and parent_id = ${from} and valid_to is null and id <> ${to}`.execute(tx);
}
