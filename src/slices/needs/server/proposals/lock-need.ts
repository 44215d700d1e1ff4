import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { needStatus, type NeedStatus } from '../../need-model.ts';

export type LockedNeed = {
	id: string;
	unitId: string;
	unitPath: string;
	year: number;
	kind: string;
	competencyId: string | null;
	element: number | null;
	topic: string;
	campaignId: string | null;
	people: number;
	form: string;
	quarter: number;
	reason: string;
	score: number | null;
	status: NeedStatus;
	mergedInto: string | null;
};

/** These needs, held in the order of their ids until the transaction ends. Refuses: missing, when one is not there. */
export async function lockNeeds(tx: Tx, ids: readonly string[]): Promise<LockedNeed[]> {
	const wanted = [...new Set(ids)];
	const { rows } = await sql<Omit<LockedNeed, 'status'> & { status: string }>`
		select n.id, n.unit_id as "unitId", u.path::text as "unitPath", n.year, n.kind, n.competency_id as "competencyId", n.element,
			n.topic, n.campaign_id as "campaignId", n.people, n.form, n.quarter, n.reason, n.score, n.status, n.merged_into as "mergedInto"
		from needs.proposal n
		join people.unit u on u.agency_id = n.agency_id and u.id = n.unit_id
		where n.agency_id = (select platform.current_agency()) and n.id = any(${wanted}::uuid[])
		order by n.id for update of n`.execute(tx);
	if (rows.length < wanted.length) throw missing();
	return rows.map((row) => ({ ...row, status: needStatus(row.status) }));
}

export async function lockNeed(tx: Tx, id: string): Promise<LockedNeed> {
	const [need] = await lockNeeds(tx, [id]);
	if (need === undefined) throw missing();
	return need;
}

/** The unit a new need is for. Refuses: missing. */
export async function unitOf(tx: Tx, unitId: string): Promise<{ id: string; path: string; name: string }> {
	const unit = await tx
		.selectFrom('people.unit')
		.select(['id', 'path', 'name'])
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('id', '=', unitId)
		.executeTakeFirst();
	if (unit === undefined) throw missing();
	return unit;
}

export type NeedStep = { id: string; from: NeedStatus | ''; to: NeedStatus; note: string };

/** Steps of needs: who, when, from where to where and why. They only grow (database grant). */
export async function keepNeedSteps(
	tx: Tx,
	actor: Actor,
	now: Date,
	steps: readonly NeedStep[]
): Promise<void> {
	if (steps.length === 0) return;
	await tx
		.insertInto('needs.proposal_step')
		.values(
			steps.map(({ id, from, to, note }) => ({
				agency_id: actor.agencyId,
				id: newId(now.getTime()),
				proposal_id: id,
				from_status: from,
				to_status: to,
				changed_by: actor.personId,
				by_name: actor.name,
				at: now,
				note
			}))
		)
		.execute();
}

/** Moves needs, and with each whole the parts that it was merged from, and writes down who did it. */
export async function moveNeeds(
	tx: Tx,
	actor: Actor,
	now: Date,
	needs: readonly Pick<LockedNeed, 'id' | 'status'>[],
	to: NeedStatus,
	note: string
): Promise<void> {
	const parts = await tx
		.selectFrom('needs.proposal')
		.select(['id', 'status'])
		.where('agency_id', '=', actor.agencyId)
		.where(
			'merged_into',
			'in',
			needs.map(({ id }) => id)
		)
		.orderBy('id')
		.forUpdate()
		.execute();
	const all = [...needs, ...parts.map(({ id, status }) => ({ id, status: needStatus(status) }))];
	await tx
		.updateTable('needs.proposal')
		.set({ status: to })
		.where('agency_id', '=', actor.agencyId)
		.where(
			'id',
			'in',
			all.map(({ id }) => id)
		)
		.execute();
	await keepNeedSteps(
		tx,
		actor,
		now,
		all.map(({ id, status }) => ({ id, from: status, to, note }))
	);
}
