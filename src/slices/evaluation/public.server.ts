import { sql } from 'kysely';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import type { GainSummary } from './gain.ts';
import { meanOnFour, type ClassEnd } from './model.ts';
import { resultsState } from './rules.ts';
import { END_COLUMNS, END_OF_CLASS } from './server/class-end.ts';
import { gainsOf, NO_GAIN } from './server/gains.ts';
import { itemResults } from './server/form-results.ts';
import { COUNTS } from './server/results.ts';

export { reactInBulk } from './server/bulk.ts';
export { openReactions } from './server/commands/open-reactions.ts';
export { reactionsToOpen } from './server/reactions-to-open.ts';
export { findingFacts } from './server/findings.ts';
export { gainOfAll } from './server/gains.ts';
export { evaluationOfProgram, type EvaluationOfVersion } from './server/of-program.ts';
export { IS_MARK, MARK_ON_FOUR } from './server/form-tables.ts';
export { findingNotices } from './server/notices.ts';
export { officeIs } from './server/owners.ts';
export { reactionsDue } from './server/queries.ts';
export { seedReactionForms } from './server/seed.ts';

export type EvaluationOfClass = {
	/** People with a seat, and how many of them gave their reaction. */
	seated: number;
	given: number;
	/** Mean of all marks brought to 1 to 4; null where the class's own page does not show them either. */
	reaction: number | null;
	gain: GainSummary;
};

/** Levels 1 and 2 of a class in a few figures; undefined when there is no such class. Asks nobody's permission. */
export async function evaluationOfClass(
	db: Db,
	classId: string,
	now: Date,
	today: CivilDate
): Promise<EvaluationOfClass | undefined> {
	const { rows } = await sql<ClassEnd & { seated: number; given: number; opened: boolean }>`
		select ${END_COLUMNS}, ${COUNTS}
		from classes.class c
		join platform.agency a on a.agency_id = c.agency_id
		${END_OF_CLASS}
		where c.agency_id = platform.current_agency() and c.id = ${classId}`.execute(db);
	const row = rows[0];
	if (row === undefined) return undefined;
	const items =
		resultsState(row, row, now, today) === 'shown' ? await itemResults(db, { classId, sessionId: null }) : [];
	return {
		seated: row.seated,
		given: row.given,
		reaction: meanOnFour(items).mean,
		gain: row.finished ? ((await gainsOf(db, [classId])).get(classId) ?? NO_GAIN) : NO_GAIN
	};
}
