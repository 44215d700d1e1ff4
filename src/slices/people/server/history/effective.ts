import { sql } from 'kysely';
import { refused } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';

/**
 * Writes as of a day: the triggers that keep histories (0021) date what `write` changes from then on, instead of today.
 * Afterwards supervisors follow, as they are today.
 */
export async function effective<T>(
	tx: Tx,
	{ agencyId, on, today }: { agencyId: string; on: string; today: string },
	write: () => Promise<T>
): Promise<T> {
	await sql`select set_config('people.effective_on', ${on}, true)`.execute(tx);
	const written = await write();
	await sql`select set_config('people.effective_on', '', true)`.execute(tx);
	await refreshLeaders(tx, agencyId, today);
	return written;
}

/** Acting heads, exceptions and supervisors as of today. */
export const refreshLeaders = (tx: Tx, agencyId: string, today: string): Promise<unknown> =>
	sql`select people.refresh_leaders(${agencyId}::uuid, ${today}::date)`.execute(tx);

/** One order about units or posts at a time in an agency: each decides on what stands still. */
export const lockOrders = (tx: Tx, agencyId: string): Promise<unknown> =>
	sql`select pg_advisory_xact_lock(hashtextextended('people.orders:' || ${agencyId}::text, 0))`.execute(tx);

/**
 * A unit that a file first named some day stood before it: what is ordered for an earlier day moves that first known day
 * back. Refuses: the unit was founded later, or something was ordered of it for a later day.
 */
export async function knownBefore(tx: Tx, agencyId: string, unitId: string, on: string): Promise<void> {
	const unit = await tx
		.selectFrom('people.unit')
		.select(['name', 'valid_from', 'founded'])
		.where('agency_id', '=', agencyId)
		.where('id', '=', unitId)
		.executeTakeFirstOrThrow();
	const versions = await tx
		.selectFrom('people.unit_version')
		.select('valid_from')
		.where('agency_id', '=', agencyId)
		.where('unit_id', '=', unitId)
		.orderBy('valid_from')
		.execute();
	const first = versions[0]?.valid_from ?? unit.valid_from;
	const last = versions.at(-1)?.valid_from ?? unit.valid_from;
	if (unit.founded && on <= unit.valid_from)
		throw refused('people.unit.foundedLater', { unit: unit.name, date: unit.valid_from });
	if (last > on && (versions.length > 1 || unit.founded))
		throw refused('people.unit.laterChange', { unit: unit.name, date: last });
	if (unit.founded || first < on) return;
	await sql`update people.unit_version set valid_from = ${on}::date - 1
		where agency_id = ${agencyId} and unit_id = ${unitId} and valid_from = ${first}::date`.execute(tx);
	await sql`update people.unit set valid_from = ${on}::date - 1
		where agency_id = ${agencyId} and id = ${unitId} and valid_from >= ${on}::date`.execute(tx);
}
