import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import type { Campaign } from '../../model.ts';
import type { UnitInView } from './units.ts';

export type UnitMessage = {
	people: number;
	done: number;
	/** Names of those who have not, but of whoever asked that processing be limited (UU 27/2022 Ps 11); only for whoever may see the individuals of this unit, which reading it means. */
	waiting: string[];
	/** How many more there would be to name. */
	more: number;
};

/** Names in a message beyond this are a list that nobody reads in a chat. */
const MOST_NAMES = 60;

const NAMED = sql`t.self_done_at is null and not p.restricted`;

/**
 * What is told a unit's group chat: how many are done, and who is not. The unit in view was asked of `unitInView`, so
 * the actor is answerable for these people; whoever is not never gets here.
 */
export async function unitMessage(
	db: Db,
	_actor: Actor,
	campaign: Campaign,
	unit: UnitInView
): Promise<UnitMessage> {
	const { rows } = await sql<{ people: number; done: number; named: number; waiting: string[] | null }>`
		select count(*)::int as people, count(t.self_done_at)::int as done,
			(count(*) filter (where ${NAMED}))::int as named,
			(array_agg(p.name order by p.name) filter (where ${NAMED}))[1:${sql.lit(MOST_NAMES)}] as waiting
		from needs.target t
		join people.unit u on u.agency_id = t.agency_id and u.id = t.unit_id
		join people.person p on p.agency_id = t.agency_id and p.id = t.person_id
		where t.agency_id = (select platform.current_agency()) and t.campaign_id = ${campaign.id} and u.path <@ ${unit.path}::ltree`.execute(
		db
	);
	const row = rows[0];
	const waiting = row?.waiting ?? [];
	return {
		people: row?.people ?? 0,
		done: row?.done ?? 0,
		waiting,
		more: (row?.named ?? 0) - waiting.length
	};
}
