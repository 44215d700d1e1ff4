import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import {
	needKind,
	outcomeOf,
	wantedForm,
	type NeedKind,
	type Outcome,
	type WantedForm
} from '../../need-model.ts';
import { canConsolidate, canReadForums } from '../../proposal-access.ts';

export type ForumRow = {
	id: string;
	year: number;
	title: string;
	heldOn: string;
	place: string;
	status: string;
	number: string | null;
	items: number;
	accepted: number;
};

/** Forums of the agency, newest first. Refuses: missing, for whoever does not read all of it. */
export async function forumsOf(db: Db, actor: Actor): Promise<ForumRow[]> {
	if (!canReadForums(actor)) throw missing();
	const { rows } = await sql<ForumRow>`
		select f.id, f.year, f.title, f.held_on as "heldOn", f.place, f.status, f.number, count(i.proposal_id)::int as items,
			(count(*) filter (where i.outcome = 'accepted'))::int as accepted
		from needs.forum f
		left join needs.forum_item i on i.agency_id = f.agency_id and i.forum_id = f.id
		where f.agency_id = ${actor.agencyId}
		group by f.agency_id, f.id order by f.held_on desc, f.created_at desc limit 100`.execute(db);
	return rows;
}

export type ForumItem = {
	proposalId: string;
	topic: string;
	kind: NeedKind;
	element: number | null;
	unit: string;
	people: number;
	form: WantedForm;
	quarter: number;
	score: number | null;
	outcome: Outcome | null;
	note: string;
};

/** Minutes of a forum: who, what, with which outcome. Refuses: missing. */
export async function forumSheet(db: Db, actor: Actor, id: string) {
	if (!canReadForums(actor)) throw missing();
	const forum = await db
		.selectFrom('needs.forum')
		.select([
			'id',
			'year',
			'title',
			'number',
			'held_on as heldOn',
			'place',
			'chair',
			'status',
			'closed_at as closedAt'
		])
		.where('agency_id', '=', actor.agencyId)
		.where('id', '=', id)
		.executeTakeFirst();
	if (forum === undefined) throw missing();
	const participants = await db
		.selectFrom('needs.forum_participant')
		.select(['sort', 'name', 'office'])
		.where('agency_id', '=', actor.agencyId)
		.where('forum_id', '=', id)
		.orderBy('sort')
		.execute();
	const items = await sql<
		Omit<ForumItem, 'outcome' | 'kind' | 'form'> & { outcome: string | null; kind: string; form: string }
	>`
		select i.proposal_id as "proposalId", n.topic, n.kind, n.element, u.name as unit, n.people, n.form, n.quarter,
			n.score::float8 as score, i.outcome, i.note
		from needs.forum_item i
		join needs.proposal n on n.agency_id = i.agency_id and n.id = i.proposal_id
		join people.unit u on u.agency_id = n.agency_id and u.id = n.unit_id
		where i.agency_id = ${actor.agencyId} and i.forum_id = ${id} order by i.sort, n.topic`.execute(db);
	const waiting =
		forum.status === 'open' && canConsolidate(actor)
			? await sql<{
					id: string;
					topic: string;
					kind: string;
					element: number | null;
					unit: string;
					people: number;
					score: number | null;
				}>`
				select n.id, n.topic, n.kind, n.element, u.name as unit, n.people, n.score::float8 as score from needs.proposal n
				join people.unit u on u.agency_id = n.agency_id and u.id = n.unit_id
				where n.agency_id = ${actor.agencyId} and n.year = ${forum.year} and n.status in ('verified', 'deferred') and n.merged_into is null
				order by n.score desc nulls last, n.topic limit 300`.execute(db)
			: { rows: [] };
	const agency = await db
		.selectFrom('platform.agency')
		.select(['name', 'city'])
		.where('agency_id', '=', actor.agencyId)
		.executeTakeFirstOrThrow();
	return {
		agency,
		forum,
		participants,
		items: items.rows.map((row): ForumItem => ({
			...row,
			kind: needKind(row.kind),
			form: wantedForm(row.form),
			outcome: row.outcome === null ? null : outcomeOf(row.outcome)
		})),
		waiting: waiting.rows.map((row) => ({ ...row, kind: needKind(row.kind) })),
		can: { run: canConsolidate(actor) && forum.status === 'open' }
	};
}
