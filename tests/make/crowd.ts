import { newId } from '#kernel/ids.ts';
import type { graduation } from './graduation.ts';

/** So many more people who were at every session of a class that is over, and passed. Their names: Peserta 0001 and on. */
export async function crowd(
	it: Pick<Awaited<ReturnType<typeof graduation>>, 'owner' | 'agencyId'>,
	classId: string,
	many: number
): Promise<void> {
	const ids = Array.from({ length: many }, () => newId());
	await it.owner.query(
		`insert into people.person (agency_id, id, nip, name, sex, employment_kind)
		select $1, n.id, '19900101202001' || lpad(n.at::text, 4, '0'), 'Peserta ' || lpad(n.at::text, 4, '0'), 'female', 'PNS'
		from unnest($2::uuid[]) with ordinality as n(id, at)`,
		[it.agencyId, ids]
	);
	await it.owner.query(
		`insert into classes.registration (agency_id, id, class_id, person_id, status, requested_at)
		select $1, gen_random_uuid(), $3, n.id, 'passed', now() from unnest($2::uuid[]) as n(id)`,
		[it.agencyId, ids, classId]
	);
	await it.owner.query(
		`insert into classes.attendance (agency_id, session_id, person_id, status, marked_at)
		select $1, s.id, n.id, 'present', now() from unnest($2::uuid[]) as n(id), classes.session s where s.class_id = $3`,
		[it.agencyId, ids, classId]
	);
}
