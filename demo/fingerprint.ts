import pg from 'pg';

/** What the rows say, without the ids and instants that every load makes anew. */
const QUERIES: Readonly<Record<string, string>> = {
	ratings: `select a.code, p.nip, c.code, r.source, r.level from needs.rating r
		join platform.agency a using (agency_id) join people.person p on p.id = r.person_id join competencies.competency c on c.id = r.competency_id`,
	// Without the gaps behind a line: the estimator finds its variances from a part of the teams, chosen by the order of
	// ids, and a few people at the edge of a gap fall to one side or the other.
	lines: `select p.title, l.sort, l.seats, l.cost from plans.line l join plans.plan p on p.id = l.plan_id`,
	sessions: `select c.code, s.sort, s.topic, s.starts_at, f.nip from classes.session s
		join classes.class c on c.id = s.class_id left join people.person f on f.id = s.facilitator_id`,
	registrations: `select c.code, p.nip, r.status, r.note from classes.registration r
		join classes.class c on c.id = r.class_id join people.person p on p.id = r.person_id`,
	attendance: `select c.code, s.sort, p.nip, t.status from classes.attendance t join classes.session s on s.id = t.session_id
		join classes.class c on c.id = s.class_id join people.person p on p.id = t.person_id`,
	attempts: `select c.code, p.nip, t.purpose, t.score, t.max_score from learning.attempt t
		join classes.class c on c.id = t.class_id join people.person p on p.id = t.person_id`,
	reactions: `select c.code, r.item_code, r.score, r.remark from evaluation.reaction_answer r join classes.class c on c.id = r.class_id`,
	sessionReactions: `select c.code, s.sort, r.item_code, r.grade, r.grade_before, r.remark from evaluation.session_answer r
		join classes.session s on s.id = r.session_id join classes.class c on c.id = s.class_id`,
	focusGroups: `select g.title, g.held_on, p.sort, p.said, x.round, k.code from evaluation.focus_group g join evaluation.focus_passage p on p.group_id = g.id
		left join evaluation.passage_code x on x.passage_id = p.id left join evaluation.theme_code k on k.id = x.code_id`,
	findings: `select f.statement, f.severity, r.decision, r.answer, (select count(*) from evaluation.finding_passage e where e.finding_id = f.id)
		from evaluation.finding f left join programs.change_request r on r.id = f.id`,
	learningHours: `select p.nip, e.title, e.learning_hours, e.status from credentials.jp_entry e join people.person p on p.id = e.person_id`,
	actionPlans: `select c.code, p.nip, a.status, a.goal from followup.action_plan a
		join classes.class c on c.id = a.class_id join people.person p on p.id = a.person_id`,
	checkIns: `select p.nip, k.progress, k.note, k.obstacle, k.at from followup.check_in k
		join followup.action_plan a on a.id = k.action_plan_id join people.person p on p.id = a.person_id`,
	evaluations: `select c.code, p.nip, o.nip as by, w.role, r.level_before, r.level_now from followup.rating r
		join followup.rater w on w.evaluation_id = r.evaluation_id and w.rater_id = r.rater_id join followup.evaluation e on e.id = r.evaluation_id
		join classes.class c on c.id = e.class_id join people.person p on p.id = e.person_id join people.person o on o.id = r.rater_id`,
	measurements: `select i.code, u.name, m.period, m.value from impact.measurement m
		join impact.indicator i on i.id = m.indicator_id join people.unit u on u.id = m.unit_id`,
	personMeasurements: `select i.code, p.nip, m.period, m.value from impact.person_measurement m
		join impact.indicator i on i.id = m.indicator_id join people.person p on p.id = m.person_id`,
	wishes: `select p.nip, g.code, w.status from growth.wish w join people.person p on p.id = w.person_id join programs.program g on g.id = w.program_id`
};

/** Rows and a hash for each kind of thing in a loaded demo; equal for equal seeds and days. `url` is the owner's. */
export async function fingerprint(url: string): Promise<Record<string, { rows: number; hash: string }>> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		const prints: Record<string, { rows: number; hash: string }> = {};
		for (const [name, query] of Object.entries(QUERIES)) {
			const found = await client.query<{ rows: number; hash: string }>(
				`select count(*)::int as rows, coalesce(md5(string_agg(x.line, e'\\n' order by x.line)), '') as hash
				from (select (q.*)::text as line from (${query}) q) x`
			);
			const print = found.rows[0];
			if (print) prints[name] = print;
		}
		return prints;
	} finally {
		await client.end();
	}
}
