import { sql } from 'kysely';
import { missing } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Tx } from '#platform/db/db.ts';
import { designOf, subjectOf, type Design, type StudyUnit, type Subject } from '../model.ts';

export type LockedStudy = {
	frozenAt: Date | null;
	drawnAt: Date | null;
	design: Design;
	startsFrom: CivilDate | null;
	/** Whose figures it is about. */
	subject: Subject;
};

/** The beat "lock". Refuses: missing. */
export async function lockStudy(tx: Tx, studyId: string): Promise<LockedStudy> {
	const { rows } = await sql<Omit<LockedStudy, 'design' | 'subject'> & { design: string; subject: string }>`
		select s.frozen_at as "frozenAt", s.drawn_at as "drawnAt", s.design, s.starts_from as "startsFrom", i.subject
		from impact.study s join impact.indicator i on i.agency_id = s.agency_id and i.id = s.indicator_id
		where s.agency_id = platform.current_agency() and s.id = ${studyId} for update of s`.execute(tx);
	const [row] = rows;
	if (row === undefined) throw missing();
	return { ...row, design: designOf(row.design), subject: subjectOf(row.subject) };
}

/** Everybody who takes part, units or people. */
export async function subjectsOfStudy(tx: Tx, studyId: string): Promise<StudyUnit[]> {
	const { rows } = await sql<StudyUnit>`
		select subject_id as "unitId", treated, treated_from as "treatedFrom", lot from impact.study_subject
		where agency_id = platform.current_agency() and study_id = ${studyId}`.execute(tx);
	return rows;
}
