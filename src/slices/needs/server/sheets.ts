import { sql } from 'kysely';
import type { Db, Tx } from '#platform/db/db.ts';
import { answersBySlot, type Answer } from '../filling.ts';
import { itemsOf, rater, type Definition, type Rater } from '../instrument.ts';
import { campaignStatus, type Campaign } from '../model.ts';
import { definitionInUse } from './queries/instruments.ts';

/** One rater's form about one person: what was asked, and what has been answered so far. */
export type Sheet = {
	campaign: Campaign;
	personId: string;
	raterId: string;
	as: Rater;
	/** Chosen to rate as this, or asked about oneself; for a supervisor the caller asks the staff of today. */
	assigned: boolean;
	competencies: string[];
	definition: Definition;
	answers: Map<string, Answer>;
	done: boolean;
};

export type SheetKey = { campaignId: string; personId: string; raterId: string; as: Rater };

type Row = {
	place: number;
	name: string;
	year: number;
	status: string;
	opensOn: string;
	closesOn: string;
	versionId: string | null;
	wanted: string[];
	assigned: boolean;
	done: boolean;
	competencies: string[];
	levels: [string, number][] | null;
	answers: [string, string, number | null, number | null, string | null, string[] | null][] | null;
};

const NIL = '00000000-0000-0000-0000-000000000000';

/**
 * The forms of these raters (a supervisor goes on where the one before stopped), one statement for any number; null for a person whom the campaign does not ask. With
 * `locked` the persons' rows are held, in their order, so that two devices of one rater take turns.
 */
export async function sheetsOf(
	db: Db | Tx,
	keys: readonly SheetKey[],
	locked: boolean
): Promise<(Sheet | null)[]> {
	const { rows } = await sql<Row>`
		select q.place::int, c.name, c.year, c.status, c.opens_on as "opensOn", c.closes_on as "closesOn",
			c.instrument_version_id as "versionId", c.raters as wanted,
			case q.source when 'self' then q.person_id = q.rater_id when 'supervisor' then true else exists (
				select from needs.assignment a
				where a.agency_id = t.agency_id and a.campaign_id = t.campaign_id and a.person_id = t.person_id
					and a.rater_id = q.rater_id and a.source = q.source
			) end as assigned,
			coalesce(case q.source when 'self' then t.self_done_at when 'supervisor' then t.supervisor_done_at else (
				select a.done_at from needs.assignment a
				where a.agency_id = t.agency_id and a.campaign_id = t.campaign_id and a.person_id = t.person_id and a.rater_id = q.rater_id
			) end is not null, false) as done,
			array(
				select g.competency_id from needs.gap g
				where g.agency_id = t.agency_id and g.campaign_id = t.campaign_id and g.person_id = t.person_id
			) as competencies,
			(select jsonb_agg(jsonb_build_array(r.competency_id, r.level) order by r.rated_at) from needs.rating r
				where r.agency_id = t.agency_id and r.campaign_id = t.campaign_id and r.person_id = t.person_id
					and r.source = q.source and (q.source = 'supervisor' or r.rater_id = q.rater_id)) as levels,
			(select jsonb_agg(jsonb_build_array(a.item_id, a.competency_id, a.number, a.mastery, a.words, a.codes)) from needs.answer a
				where a.agency_id = t.agency_id and a.campaign_id = t.campaign_id and a.person_id = t.person_id
					and a.rater_id = q.rater_id and a.source = q.source) as answers
		from unnest(
			${keys.map((key) => key.campaignId)}::uuid[], ${keys.map((key) => key.personId)}::uuid[],
			${keys.map((key) => key.as)}::text[], ${keys.map((key) => key.raterId)}::uuid[]
		) with ordinality as q(campaign_id, person_id, source, rater_id, place)
		join needs.campaign c on c.agency_id = (select platform.current_agency()) and c.id = q.campaign_id
		join needs.target t on t.agency_id = c.agency_id and t.campaign_id = c.id and t.person_id = q.person_id
		order by t.person_id, q.place
		${locked ? sql`for update of t` : sql``}`.execute(db);
	const sheets: (Sheet | null)[] = keys.map(() => null);
	for (const row of rows) {
		const key = keys[row.place - 1];
		if (key === undefined) continue;
		const definition = await definitionInUse(db, row.versionId);
		sheets[row.place - 1] = {
			campaign: {
				id: key.campaignId,
				name: row.name,
				year: row.year,
				status: campaignStatus(row.status),
				opensOn: row.opensOn,
				closesOn: row.closesOn
			},
			personId: key.personId,
			raterId: key.raterId,
			as: key.as,
			assigned: row.assigned && row.wanted.map(rater_).includes(key.as),
			competencies: row.competencies,
			definition,
			answers: answersBySlot([
				...levelAnswers(definition, key.as, row.levels ?? []),
				...(row.answers ?? []).map(read)
			]),
			done: row.done
		};
	}
	return sheets;
}

/** A campaign may also want assessments, which nobody answers here. */
const rater_ = (text: string): Rater | null => (text === 'assessment' ? null : rater(text));

/** Levels live apart from other answers; in a form they answer the item that asks for them. */
function levelAnswers(definition: Definition, as: Rater, levels: readonly [string, number][]): Answer[] {
	const items = itemsOf(definition).filter((item) => item.kind === 'level' && item.raters.includes(as));
	return levels.flatMap(([competencyId, number]) =>
		items
			.filter((item) => item.competencyId === null || item.competencyId === competencyId)
			.map((item) => ({ itemId: item.id, competencyId, number, mastery: null, words: null, codes: null }))
	);
}

const read = ([itemId, competencyId, number, mastery, words, codes]: NonNullable<
	Row['answers']
>[number]): Answer => ({
	itemId,
	competencyId: competencyId === NIL ? null : competencyId,
	number,
	mastery,
	words,
	codes
});

/** In the database an item about no competency has the nil id, because a key holds no null. */
export const competencyKey = (competencyId: string | null): string => competencyId ?? NIL;
