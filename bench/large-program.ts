import pg from 'pg';
import { newId } from '#kernel/ids.ts';

const CLASSES = 125;
const SEATS = 40;
const QUESTIONS = 12;

/** Held half a year ago, so that everything that follows a class has had its time. */
const START = `(current_date - 250 + (x.n % 40))`;

/**
 * A program with 5,000 participants in 125 classes of 40, put into a filled city by the owner, set-based: tests with
 * answers tied to three outcomes, opened reactions, action plans with check-ins, closed evaluations by two raters each.
 * Answers the program and one class of it.
 */
export async function largeProgram(url: string): Promise<{ programId: string; classId: string }> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	const [programId, versionId, pretest, posttest] = [newId(), newId(), newId(), newId()];
	const made = await client.query<{ agency_id: string }>(
		`select agency_id from platform.agency where code = 'medan'`
	);
	const agencyId = made.rows[0]?.agency_id ?? '';
	/** $1 agency, $2 program, $3 version, $4 and $5 the tests: each statement takes what it names. */
	const put = async (statement: string): Promise<void> => {
		const values = [agencyId, programId, versionId, pretest, posttest];
		const used = values.map((value, at) => (statement.includes(`$${at + 1}`) ? `'${value}'::uuid` : ''));
		await client.query(statement.replaceAll(/\$(\d)/g, (_, at: string) => used[Number(at) - 1] ?? ''));
	};
	await client.query('begin');
	await put(`insert into programs.program (agency_id, id, code, name, form, created_by, created_at)
		values ($1, $2, 'BENCH', 'Program lima ribu peserta', 'KL03', 'bench', now())`);
	await put(`insert into programs.version (agency_id, id, program_id, number, status, created_by, created_at)
		values ($1, $3, $2, 1, 'draft', 'bench', now() - interval '1 year')`);
	await put(`insert into programs.module (agency_id, id, version_id, sort, name, learning_hours, mode)
		values ($1, gen_random_uuid(), $3, 1, 'Materi', 20, 'class')`);
	await put(`insert into programs.outcome (agency_id, id, version_id, sort, statement, competency_id, level)
		select $1, gen_random_uuid(), $3, row_number() over (order by c.sort), 'Mampu dalam ' || c.name, c.id, 3
		from competencies.competency c where c.agency_id = $1 and exists (select from needs.gap g where g.agency_id = c.agency_id and g.competency_id = c.id)
		order by c.sort limit 3`);
	await put(
		`update programs.version set status = 'in_force', in_force_at = now() - interval '1 year' where agency_id = $1 and id = $3`
	);
	await put(`update programs.program set version_id = $3 where agency_id = $1 and id = $2`);
	for (const [quiz, purpose] of [
		['$4', 'pretest'],
		['$5', 'posttest']
	] as const)
		await put(`insert into content.quiz (agency_id, id, version_id, purpose, title, pass_percent)
			values ($1, ${quiz}, $3, '${purpose}', 'Tes', 70)`);
	await put(`insert into content.question (agency_id, id, quiz_id, sort, kind, stem)
		select $1, gen_random_uuid(), q.id, n, 'single', 'Pertanyaan ' || n from (values ($4), ($5)) q (id), generate_series(1, ${QUESTIONS}) n`);
	await put(`insert into content.choice (agency_id, id, question_id, sort, wording, correct)
		select $1, gen_random_uuid(), q.id, n, 'Jawaban ' || n, n = 1 from content.question q, generate_series(1, 4) n
		where q.agency_id = $1 and q.quiz_id in ($4, $5)`);
	await put(`insert into evaluation.item_outcome (agency_id, question_id, outcome_id)
		select $1, q.id, o.id from content.question q join programs.outcome o on o.agency_id = q.agency_id and o.version_id = $3 and o.sort = 1 + q.sort % 3
		where q.agency_id = $1 and q.quiz_id in ($4, $5)`);
	await put(`insert into classes.class (agency_id, id, code, name, version_id, form, mode, status, seats, starts_on, ends_on, created_by, created_at)
		select $1, gen_random_uuid(), 'BENCH/' || x.n, 'Kelas ' || x.n, $3, 'KL03', 'class', 'finished', ${SEATS}, ${START}, ${START} + 4, 'bench', now()
		from generate_series(1, ${CLASSES}) as x (n)`);
	// Late in the evening, where nobody of the city sits in another class.
	await put(`insert into classes.session (agency_id, id, class_id, sort, topic, mode, starts_at, ends_at, learning_hours)
		select $1, gen_random_uuid(), c.id, d, 'Hari ' || d, 'class', c.starts_on + d + time '15:00', c.starts_on + d + time '17:00', 5
		from classes.class c, generate_series(0, 3) d where c.agency_id = $1 and c.version_id = $3`);
	await put(`insert into classes.registration (agency_id, id, class_id, person_id, status, requested_at)
		select $1, gen_random_uuid(), c.id, s.person_id, case when s.n % 25 = 0 then 'failed' else 'passed' end, now()
		from (select person_id, row_number() over (order by person_id) as n from people.staff where agency_id = $1 and supervisor_id is not null limit ${CLASSES * SEATS}) s
		join (select id, row_number() over (order by code) as n from classes.class where agency_id = $1 and version_id = $3) c on c.n = 1 + s.n % ${CLASSES}`);
	const seats = `classes.registration r join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id and c.version_id = $3`;
	for (const [quiz, purpose, good] of [
		['$4', 'pretest', 0.45],
		['$5', 'posttest', 0.75]
	] as const) {
		await put(`insert into learning.attempt (agency_id, id, quiz_id, class_id, person_id, purpose, started_at, finished_at, score, max_score)
			select $1, gen_random_uuid(), ${quiz}, r.class_id, r.person_id, '${purpose}', c.starts_on, c.starts_on, 0, ${QUESTIONS} from ${seats} where r.agency_id = $1`);
		await put(`insert into learning.answer (agency_id, attempt_id, question_id, choice_ids, answered_at, saved_at)
			select $1, t.id, q.id, array[k.id], now(), now() from learning.attempt t
			join content.question q on q.agency_id = t.agency_id and q.quiz_id = t.quiz_id
			join content.choice k on k.agency_id = q.agency_id and k.question_id = q.id
				and k.sort = case when (hashtext(t.id::text || q.id::text) & 1023) < 1023 * ${good} then 1 else 2 end
			where t.agency_id = $1 and t.quiz_id = ${quiz}`);
		await put(`update learning.attempt t set score = g.score from (
				select x.attempt_id, count(*) filter (where k.correct) as score from learning.attempt b
				join learning.answer x on x.agency_id = b.agency_id and x.attempt_id = b.id
				join content.choice k on k.agency_id = x.agency_id and k.id = x.choice_ids[1]
				where b.agency_id = $1 and b.quiz_id = ${quiz} group by x.attempt_id) g
			where t.agency_id = $1 and t.id = g.attempt_id`);
	}
	await put(`insert into evaluation.reaction_box (agency_id, class_id, public_key, opened_on)
		select $1, c.id, ''::bytea, c.ends_on + 8 from classes.class c where c.agency_id = $1 and c.version_id = $3`);
	await put(`insert into evaluation.reaction_given (agency_id, class_id, person_id, given_on)
		select $1, r.class_id, r.person_id, c.ends_on from ${seats} where r.agency_id = $1`);
	await put(`insert into evaluation.reaction_answer (agency_id, class_id, item_code, score)
		select $1, r.class_id, i.code, 1 + (hashtext(r.id::text || i.code) & 3) from ${seats}
		join evaluation.reaction_item i on i.agency_id = r.agency_id and i.kind = 'score' where r.agency_id = $1`);
	await put(`insert into followup.action_plan (agency_id, id, class_id, person_id, goal, indicator, status, supervisor_id, submitted_at, decided_at, created_at)
		select $1, gen_random_uuid(), r.class_id, r.person_id, 'Antrean lebih pendek', 'Menit antre', 'running', s.supervisor_id, now(), now(), now()
		from ${seats} join people.staff s on s.agency_id = r.agency_id and s.person_id = r.person_id
		where r.agency_id = $1 and r.status = 'passed'`);
	const plans = `followup.action_plan p join classes.class c on c.agency_id = p.agency_id and c.id = p.class_id and c.version_id = $3`;
	await put(`insert into followup.step (agency_id, id, action_plan_id, sort, what, due_on, done_on)
		select $1, gen_random_uuid(), p.id, n, 'Langkah ' || n, c.ends_on + 30 * n, case when n = 1 then c.ends_on + 20 end
		from ${plans}, generate_series(1, 3) n where p.agency_id = $1`);
	await put(`insert into followup.check_in (agency_id, id, action_plan_id, at, progress, note, obstacle)
		select $1, gen_random_uuid(), p.id, c.ends_on + 30 * n, (hashtext(p.id::text || n) & 3) * 33, 'Sudah dicoba', case when n = 2 then 'time' end
		from ${plans}, generate_series(1, 2) n where p.agency_id = $1`);
	await put(`insert into followup.check_in_due (agency_id, action_plan_id, days, due_on)
		select $1, p.id, n, c.ends_on + n from ${plans}, unnest(array[30, 90, 180]) n where p.agency_id = $1`);
	await put(`insert into followup.evaluation (agency_id, id, class_id, person_id, unit_id, opens_on, closes_on, closed_at)
		select $1, gen_random_uuid(), r.class_id, r.person_id, u.id, c.ends_on + 120, c.ends_on + 141, now()
		from ${seats} join people.staff s on s.agency_id = r.agency_id and s.person_id = r.person_id
		join people.unit u on u.agency_id = s.agency_id and u.path = s.unit_path where r.agency_id = $1 and r.status = 'passed'`);
	const evaluated = `followup.evaluation e join classes.class c on c.agency_id = e.agency_id and c.id = e.class_id and c.version_id = $3`;
	await put(`insert into followup.rater (agency_id, evaluation_id, rater_id, role, asked_on, done_at)
		select $1, e.id, e.person_id, 'self', e.opens_on, now() from ${evaluated} where e.agency_id = $1
		union all select $1, e.id, s.supervisor_id, 'supervisor', e.opens_on, case when hashtext(e.id::text) & 3 > 0 then now() end
		from ${evaluated} join people.staff s on s.agency_id = e.agency_id and s.person_id = e.person_id where e.agency_id = $1`);
	await put(`insert into followup.level (agency_id, evaluation_id, competency_id, required, level_before, sd_before, level_now, sd_now)
		select $1, e.id, o.competency_id, 3, 2.1, 0.4, 2.1 + (hashtext(e.id::text) & 7) / 8.0, 0.3
		from ${evaluated} join programs.outcome o on o.agency_id = c.agency_id and o.version_id = c.version_id where e.agency_id = $1`);
	await client.query('commit');
	// As the autovacuum of a running city does by itself.
	await client.query('vacuum analyze');
	const one = await client.query<{ id: string }>(
		`select id from classes.class where agency_id = $1 and version_id = $2 order by code limit 1`,
		[agencyId, versionId]
	);
	await client.end();
	return { programId, classId: one.rows[0]?.id ?? '' };
}
