import { sql } from 'kysely';
import { refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { effective } from './effective.ts';

export type Movement = {
	person_id: string;
	kind: string;
	effective_on: string;
	to_unit_id: string | null;
	title: string | null;
	post_kind: string | null;
	level: string | null;
	is_head: boolean;
};

/**
 * Does what a movement says, from its day on: closes the definitive post and opens the next one; who leaves gives up
 * every post, role and exception. A place that somebody led is vacant from then on; whoever takes a vacant one ends the
 * Plt there. Refuses: a day not after the post held began, another head there, a unit that does not stand, somebody
 * who left.
 */
export async function applyMovement(
	tx: Tx,
	agencyId: string,
	movement: Movement,
	today: string
): Promise<void> {
	const { person_id: personId, effective_on: on } = movement;
	const post = await tx
		.selectFrom('people.posting')
		.select(['id', 'valid_from'])
		.where('agency_id', '=', agencyId)
		.where('person_id', '=', personId)
		.where('valid_to', 'is', null)
		.forUpdate()
		.executeTakeFirst();
	if (post && post.valid_from >= on) throw refused('people.move.beforePost', { date: post.valid_from });
	if (!post && movement.kind !== 'arrive') throw refused('people.access.left');
	await effective(tx, { agencyId, on, today }, async () => {
		if (post)
			await sql`update people.posting set valid_to = ${on}, is_head = false
				where agency_id = ${agencyId} and id = ${post.id}`.execute(tx);
		await sql`update people.unit set head_person_id = null, head_external_id = null
			where agency_id = ${agencyId} and head_person_id = ${personId}`.execute(tx);
		if (movement.kind === 'leave') await giveUpEverything(tx, agencyId, personId, on);
		else await openPost(tx, agencyId, movement);
	});
}

/** What was to begin later never will; what holds ends. */
async function giveUpEverything(tx: Tx, agencyId: string, personId: string, on: string): Promise<void> {
	const later = sql`agency_id = ${agencyId} and valid_from >= ${on}::date`;
	const open = sql`agency_id = ${agencyId} and (valid_to is null or valid_to > ${on}::date)`;
	await sql`delete from people.assignment where ${later} and person_id = ${personId}`.execute(tx);
	await sql`update people.assignment set valid_to = ${on} where ${open} and person_id = ${personId}`.execute(
		tx
	);
	const excepted = sql`(person_id = ${personId} or supervisor_id = ${personId})`;
	await sql`delete from people.supervisor_exception where ${later} and ${excepted}`.execute(tx);
	await sql`update people.supervisor_exception set valid_to = ${on} where ${open} and ${excepted}`.execute(
		tx
	);
	await sql`delete from people.role_grant where ${later} and person_id = ${personId}`.execute(tx);
	await sql`update people.role_grant set valid_to = ${on} where ${open} and person_id = ${personId}`.execute(
		tx
	);
	await sql`update people.person set active = false, legal_status = 'left'
		where agency_id = ${agencyId} and id = ${personId}`.execute(tx);
}

async function openPost(tx: Tx, agencyId: string, movement: Movement): Promise<void> {
	const { person_id: personId, effective_on: on, to_unit_id: unitId } = movement;
	const unit = await tx
		.selectFrom('people.unit as u')
		.leftJoin('people.person as h', (join) =>
			join.onRef('h.agency_id', '=', 'u.agency_id').onRef('h.id', '=', 'u.head_person_id')
		)
		.select(['u.name', 'u.valid_to', 'h.name as head', 'h.employment_kind as headKind'])
		.where('u.agency_id', '=', agencyId)
		.where('u.id', '=', unitId)
		.executeTakeFirst();
	if (!unit || unitId === null || unit.valid_to !== null)
		throw refused('people.unit.gone', { unit: unit?.name ?? '' });
	// Files name the secretary in the elected head's place.
	const heldForOfficial = movement.post_kind === 'official' && unit.headKind !== 'OFFICIAL';
	if (movement.is_head && unit.head !== null && !heldForOfficial)
		throw refused('people.move.headThere', { unit: unit.name, name: unit.head });
	if (movement.is_head && heldForOfficial)
		await sql`update people.posting set is_head = false
			where agency_id = ${agencyId} and unit_id = ${unitId} and is_head and valid_to is null`.execute(tx);
	await tx
		.insertInto('people.posting')
		.values({
			agency_id: agencyId,
			id: newId(),
			person_id: personId,
			unit_id: unitId,
			title: movement.title ?? '',
			kind: movement.post_kind ?? 'general',
			level: movement.level ?? '06',
			is_head: movement.is_head,
			valid_from: on
		})
		.execute();
	await sql`update people.person set active = true, legal_status = case when legal_status = 'left' then 'active' else legal_status end
		where agency_id = ${agencyId} and id = ${personId}`.execute(tx);
	if (!movement.is_head) return;
	await sql`delete from people.assignment
		where agency_id = ${agencyId} and unit_id = ${unitId} and holding = 'plt' and valid_from >= ${on}::date`.execute(
		tx
	);
	await sql`update people.assignment set valid_to = ${on}
		where agency_id = ${agencyId} and unit_id = ${unitId} and holding = 'plt' and (valid_to is null or valid_to > ${on}::date)`.execute(
		tx
	);
	await sql`update people.unit u set head_person_id = p.id, head_external_id = p.external_id from people.person p
		where u.agency_id = ${agencyId} and u.id = ${unitId} and p.agency_id = ${agencyId} and p.id = ${personId}`.execute(
		tx
	);
}
