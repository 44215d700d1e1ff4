import { sql } from 'kysely';
import { refused } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import { isPerCompetency, itemsOf, type Definition } from '../instrument.ts';
import { competencyKey } from './sheets.ts';
import { writeRatings } from './measure.ts';

/** Levels by peers or subordinates, column by column: the i-th of each list belongs together. */
export type BulkGroupRatings = {
	campaignId: string;
	source: 'peer' | 'subordinate';
	people: readonly string[];
	raters: readonly string[];
	competencies: readonly string[];
	levels: readonly number[];
	at: readonly Date[];
};

/**
 * Many levels by peers or subordinates at once, for set-up and the demo city: only by those who were chosen. All or
 * nothing. Whoever is in the list is done with that person.
 */
export async function rateGroupInBulk(
	tx: Tx,
	{ campaignId, source, ...answers }: BulkGroupRatings
): Promise<number> {
	const chosen = await sql<{ n: number }>`
		with given as (
			select person_id, rater_id, max(at) as at
			from unnest(${answers.people}::uuid[], ${answers.raters}::uuid[], ${answers.at}::timestamptz[]) as g(person_id, rater_id, at)
			group by person_id, rater_id
		), marked as (
			update needs.assignment a set done_at = g.at from given g
			where a.agency_id = (select platform.current_agency()) and a.campaign_id = ${campaignId} and a.source = ${source}
				and a.person_id = g.person_id and a.rater_id = g.rater_id
			returning 1
		)
		select (select count(*) from given)::int - (select count(*) from marked)::int as n`.execute(tx);
	if ((chosen.rows[0]?.n ?? 0) > 0) throw refused('needs.rate.notAsked');
	return writeRatings(tx, campaignId, { sources: answers.people.map(() => source), ...answers });
}

export type BulkAnswer = {
	personId: string;
	itemId: string;
	competencyId: string | null;
	number: number | null;
	mastery: number | null;
	words: string | null;
	codes: readonly string[] | null;
	at: Date;
};

/** Many answers about oneself that are no levels, for set-up and the demo city. Who was never asked fails on the key. */
export async function answerInBulk(
	tx: Tx,
	campaignId: string,
	answers: readonly BulkAnswer[]
): Promise<void> {
	const rows = answers.map((one) => ({
		person_id: one.personId,
		item_id: one.itemId,
		competency_id: competencyKey(one.competencyId),
		number: one.number,
		mastery: one.mastery,
		words: one.words,
		codes: one.codes,
		at: one.at
	}));
	await sql`
		insert into needs.answer (agency_id, campaign_id, person_id, rater_id, item_id, competency_id, source, number, mastery, words, codes, answered_at)
		select (select platform.current_agency()), ${campaignId}, a.person_id, a.person_id, a.item_id, a.competency_id, 'self',
			a.number, a.mastery, a.words, a.codes, a.at
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as a(person_id uuid, item_id uuid, competency_id uuid,
			number smallint, mastery smallint, words text, codes text[], at timestamptz)`.execute(tx);
}

/**
 * Marks whoever has answered everything required, after bulk answers. Refuses: a required item with a condition, which
 * takes looking at each form (`fill`).
 */
export async function markDoneInBulk(
	tx: Tx,
	campaignId: string,
	definition: Definition,
	at: Date
): Promise<void> {
	for (const as of ['self', 'supervisor'] as const) {
		const required = itemsOf(definition).filter((item) => item.required && item.raters.includes(as));
		if (required.some((item) => item.condition !== null))
			throw new TypeError('a required item has a condition');
		const levels = required.some((item) => item.kind === 'level');
		const others = required.filter((item) => item.kind !== 'level');
		const each = others.filter((item) => isPerCompetency(item.kind)).length;
		const single = others.length - each;
		const level = sql.ref(as === 'self' ? 'g.self_level' : 'g.supervisor_level');
		await sql`
			update needs.target t set ${sql.ref(as === 'self' ? 'self_done_at' : 'supervisor_done_at')} = ${at}
			from (
				select g.person_id, count(*) as asked, count(${level}) as levels
				from needs.gap g
				where g.agency_id = (select platform.current_agency()) and g.campaign_id = ${campaignId} group by g.person_id
			) n
			left join (
				select a.person_id, count(*) as answers from needs.answer a
				where a.agency_id = (select platform.current_agency()) and a.campaign_id = ${campaignId} and a.source = ${as}
					and a.item_id = any(${others.map((item) => item.id)}::uuid[])
				group by a.person_id
			) o on o.person_id = n.person_id
			where t.agency_id = (select platform.current_agency()) and t.campaign_id = ${campaignId} and t.person_id = n.person_id
				and (not ${levels} or n.levels = n.asked)
				and coalesce(o.answers, 0) >= ${each} * n.asked + ${single}`.execute(tx);
	}
}
