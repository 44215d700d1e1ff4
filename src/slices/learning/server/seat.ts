import type { Db } from '#platform/db/db.ts';

/** Somebody's seat in a class with what the rules need of the class; undefined without a registration. */
export async function seatOf(db: Db, agencyId: string, classId: string, personId: string | null) {
	if (personId === null) return undefined;
	return db
		.selectFrom('classes.registration as r')
		.innerJoin('classes.class as c', (join) =>
			join.onRef('c.agency_id', '=', 'r.agency_id').onRef('c.id', '=', 'r.class_id')
		)
		.select([
			'r.id as registrationId',
			'r.person_id as personId',
			'r.status',
			'c.status as classStatus',
			'c.id',
			'c.name',
			'c.mode',
			'c.starts_on as startsOn',
			'c.ends_on as endsOn',
			'c.version_id as versionId'
		])
		.where('r.agency_id', '=', agencyId)
		.where('r.class_id', '=', classId)
		.where('r.person_id', '=', personId)
		.executeTakeFirst();
}

/** All attempts of somebody in a class, oldest first. */
export async function attemptsIn(db: Db, agencyId: string, classId: string, personId: string) {
	return db
		.selectFrom('learning.attempt')
		.select([
			'id',
			'quiz_id as quizId',
			'purpose',
			'started_at as startedAt',
			'finished_at as finishedAt',
			'score',
			'max_score as maxScore'
		])
		.where('agency_id', '=', agencyId)
		.where('class_id', '=', classId)
		.where('person_id', '=', personId)
		.orderBy('started_at')
		.execute();
}
