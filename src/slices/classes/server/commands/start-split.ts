import { sql } from 'kysely';
import { invalidField, missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { refreshStatistics } from '#platform/db/refresh-statistics.ts';
import { command } from '#platform/work/command.ts';
import { peopleWithGap } from '#slices/needs/public.server.ts';
import { lineFacts } from '#slices/plans/public.server.ts';
import { canSplit } from '../../cohort-access.ts';
import { ChangeSplit, OneSplit, StartSplit, WishInSplit } from '../../cohort-input.ts';
import { roomIdsInUse, teacherIds } from '../cohorts/load-places.ts';
import { lockSplit, stillOpen } from '../cohorts/lock-split.ts';
import { peopleByNip } from '../people-by-nip.ts';

/** Half levels of a gap, as the model counts them. */
export const gapSteps = (levels: number): number => Math.min(10, Math.max(0, Math.round(levels * 2)));

/**
 * Begins a split of people over classes of one program. Nominated are those who asked for or wait in one of the classes
 * (and would like that one), those whom the line's survey found below its level, and NIPs. Whoever has a seat in one of
 * them keeps it. Classes that lack a room or a facilitator may get any of the agency until somebody says which. Refuses: a class of another program or that takes nobody any more, an unknown NIP, nobody nominated.
 */
export const startSplit = command(
	'classes.startSplit',
	StartSplit,
	async ({ tx, actor, now, permit, note }, input) => {
		permit(canSplit(actor));
		const line = input.planLineId === undefined ? undefined : await lineFacts(tx, input.planLineId);
		if (input.planLineId !== undefined && line?.programId !== input.programId) throw missing();
		const { rows: classes } = await sql<{ id: string }>`
			select c.id from classes.class c
			join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id and v.program_id = ${input.programId}
			where c.agency_id = ${actor.agencyId} and c.id = any(${input.classIds}::uuid[]) and c.status in ('planned', 'open')`.execute(
			tx
		);
		if (classes.length < new Set(input.classIds).size) throw refused('classes.split.classGone');
		const gaps = new Map<string, number>();
		if (line?.campaignId && line.competencyId)
			for (const { personId, gap } of await peopleWithGap(tx, {
				campaignId: line.campaignId,
				unitId: line.unitId,
				competencyId: line.competencyId
			}))
				gaps.set(personId, gapSteps(gap));
		const { people: typed, unknown } = await peopleByNip(tx, actor.agencyId, input.nips);
		if (unknown[0] !== undefined) throw invalidField('nips', 'classes.split.unknownNip', { nip: unknown[0] });
		const nominated = new Set([
			...(await askingPeople(tx, actor.agencyId, input.classIds)),
			...[...gaps.keys()].slice(0, input.gaps),
			...typed
		]);
		const seated = await seatedPeople(tx, actor.agencyId, input.classIds);
		const people = [...nominated].filter((id) => !seated.has(id));
		if (people.length === 0) throw refused('classes.split.nobody');
		const splitId = newId(now.getTime());
		await tx
			.insertInto('classes.split')
			.values({
				agency_id: actor.agencyId,
				id: splitId,
				plan_line_id: input.planLineId ?? null,
				program_id: input.programId,
				mixing: input.mixing,
				status: 'draft',
				created_by: actor.accountId,
				created_at: now
			})
			.execute();
		await sql`
			insert into classes.split_class (agency_id, split_id, class_id)
			select ${actor.agencyId}, ${splitId}, c from unnest(${input.classIds}::uuid[]) as c group by c`.execute(tx);
		await sql`
			insert into classes.split_person (agency_id, split_id, person_id, gap)
			select ${actor.agencyId}, ${splitId}, p, g
			from unnest(${people}::uuid[], ${people.map((id) => gaps.get(id) ?? 0)}::smallint[]) as n(p, g)`.execute(tx);
		await sql`
			insert into classes.split_wish (agency_id, split_id, person_id, class_id, wish)
			select p.agency_id, p.split_id, p.person_id, r.class_id, 'wanted'
			from classes.split_person p
			join classes.registration r on r.agency_id = p.agency_id and r.person_id = p.person_id
				and r.class_id = any(${input.classIds}::uuid[]) and r.status in ('requested', 'approved', 'waiting')
			where p.agency_id = ${actor.agencyId} and p.split_id = ${splitId}`.execute(tx);
		await sql`insert into classes.split_room (agency_id, split_id, room_id)
			select ${actor.agencyId}::uuid, ${splitId}::uuid, r.id from (${roomIdsInUse}) r(id)`.execute(tx);
		await sql`insert into classes.split_facilitator (agency_id, split_id, person_id)
			select ${actor.agencyId}::uuid, ${splitId}::uuid, t.id from (${teacherIds}) t(id)`.execute(tx);
		if (people.length > 500) await refreshStatistics(tx, 'classes.split_person');
		note({ splitId, people: people.length });
		return { splitId, people: people.length };
	},
	{ summary: 'Begin to split nominated people over the classes of a program' }
);

/** Mixing of units and where each class meets. Refuses: applied already. */
export const changeSplit = command(
	'classes.changeSplit',
	ChangeSplit,
	async ({ tx, actor, permit, note }, { splitId, mixing, places }) => {
		const split = await lockSplit(tx, actor.agencyId, splitId);
		permit(canSplit(actor));
		stillOpen(split);
		await tx
			.updateTable('classes.split')
			.set({ mixing })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', splitId)
			.execute();
		for (const { classId, unitId } of places)
			await tx
				.updateTable('classes.split_class')
				.set({ place_unit_id: unitId ?? null })
				.where('agency_id', '=', actor.agencyId)
				.where('split_id', '=', splitId)
				.where('class_id', '=', classId)
				.execute();
		note({ splitId });
		return { splitId };
	},
	{ summary: 'Change how a split mixes units and where its classes meet' }
);

/** Somebody would like this class, or cannot take it. Refuses: applied already, not nominated there. */
export const wishInSplit = command(
	'classes.wishInSplit',
	WishInSplit,
	async ({ tx, actor, permit, note }, { splitId, personId, classId, wish }) => {
		const split = await lockSplit(tx, actor.agencyId, splitId);
		permit(canSplit(actor));
		stillOpen(split);
		const { rows } = await sql<{ known: boolean }>`
			select exists (select from classes.split_person p join classes.split_class c on c.agency_id = p.agency_id and c.split_id = p.split_id
				where p.agency_id = ${actor.agencyId} and p.split_id = ${splitId} and p.person_id = ${personId} and c.class_id = ${classId}) as known`.execute(
			tx
		);
		if (rows[0]?.known !== true) throw missing();
		await tx
			.deleteFrom('classes.split_wish')
			.where('agency_id', '=', actor.agencyId)
			.where('split_id', '=', splitId)
			.where('person_id', '=', personId)
			.where('class_id', '=', classId)
			.execute();
		if (wish !== 'none')
			await tx
				.insertInto('classes.split_wish')
				.values({
					agency_id: actor.agencyId,
					split_id: splitId,
					person_id: personId,
					class_id: classId,
					wish
				})
				.execute();
		note({ splitId, personId, classId });
		return { splitId };
	},
	{ summary: 'Note that somebody would like, or cannot take, a class of a split' }
);

/** Throws a split away that was not applied. */
export const discardSplit = command(
	'classes.discardSplit',
	OneSplit,
	async ({ tx, actor, permit, note }, { splitId }) => {
		const split = await lockSplit(tx, actor.agencyId, splitId);
		permit(canSplit(actor));
		stillOpen(split);
		await tx
			.deleteFrom('classes.split')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', splitId)
			.execute();
		note({ splitId });
		return { splitId };
	},
	{ summary: 'Throw a split away' }
);

async function askingPeople(tx: Tx, agencyId: string, classIds: readonly string[]): Promise<string[]> {
	const rows = await tx
		.selectFrom('classes.registration')
		.select('person_id')
		.where('agency_id', '=', agencyId)
		.where('class_id', 'in', [...classIds])
		.where('status', 'in', ['requested', 'approved', 'waiting'])
		.orderBy('requested_at')
		.execute();
	return rows.map(({ person_id }) => person_id);
}

async function seatedPeople(tx: Tx, agencyId: string, classIds: readonly string[]): Promise<Set<string>> {
	const rows = await tx
		.selectFrom('classes.registration')
		.select('person_id')
		.where('agency_id', '=', agencyId)
		.where('class_id', 'in', [...classIds])
		.where('status', 'in', ['offered', 'enrolled', 'passed', 'failed'])
		.execute();
	return new Set(rows.map(({ person_id }) => person_id));
}
