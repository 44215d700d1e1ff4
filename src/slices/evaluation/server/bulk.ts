import { sql } from 'kysely';
import { refused } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Tx } from '#platform/db/db.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import { REACTION_DAYS } from '../model.ts';
import { readAnswers, type GivenAnswer } from '../rules.ts';
import { itemsOfVersion, shippedForm } from './form-items.ts';

export type BulkReaction = {
	classId: string;
	personId: string;
	givenOn: CivilDate;
	answers: readonly GivenAnswer[];
};

/**
 * Reactions of whole classes, by the rules of `evaluation.react`: from people with a seat, within the days of the form,
 * once. All or nothing; for set-up and the demo city. The answers of everybody go in as one statement, so not even its
 * order tells whose they are; nothing is sealed, because nobody was
 * promised anything yet. Classes that take no more count as opened, their answers too when they are fewer than five: those go.
 * Returns how many people reacted.
 */
export async function reactInBulk(
	tx: Tx,
	agencyId: string,
	reactions: readonly BulkReaction[],
	today: CivilDate
): Promise<number> {
	const versionId = await shippedForm(tx, 'final');
	const items = await itemsOfVersion(tx, versionId);
	const answers = reactions.flatMap(({ classId, answers: given }) =>
		readAnswers(items, given).map((answer) => ({ classId, ...answer }))
	);
	const given = reactions.map(({ classId, personId, givenOn }) => ({ classId, personId, givenOn }));
	const written = await sql`
		insert into evaluation.reaction_given (agency_id, class_id, person_id, given_on)
		select r.agency_id, r.class_id, r.person_id, x."givenOn"
		from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as x("classId" uuid, "personId" uuid, "givenOn" date)
		join classes.registration r on r.agency_id = ${agencyId}::uuid and r.class_id = x."classId" and r.person_id = x."personId"
			and r.status in ('enrolled', 'passed', 'failed')
		join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id and c.status not in ('planned', 'cancelled')
			and x."givenOn" between c.ends_on and c.ends_on + ${REACTION_DAYS}::int`.execute(tx);
	const count = Number(written.numAffectedRows ?? 0);
	if (count < reactions.length)
		throw refused('evaluation.reaction.notTaken', { count: reactions.length - count });
	await sql`
		insert into evaluation.reaction_answer (agency_id, class_id, item_code, score, grade, grade_before, remark)
		select ${agencyId}::uuid, x."classId", x.item, x.score, x.grade, x.before, x.remark
		from jsonb_to_recordset(${JSON.stringify(answers)}::jsonb)
			as x("classId" uuid, item text, score smallint, grade smallint, before smallint, remark text)
		where x."classId" in (select g.class_id from evaluation.reaction_given g
				where g.agency_id = ${agencyId}::uuid group by g.class_id having count(*) >= ${SMALLEST_GROUP})
			or exists (select from classes.class c where c.agency_id = ${agencyId}::uuid and c.id = x."classId"
				and c.ends_on + ${REACTION_DAYS}::int >= ${today}::date)
		order by random()`.execute(tx);
	await sql`
		insert into evaluation.reaction_box (agency_id, class_id, version_id, public_key, opened_on)
		select c.agency_id, c.id, ${versionId}::uuid, ''::bytea, ${today}::date
		from classes.class c
		where c.agency_id = ${agencyId}::uuid and c.id = any(${[...new Set(given.map(({ classId }) => classId))]}::uuid[])
			and c.ends_on + ${REACTION_DAYS}::int < ${today}::date
		on conflict do nothing`.execute(tx);
	return count;
}
