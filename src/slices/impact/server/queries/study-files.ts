import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import { armMeans, firstStart } from '../../rules.ts';
import { shownOf } from './findings.ts';
import { remarksOf } from './remarks.ts';
import { visibleStudyById } from './studies.ts';

/** What brief and bundle are made of. Refuses: missing, also while the plan is not fixed, because then nothing is found. */
export async function studyFilesOf(db: Db, actor: Actor, studyId: string) {
	const study = await visibleStudyById(db, actor, studyId);
	if (study.frozenAt === null) throw missing();
	const found = await shownOf(db, study);
	const agency = await sql<{ name: string }>`
		select name from platform.agency where agency_id = platform.current_agency()`.execute(db);
	const counted = new Set(found.finding.analysis.unitsCounted);
	return {
		study,
		...found,
		agency: agency.rows[0]?.name ?? '',
		// What was matched may be fewer people than the query keeps out: their means are theirs alone.
		means: armMeans(
			found.question.rows.filter(({ unit }) => counted.has(unit)),
			study.indicator.subject === 'person' ? SMALLEST_GROUP : 1
		),
		start: firstStart(found.units),
		remarks: await remarksOf(db, studyId)
	};
}
