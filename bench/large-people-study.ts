import pg from 'pg';
import { newId } from '#kernel/ids.ts';

const PEOPLE = 5000;
const MONTHS = 24;
const AFTER = 8;

/**
 * A fixed study of 5,000 people with 24 months of figures each, put into a filled city by the owner, set-based: every second
 * one trained, eight months ago. Answers the study and its indicator.
 */
export async function largePeopleStudy(url: string): Promise<{ studyId: string; indicatorId: string }> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	const [studyId, indicatorId] = [newId(), newId()];
	const made = await client.query<{ agency_id: string }>(
		`select agency_id from platform.agency where code = 'medan'`
	);
	const agencyId = made.rows[0]?.agency_id ?? '';
	const start = `date_trunc('month', current_date) - interval '${AFTER} months'`;
	const chosen = `(select s.person_id, s.unit_id, row_number() over (order by s.person_id) as n from people.staff s
		where s.agency_id = '${agencyId}' order by s.person_id limit ${PEOPLE}) x`;
	await client.query('begin');
	await client.query(
		`insert into impact.indicator (agency_id, id, code, name, unit_of_measure, better, source, subject)
		values ($1, $2, 'BENCHP', 'Berkas lima ribu orang', 'berkas', 'higher', 'bench', 'person')`,
		[agencyId, indicatorId]
	);
	await client.query(
		`insert into impact.person_measurement (agency_id, indicator_id, person_id, period, unit_id, value)
		select $1, $2, x.person_id, (date_trunc('month', current_date) - make_interval(months => ${MONTHS} - t))::date, x.unit_id,
			round((100 + x.n % 40 + random() * 10 + case when x.n % 2 = 0 and t >= ${MONTHS - AFTER} then 3 else 0 end)::numeric, 1)
		from ${chosen}, generate_series(0, ${MONTHS - 1}) t`,
		[agencyId, indicatorId]
	);
	await client.query(
		`insert into impact.study (agency_id, id, indicator_id, program_id, question, design, planned_before, treated_by, compared_with, created_by, created_at)
		select $1, $2, $3, p.id, 'Apakah lima ribu orang bekerja lebih baik?', 'before_after_comparison', true, 'listed', 'listed', 'bench', now()
		from programs.program p where p.agency_id = $1 order by p.code limit 1`,
		[agencyId, studyId, indicatorId]
	);
	await client.query(
		`insert into impact.study_person (agency_id, study_id, person_id, code, unit_id, treated, treated_from)
		select $1, $2, x.person_id, 'O' || lpad(x.n::text, 4, '0'), x.unit_id, x.n % 2 = 0, case when x.n % 2 = 0 then (${start})::date end
		from ${chosen}`,
		[agencyId, studyId]
	);
	await client.query('update impact.study set frozen_at = now() where agency_id = $1 and id = $2', [
		agencyId,
		studyId
	]);
	await client.query('commit');
	await client.query('analyze impact.person_measurement, impact.study_person');
	await client.end();
	return { studyId, indicatorId };
}
