import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { gainOf, pooled, type GainSummary, type TestScores } from '../gain.ts';

/** Both tests are brought to the same scale: per cent of the points that could be had. */
const PERCENT = 100;

/** A class in which nobody took a test. */
export const NO_GAIN: GainSummary = gainOf([], PERCENT);

/**
 * What classes learned between pre- and post-test, from everybody with a seat, one query however many classes. Groups
 * under five are not shown (`gainOf`). Classes without tests are not in the map.
 */
export async function gainsOf(db: Db, classIds: readonly string[]): Promise<Map<string, GainSummary>> {
	const byClass = await scoresOf(db, classIds);
	return new Map([...byClass].map(([classId, scores]) => [classId, gainOf(scores, PERCENT)]));
}

/** What several classes learned as one group, classes that are too small to be shown alone left out; and all who took both tests. */
export async function gainOfAll(
	db: Db,
	classIds: readonly string[]
): Promise<{ gain: GainSummary; pairs: number }> {
	const classes = [...(await scoresOf(db, classIds)).values()];
	const pairs = classes.flat().filter(({ before, after }) => before !== null && after !== null).length;
	return { gain: gainOf(pooled(classes), PERCENT), pairs };
}

async function scoresOf(db: Db, classIds: readonly string[]): Promise<Map<string, TestScores[]>> {
	if (classIds.length === 0) return new Map();
	const { rows } = await sql<TestScores & { classId: string }>`
		select t.class_id as "classId",
			max(t.score::float8 * 100 / t.max_score) filter (where t.purpose = 'pretest') as before,
			max(t.score::float8 * 100 / t.max_score) filter (where t.purpose = 'posttest') as after
		from learning.attempt t
		join classes.registration r on r.agency_id = t.agency_id and r.class_id = t.class_id and r.person_id = t.person_id
			and r.status in ('enrolled', 'passed', 'failed')
		where t.agency_id = (select platform.current_agency()) and t.class_id = any(${[...classIds]}::uuid[])
			and t.purpose in ('pretest', 'posttest') and t.finished_at is not null
		group by t.class_id, t.person_id`.execute(db);
	return Map.groupBy(rows, ({ classId }) => classId);
}
