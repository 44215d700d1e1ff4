import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { levelsOfAll } from '#slices/competencies/public.server.ts';
import type { Level } from '#slices/competencies/public.ts';
import { canAnswerAs, canRateTeamMember } from '../../access.ts';
import type { Answer } from '../../filling.ts';
import { isPerCompetency, itemsOf, rater, type Definition, type Rater } from '../../instrument.ts';
import type { Campaign } from '../../model.ts';
import { sheetsOf } from '../sheets.ts';

export type Duty = {
	personId: string;
	name: string;
	postTitle: string;
	unitName: string;
	as: Rater;
	done: boolean;
};

/** Whom the actor was chosen to rate as a peer or a subordinate, what is open first. Nobody else's, ever. */
export async function ratersDuties(db: Db, actor: Actor, campaignId: string): Promise<Duty[]> {
	if (actor.personId === null) return [];
	const { rows } = await sql<Omit<Duty, 'as'> & { as: string }>`
		select a.person_id as "personId", s.name, s.post_title as "postTitle", s.unit_name as "unitName", a.source as "as",
			a.done_at is not null as done
		from needs.assignment a
		join people.staff s on s.agency_id = a.agency_id and s.person_id = a.person_id
		where a.agency_id = ${actor.agencyId} and a.campaign_id = ${campaignId} and a.rater_id = ${actor.personId}
		order by done, s.name`.execute(db);
	return rows.map((row) => ({ ...row, as: rater(row.as) }));
}

export type AskedCompetency = {
	competencyId: string;
	code: string;
	name: string;
	nameEn: string;
	definition: string;
	levels: Level[];
};

export type Form = {
	campaign: Campaign;
	person: { personId: string; name: string; postTitle: string; unitName: string };
	as: Rater;
	definition: Definition;
	/** In the dictionary's order. */
	competencies: AskedCompetency[];
	answers: Answer[];
	done: boolean;
};

/**
 * The actor's own form about a person: about oneself, as the chosen peer or subordinate, or as the supervisor. Null
 * when the campaign asks them nothing of themselves. Refuses: missing, for a form that is not theirs.
 */
export async function formOf(
	db: Db,
	actor: Actor,
	campaign: Campaign,
	personId: string,
	wanted: Rater | 'group'
): Promise<Form | null> {
	const raterId = actor.personId;
	if (raterId === null) return null;
	const person = await db
		.selectFrom('people.staff')
		.select(['person_id as personId', 'name', 'post_title as postTitle', 'unit_name as unitName'])
		.select(['supervisor_id as supervisorId', 'unit_path as unitPath'])
		.where('agency_id', '=', actor.agencyId)
		.where('person_id', '=', personId)
		.executeTakeFirst();
	if (person === undefined) {
		if (wanted === 'self') return null;
		throw missing();
	}
	const as = wanted === 'group' ? await groupRole(db, campaign.id, personId, raterId) : wanted;
	if (as === 'supervisor' && !canRateTeamMember(actor, person)) throw missing();
	const [sheet] = await sheetsOf(db, [{ campaignId: campaign.id, personId, raterId, as }], false);
	if (!sheet?.assigned) {
		if (wanted === 'self') return null;
		throw missing();
	}
	if (as !== 'supervisor' && !canAnswerAs(actor, sheet)) throw missing();
	const { name, postTitle, unitName } = person;
	return {
		campaign,
		person: { personId, name, postTitle, unitName },
		as,
		definition: sheet.definition,
		competencies: await askedCompetencies(db, sheet.definition, sheet.competencies),
		answers: [...sheet.answers.values()],
		done: sheet.done
	};
}

async function groupRole(db: Db, campaignId: string, personId: string, raterId: string): Promise<Rater> {
	const row = await db
		.selectFrom('needs.assignment')
		.select('source')
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('campaign_id', '=', campaignId)
		.where('person_id', '=', personId)
		.where('rater_id', '=', raterId)
		.executeTakeFirst();
	if (row === undefined) throw missing();
	return rater(row.source);
}

/** With the behaviours of each level only where levels are asked: they are most of a phone's download. */
export async function askedCompetencies(
	db: Db,
	definition: Definition,
	ids: readonly string[]
): Promise<AskedCompetency[]> {
	const items = itemsOf(definition);
	if (ids.length === 0 || !items.some((item) => isPerCompetency(item.kind))) return [];
	const rows = await db
		.selectFrom('competencies.competency')
		.select(['id', 'code', 'name', 'name_en as nameEn', 'definition'])
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('id', 'in', ids)
		.orderBy('sort')
		.execute();
	const levels = items.some((item) => item.kind === 'level')
		? await levelsOfAll(db, [...ids])
		: new Map<string, Level[]>();
	return rows.map(({ id, ...row }) => ({ ...row, competencyId: id, levels: levels.get(id) ?? [] }));
}

/** The competencies that somebody would be asked in today, for a preview: those of the dictionary in force. */
export async function previewCompetencies(
	db: Db,
	definition: Definition,
	today: string
): Promise<AskedCompetency[]> {
	const { rows } = await sql<{ id: string }>`
		select distinct competency_id as id from competencies.required_on(${today}::date)`.execute(db);
	return askedCompetencies(
		db,
		definition,
		rows.map((row) => row.id)
	);
}
