import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from 'kysely';
import { acceptedNeeds } from '#slices/needs/public.server.ts';
import { topicName } from '#slices/needs/public.ts';
import { canEdit } from '../access.ts';

/** Accepted needs of the plan's year, and how many lines of any plan answer each. Refuses: missing, for whoever may not edit. */
export async function acceptedChoices(db: Db, actor: Actor, year: number) {
	if (!canEdit(actor)) throw missing();
	const needs = await acceptedNeeds(db, year);
	const { rows } = await sql<{ id: string; lines: number }>`
		select need_id as id, count(*)::int as lines from plans.line
		where agency_id = ${actor.agencyId} and need_id is not null group by need_id`.execute(db);
	const lines = new Map(rows.map((row) => [row.id, row.lines]));
	return needs.map(({ id, topic, unitId, unit, competencyId, campaignId, people, quarter }) => ({
		id,
		topic: topicName(topic),
		unitId,
		unit,
		competencyId,
		campaignId,
		people,
		quarter,
		lines: lines.get(id) ?? 0
	}));
}
