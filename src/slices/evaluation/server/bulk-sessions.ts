import { sql } from 'kysely';
import { refused } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Tx } from '#platform/db/db.ts';
import { isFor } from '#slices/classes/public.server.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import { SESSION_REACTION_DAYS } from '../model.ts';
import { readAnswers, type GivenAnswer } from '../rules.ts';
import { itemsOfVersion, shippedForm } from './form-items.ts';

export type BulkSessionReaction = {
	sessionId: string;
	personId: string;
	givenOn: CivilDate;
	answers: readonly GivenAnswer[];
};

/**
 * Reactions to sessions that take no more, by the rules of `evaluation.react`, in the short form that Asah ships: from
 * people with a seat in the session, within its days, once. All or nothing; for set-up and the demo city, like
 * `reactInBulk`. Fewer than five of a session leave no answer. Returns how many people reacted.
 */
export async function reactToSessionsInBulk(
	tx: Tx,
	agencyId: string,
	reactions: readonly BulkSessionReaction[],
	today: CivilDate
): Promise<number> {
	const versionId = await shippedForm(tx, 'session');
	const items = await itemsOfVersion(tx, versionId);
	const answers = reactions.flatMap(({ sessionId, answers: given }) =>
		readAnswers(items, given).map((answer) => ({ sessionId, ...answer }))
	);
	const given = reactions.map(({ sessionId, personId, givenOn }) => ({ sessionId, personId, givenOn }));
	const sessions = sql`any(${[...new Set(given.map(({ sessionId }) => sessionId))]}::uuid[])`;
	const written = await sql`
		insert into evaluation.session_given (agency_id, session_id, person_id, given_on)
		select r.agency_id, s.id, r.person_id, x."givenOn"
		from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as x("sessionId" uuid, "personId" uuid, "givenOn" date)
		join platform.agency a on a.agency_id = ${agencyId}::uuid
		join classes.session s on s.agency_id = a.agency_id and s.id = x."sessionId" and s.cancelled_at is null
		join classes.registration r on r.agency_id = s.agency_id and r.class_id = s.class_id and r.person_id = x."personId"
			and r.status in ('enrolled', 'passed', 'failed') and ${isFor('r')}
		where (s.ends_at at time zone a.time_zone)::date + ${SESSION_REACTION_DAYS}::int < ${today}::date
			and x."givenOn" between (s.ends_at at time zone a.time_zone)::date
				and (s.ends_at at time zone a.time_zone)::date + ${SESSION_REACTION_DAYS}::int`.execute(tx);
	const count = Number(written.numAffectedRows ?? 0);
	if (count < reactions.length)
		throw refused('evaluation.reaction.notTaken', { count: reactions.length - count });
	await sql`
		insert into evaluation.session_answer (agency_id, session_id, item_code, score, grade, grade_before, remark)
		select ${agencyId}::uuid, x."sessionId", x.item, x.score, x.grade, x.before, x.remark
		from jsonb_to_recordset(${JSON.stringify(answers)}::jsonb)
			as x("sessionId" uuid, item text, score smallint, grade smallint, before smallint, remark text)
		where x."sessionId" in (select g.session_id from evaluation.session_given g
			where g.agency_id = ${agencyId}::uuid group by g.session_id having count(*) >= ${SMALLEST_GROUP})
		order by random()`.execute(tx);
	await sql`
		insert into evaluation.session_box (agency_id, session_id, version_id, public_key, opened_on)
		select s.agency_id, s.id, ${versionId}::uuid, ''::bytea, ${today}::date
		from classes.session s where s.agency_id = ${agencyId}::uuid and s.id = ${sessions}`.execute(tx);
	await sql`
		insert into evaluation.class_form (agency_id, class_id, session_version_id)
		select distinct s.agency_id, s.class_id, ${versionId}::uuid
		from classes.session s where s.agency_id = ${agencyId}::uuid and s.id = ${sessions}
		on conflict do nothing`.execute(tx);
	return count;
}
