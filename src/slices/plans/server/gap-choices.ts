import { sql } from 'kysely';
import { mayIn, type Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { gapSummary } from '#slices/needs/public.server.ts';
import { canEdit } from '../access.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';

export type GapQuestion = { campaignId: string | null; unitId: string | null; competencyId: string | null };

/**
 * What a line can be made of: campaigns, units, competencies, and, once a campaign and a competency are chosen, how
 * many people have the gap and which programs in force raise it. Refuses: missing, for whoever may not edit plans.
 */
export async function gapChoices(db: Db, actor: Actor, asked: GapQuestion) {
	if (!canEdit(actor)) throw missing();
	const campaigns = await db
		.selectFrom('needs.campaign')
		.select(['id', 'name', 'year', 'status'])
		.where('agency_id', '=', actor.agencyId)
		.where('status', '!=', 'draft')
		.orderBy('year', 'desc')
		.limit(50)
		.execute();
	const campaignId = asked.campaignId ?? campaigns[0]?.id ?? null;
	return {
		campaigns,
		campaignId,
		units: await unitsOf(db, actor, asked.unitId),
		competencies: await competenciesOf(db, actor),
		gap:
			campaignId && asked.competencyId
				? await gapOf(db, actor, campaignId, asked.unitId, asked.competencyId)
				: null,
		programs: await programsRaising(db, actor, asked.competencyId)
	};
}

/** The offices right below the top, in the order of their names; a smaller unit when it was asked for by its address. */
async function unitsOf(db: Db, actor: Actor, unitId: string | null) {
	const rows = await sql<{ id: string; name: string }>`
		select u.id, u.name from people.unit u
		where u.agency_id = ${actor.agencyId} and u.valid_to is null and (nlevel(u.path) = 2 or u.id = ${unitId}::uuid)
		order by u.name limit 300`.execute(db);
	return rows.rows;
}

const competenciesOf = (db: Db, actor: Actor) =>
	db
		.selectFrom('competencies.competency as c')
		.innerJoin('competencies.dictionary as d', (join) =>
			join.onRef('d.agency_id', '=', 'c.agency_id').onRef('d.id', '=', 'c.dictionary_id')
		)
		.select(['c.id', 'c.code', 'c.name'])
		.where('c.agency_id', '=', actor.agencyId)
		.where('d.valid_to', 'is', null)
		.orderBy('c.sort')
		.limit(300)
		.execute();

async function gapOf(db: Db, actor: Actor, campaignId: string, unitId: string | null, competencyId: string) {
	const { people, mean, share, measured } = await gapSummary(db, { campaignId, unitId, competencyId });
	const path = await pathOf(db, actor, unitId);
	// Whoever may read the needs of the unit knows the people anyway; others get no mean that names four of them.
	const hidden = people > 0 && people < SMALLEST_GROUP && !mayIn(actor, 'needs.read', path);
	return hidden
		? { people: null, mean: null, share: null }
		: { people, mean, share, unmeasured: measured === 0 };
}

async function pathOf(db: Db, actor: Actor, unitId: string | null): Promise<string> {
	if (unitId === null) return '';
	const unit = await db
		.selectFrom('people.unit')
		.select('path')
		.where('agency_id', '=', actor.agencyId)
		.where('id', '=', unitId)
		.executeTakeFirst();
	if (!unit) throw missing();
	return unit.path;
}

export type ProgramChoice = {
	id: string;
	code: string;
	name: string;
	level: number | null;
	statement: string | null;
	learning_hours: number;
};

/** Programs with a curriculum in force that raise the competency, highest level first; without one, all in force. */
async function programsRaising(db: Db, actor: Actor, competencyId: string | null): Promise<ProgramChoice[]> {
	const rows = await sql<ProgramChoice>`
		select p.id, p.code, p.name, o.level, o.statement,
			(select coalesce(sum(m.learning_hours), 0) from programs.module m
				where m.agency_id = p.agency_id and m.version_id = p.version_id) as learning_hours
		from programs.program p
		left join lateral (
			select x.level, x.statement from programs.outcome x
			where x.agency_id = p.agency_id and x.version_id = p.version_id and x.competency_id = ${competencyId}::uuid
			order by x.level desc, x.sort limit 1
		) o on true
		where p.agency_id = ${actor.agencyId} and p.version_id is not null
			and (${competencyId}::uuid is null or o.level is not null)
		order by o.level desc nulls last, p.name limit 200`.execute(db);
	return rows.rows;
}
