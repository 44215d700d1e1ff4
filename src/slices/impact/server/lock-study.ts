import { sql } from 'kysely';
import { missing } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Tx } from '#platform/db/db.ts';
import { designOf, type Design, type StudyUnit } from '../model.ts';

export type LockedStudy = {
	frozenAt: Date | null;
	drawnAt: Date | null;
	design: Design;
	startsFrom: CivilDate | null;
};

/** The beat "lock". Refuses: missing. */
export async function lockStudy(tx: Tx, studyId: string): Promise<LockedStudy> {
	const row = await tx
		.selectFrom('impact.study')
		.select(['frozen_at as frozenAt', 'drawn_at as drawnAt', 'design', 'starts_from as startsFrom'])
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('id', '=', studyId)
		.forUpdate()
		.executeTakeFirst();
	if (row === undefined) throw missing();
	return { ...row, design: designOf(row.design) };
}

export const unitsOfStudy = (tx: Tx, studyId: string): Promise<StudyUnit[]> =>
	tx
		.selectFrom('impact.study_unit')
		.select(['unit_id as unitId', 'treated', 'treated_from as treatedFrom', 'lot'])
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('study_id', '=', studyId)
		.execute();
