import { sql } from 'kysely';
import type { TestItem } from '#kernel/statistics/itemAnalysis.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import type { Db } from '#platform/db/db.ts';
import { isRight } from '#slices/learning/public.ts';

/** All who gave the same answer to one question, by their place in the test. */
type SameAnswer = { questionId: string; choiceIds: string[]; places: string };
type Asked = { id: string; choices: readonly { id: string; correct: boolean }[] };

/**
 * Answers of everybody who handed the quiz in, of all classes or of one, in one statement however many: equal answers come
 * as one row with the places of those who gave them, so that half a million ticks are some hundred rows. Of practice only
 * the first time counts: later ones have seen the key. Nothing in it says who somebody is. Of all classes, those are left
 * out that fewer than five took it in, unless they are five and more together: what all answered, less what the larger
 * classes did, would be theirs.
 */
export async function answersOf(db: Db, quizId: string, classId: string | null) {
	const { rows } = await sql<{ people: number } & { [K in keyof SameAnswer]: SameAnswer[K] | null }>`
		with taken as materialized (
			select g.id, row_number() over (order by g.id) - 1 as place
			from (
				select f.id, f.fellows, count(*) filter (where f.fellows < ${SMALLEST_GROUP}) over () as scattered
				from (
					select d.id, count(*) over (partition by d.class_id) as fellows
					from (
						select distinct on (t.class_id, t.person_id) t.id, t.class_id
						from learning.attempt t
						where t.agency_id = platform.current_agency() and t.quiz_id = ${quizId} and t.finished_at is not null
							and (${classId}::uuid is null or t.class_id = ${classId}::uuid)
						order by t.class_id, t.person_id, t.started_at, t.id
					) d
				) f
			) g
			where ${classId}::uuid is not null or g.fellows >= ${SMALLEST_GROUP} or g.scattered >= ${SMALLEST_GROUP}
		), given as (
			select x.question_id, x.choice_ids, string_agg(t.place::text, ',') as places
			from taken t
			join learning.answer x on x.agency_id = platform.current_agency() and x.attempt_id = t.id
			group by x.question_id, x.choice_ids
		)
		select p.people, g.question_id as "questionId", g.choice_ids as "choiceIds", g.places
		from (select count(*)::int as people from taken) p
		left join given g on true`.execute(db);
	const same = rows.flatMap(({ questionId, choiceIds, places }): SameAnswer[] =>
		questionId === null || choiceIds === null || places === null ? [] : [{ questionId, choiceIds, places }]
	);
	return { people: rows[0]?.people ?? 0, same };
}

/** The answers as item analysis takes them, in the order of the questions; a question left open is 0 points. */
export function testItems(
	questions: readonly Asked[],
	{ people, same }: { people: number; same: readonly SameAnswer[] }
): TestItem[] {
	const byQuestion = Map.groupBy(same, ({ questionId }) => questionId);
	return questions.map(({ id, choices }): TestItem => {
		const scores = new Float64Array(people);
		const ticked: (readonly number[])[] = Array.from({ length: people }, () => []);
		const place = new Map(choices.map((choice, at) => [choice.id, at]));
		const correctIds = choices.filter(({ correct }) => correct).map((choice) => choice.id);
		for (const { choiceIds, places } of byQuestion.get(id) ?? []) {
			const point = isRight({ correctIds }, choiceIds) ? 1 : 0;
			const ticks = choiceIds.flatMap((choiceId) => place.get(choiceId) ?? []);
			for (const who of places.split(',')) {
				scores[Number(who)] = point;
				ticked[Number(who)] = ticks;
			}
		}
		return { scores, most: 1, ticked, right: choices.map(({ correct }) => correct) };
	});
}
