import { sql } from 'kysely';
import { z } from 'zod';
import { refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { effective, knownBefore } from './effective.ts';
import { moveChildren, moveMembers } from './move-members.ts';

/** The part of an order that its kind alone needs; stored as the command took it, so that its day can do it. */
export const Change = z.object({
	name: z.string().optional(),
	headTitle: z.string().optional(),
	parentId: z.string().optional(),
	withIds: z.array(z.string()).default([]),
	intoId: z.string().optional(),
	headId: z.string().optional(),
	names: z.array(z.string()).default([]),
	keeps: z.boolean().default(false),
	to: z.record(z.string(), z.number()).default({})
});

export type Order = {
	kind: string;
	unitId: string;
	on: string;
	change: z.output<typeof Change>;
};
type Doing = Order & { tx: Tx; agencyId: string };

/**
 * Does what was ordered of a unit, from its day on. Units that end keep their rows, names and past people, so that what
 * was ever said of them still finds them; who follows whom is `unit_lineage`. Refuses: a unit that does not stand, a
 * day before something later, a unit put below itself, closing one where people or units still are.
 */
export async function applyReorganisation(
	tx: Tx,
	agencyId: string,
	order: Order,
	today: string
): Promise<void> {
	const doing = { ...order, tx, agencyId };
	for (const unitId of [
		order.unitId,
		...order.change.withIds,
		...idsOf(order.change.intoId, order.change.parentId)
	])
		await refuseUnlessStanding(doing, unitId);
	await effective(tx, { agencyId, on: order.on, today }, async () => {
		await KINDS[order.kind]?.(doing);
		await sql`select people.refresh_paths(${agencyId}::uuid)`.execute(tx);
	});
}

const idsOf = (...ids: readonly (string | undefined)[]): string[] => ids.filter((id) => id !== undefined);

async function refuseUnlessStanding({ tx, agencyId }: Doing, unitId: string): Promise<void> {
	const unit = await tx
		.selectFrom('people.unit')
		.select(['name', 'valid_to'])
		.where('agency_id', '=', agencyId)
		.where('id', '=', unitId)
		.forUpdate()
		.executeTakeFirst();
	if (!unit || unit.valid_to !== null) throw refused('people.unit.gone', { unit: unit?.name ?? '' });
}

const KINDS: Readonly<Record<string, (doing: Doing) => Promise<void>>> = {
	rename: async ({ tx, agencyId, unitId, on, change }) => {
		await knownBefore(tx, agencyId, unitId, on);
		await sql`update people.unit set name = ${change.name ?? ''}, head_title = coalesce(${change.headTitle ?? null}, head_title)
			where agency_id = ${agencyId} and id = ${unitId}`.execute(tx);
	},
	move: async ({ tx, agencyId, unitId, on, change }) => {
		await knownBefore(tx, agencyId, unitId, on);
		const { rows } = await sql<{ below: boolean }>`
			select p.path <@ u.path as below from people.unit u, people.unit p
			where u.agency_id = ${agencyId} and u.id = ${unitId} and p.agency_id = ${agencyId} and p.id = ${change.parentId ?? unitId}`.execute(
			tx
		);
		if (rows[0]?.below !== false) throw refused('people.unit.belowItself');
		await sql`update people.unit set parent_id = ${change.parentId} where agency_id = ${agencyId} and id = ${unitId}`.execute(
			tx
		);
	},
	merge: async (doing) => {
		const { change, unitId } = doing;
		if (change.intoId !== undefined) await refuseBelow(doing, change.intoId);
		const into = change.intoId ?? (await found(doing, change.name ?? ''));
		for (const from of [unitId, ...change.withIds].filter((id) => id !== into)) {
			await moveMembers(doing, from, () => into);
			await moveChildren(doing, from, into);
			await adjoin(doing, from, into);
			await end(doing, from);
			await succeed(doing, from, into, 'merge');
		}
		if (change.headId !== undefined) await lead(doing, into, change.headId);
	},
	split: async (doing) => {
		const { change, unitId } = doing;
		const parts: string[] = change.keeps ? [unitId] : [];
		for (const name of change.names) parts.push(await found(doing, name));
		const [first = unitId] = parts;
		await moveMembers(doing, unitId, (personId) => parts[change.to[personId] ?? 0] ?? first);
		if (!change.keeps) {
			await moveChildren(doing, unitId, first);
			await end(doing, unitId);
		}
		for (const part of parts.filter((id) => id !== unitId)) await succeed(doing, unitId, part, 'split');
	},
	close: async (doing) => {
		const { tx, agencyId, unitId } = doing;
		const { rows } = await sql<{ people: number; units: number }>`
			select (select count(*)::int from people.posting j join people.person p on p.agency_id = j.agency_id and p.id = j.person_id and p.active
					where j.agency_id = ${agencyId} and j.unit_id = ${unitId} and j.valid_to is null) as people,
				(select count(*)::int from people.unit u where u.agency_id = ${agencyId} and u.parent_id = ${unitId} and u.valid_to is null) as units`.execute(
			tx
		);
		const { people = 0, units = 0 } = rows[0] ?? {};
		if (people + units > 0) throw refused('people.unit.notEmpty', { people, units });
		await end(doing, unitId);
	}
};

/** What ends can't be merged into a unit below itself: that one would hang in the air. */
async function refuseBelow({ tx, agencyId, unitId, change }: Doing, into: string): Promise<void> {
	const { rows } = await sql`select from people.unit u, people.unit i
		where u.agency_id = ${agencyId} and u.id = any(${[unitId, ...change.withIds]}::uuid[]) and u.id <> ${into}
			and i.agency_id = ${agencyId} and i.id = ${into} and i.path <@ u.path`.execute(tx);
	if (rows.length > 0) throw refused('people.unit.belowItself');
}

/** A new unit beside the one that is reorganised, standing from that day; its head is called after it, as the old one's was. */
async function found({ tx, agencyId, unitId, on }: Doing, name: string): Promise<string> {
	const id = newId();
	await sql`insert into people.unit (agency_id, id, name, kind, parent_id, label, path, head_title, echelon, valid_from, founded)
		select agency_id, ${id}, ${name}, kind, parent_id, l.label, l.label::ltree, replace(head_title, name, ${name}), echelon, ${on}, true
		from people.unit, (select 'u' || nextval('people.unit_label') as label) l
		where agency_id = ${agencyId} and id = ${unitId}`.execute(tx);
	return id;
}

async function end({ tx, agencyId, on }: Doing, unitId: string): Promise<void> {
	await knownBefore(tx, agencyId, unitId, on);
	await sql`delete from people.assignment where agency_id = ${agencyId} and unit_id = ${unitId} and valid_from >= ${on}::date`.execute(
		tx
	);
	await sql`update people.assignment set valid_to = ${on}
		where agency_id = ${agencyId} and unit_id = ${unitId} and (valid_to is null or valid_to > ${on}::date)`.execute(
		tx
	);
	await sql`update people.unit set valid_to = ${on}, head_person_id = null, head_external_id = null
		where agency_id = ${agencyId} and id = ${unitId}`.execute(tx);
}

const succeed = async ({ tx, agencyId, on }: Doing, from: string, to: string, kind: string): Promise<void> =>
	void (await tx
		.insertInto('people.unit_lineage')
		.values({ agency_id: agencyId, predecessor_id: from, successor_id: to, on_date: on, kind })
		.execute());

/** What two kecamatan adjoined together the one that they become adjoins; how a border falls when one is split, nobody knows. */
async function adjoin({ tx, agencyId }: Doing, from: string, into: string): Promise<void> {
	await sql`insert into people.neighbour (agency_id, unit_id, other_id, made_by, made_at)
		select n.agency_id, least(${into}::uuid, o.id), greatest(${into}::uuid, o.id), n.made_by, n.made_at
		from people.neighbour n cross join lateral (select case when n.unit_id = ${from} then n.other_id else n.unit_id end as id) o
		where n.agency_id = ${agencyId} and ${from}::uuid in (n.unit_id, n.other_id) and o.id <> ${into}::uuid
		on conflict do nothing`.execute(tx);
}

/** Refuses: somebody who does not work in the unit from that day on. */
async function lead({ tx, agencyId }: Doing, unitId: string, personId: string): Promise<void> {
	const post = await tx
		.updateTable('people.posting')
		.set({ is_head: true })
		.where('agency_id', '=', agencyId)
		.where('unit_id', '=', unitId)
		.where('person_id', '=', personId)
		.where('valid_to', 'is', null)
		.executeTakeFirst();
	if (post.numUpdatedRows === 0n) throw refused('people.unit.headElsewhere');
	await sql`update people.unit u set head_person_id = p.id, head_external_id = p.external_id from people.person p
		where u.agency_id = ${agencyId} and u.id = ${unitId} and p.agency_id = ${agencyId} and p.id = ${personId}`.execute(
		tx
	);
}
