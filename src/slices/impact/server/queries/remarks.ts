import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';

export type Remark = {
	id: string;
	kind: 'amendment' | 'comment';
	words: string;
	reason: string | null;
	by: string | null;
	at: Date;
};

/** What was added beside a fixed plan, oldest first. Asks nobody's permission: whoever reads the study reads these. */
export async function remarksOf(db: Db, studyId: string): Promise<Remark[]> {
	const { rows } = await sql<Remark>`
		select r.id, r.kind, r.words, r.reason, p.name as by, r.made_at as at
		from impact.study_remark r left join people.person p on p.agency_id = r.agency_id and p.id = r.person_id
		where r.agency_id = platform.current_agency() and r.study_id = ${studyId}
		order by r.made_at, r.id limit 200`.execute(db);
	return rows;
}
