import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import { SMALLEST_GROUP, USUAL_SETTING } from '../model.ts';

/** Days after which an evaluation that was never asked is no longer begun: nobody remembers what was before. */
const LATEST_DAYS = 30;

/** The setting in force for program `v.program_id` on a day, else that of the agency, else the usual ones; joined as `t`. */
export const settingOf = (today: string): RawBuilder<unknown> => sql`
	left join lateral (
		select * from followup.setting t
		where t.agency_id = c.agency_id and (t.program_id = v.program_id or t.program_id is null) and t.valid_from <= ${today}::date
		order by t.program_id nulls last, t.valid_from desc, t.set_at desc limit 1
	) t on true`;

/**
 * Opens the evaluation of everybody who passed a class that is over as long as its setting says, with the raters that the
 * chart of today proposes: oneself, the supervisor, peers of the same unit (of the office where the unit is too small) and
 * subordinates, drawn by the class's code and the staff number. Fewer than three peers or subordinates are not asked at all,
 * since nothing of them could be shown. Keeps what was known of the trained competencies. Answers how many were opened.
 */
export async function openDue(tx: Tx, today: string): Promise<number> {
	const opened = await sql<{ id: string }>`
		insert into followup.evaluation (agency_id, id, class_id, person_id, unit_id, opens_on, closes_on)
		select c.agency_id, gen_random_uuid(), c.id, r.person_id, s.unit_id, ${today}::date, ${today}::date + coalesce(t.evaluate_for_days, ${USUAL_SETTING.evaluateForDays})
		from classes.class c
		join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
		${settingOf(today)}
		join classes.registration r on r.agency_id = c.agency_id and r.class_id = c.id and r.status = 'passed'
		join people.staff s on s.agency_id = r.agency_id and s.person_id = r.person_id
		where c.agency_id = (select platform.current_agency()) and c.status = 'finished'
			and ${today}::date - c.ends_on - coalesce(t.evaluate_after_days, ${USUAL_SETTING.evaluateAfterDays}) between 0 and ${LATEST_DAYS}::int
			and exists (select from programs.outcome o where o.agency_id = c.agency_id and o.version_id = c.version_id)
		on conflict do nothing returning id`.execute(tx);
	const ids = opened.rows.map((row) => row.id);
	if (ids.length === 0) return 0;
	await askRaters(tx, ids, today);
	await keepLevels(tx, ids);
	return ids.length;
}

/** Who rates these evaluations, by the chart of today. Also for set-up. */
export async function askRaters(tx: Tx, evaluationIds: readonly string[], today: string): Promise<void> {
	await sql`
		with member as materialized (
			select s.person_id, s.unit_id, s.supervisor_id, subpath(s.unit_path, 0, least(nlevel(s.unit_path), 2)) as office, coalesce(s.nip, s.person_id::text) as lot
			from people.staff s where s.agency_id = (select platform.current_agency())
		), e as materialized (
			select e.id, e.person_id, c.code as lot, s.unit_id, s.office, s.supervisor_id,
				coalesce(t.peers, ${USUAL_SETTING.peers}) as peers, coalesce(t.subordinates, ${USUAL_SETTING.subordinates}) as subordinates,
				(select count(*) from member n where n.unit_id = s.unit_id) > ${SMALLEST_GROUP + 1} as enough
			from followup.evaluation e
			join member s on s.person_id = e.person_id
			join classes.class c on c.agency_id = e.agency_id and c.id = e.class_id
			join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
			${settingOf(today)}
			where e.agency_id = (select platform.current_agency()) and e.id = any(${evaluationIds}::uuid[])
		), fellow as (
			select e.id, n.person_id as rater_id, 'peer' as role, e.peers as most, md5(e.lot || n.lot) as drawn
			from e join member n on n.unit_id = e.unit_id
			where e.enough and n.person_id is distinct from e.supervisor_id and n.supervisor_id is distinct from e.person_id and n.person_id <> e.person_id
			union all
			select e.id, n.person_id, 'peer', e.peers, md5(e.lot || n.lot)
			from e join member n on n.office = e.office
			where not e.enough and n.person_id is distinct from e.supervisor_id and n.supervisor_id is distinct from e.person_id and n.person_id <> e.person_id
			union all
			select e.id, n.person_id, 'subordinate', e.subordinates, md5(e.lot || n.lot)
			from e join member n on n.supervisor_id = e.person_id
			where n.person_id <> e.person_id
		), placed as (
			select *, row_number() over (partition by id, role order by drawn, rater_id) as place, count(*) over (partition by id, role) as pool from fellow
		)
		insert into followup.rater (agency_id, evaluation_id, rater_id, role, asked_on)
		select (select platform.current_agency()), x.id, x.rater_id, x.role, ${today}::date
		from (
			select id, person_id as rater_id, 'self' as role from e
			union all
			select id, supervisor_id, 'supervisor' from e where supervisor_id is not null and supervisor_id <> person_id
			union all
			select id, rater_id, role from placed where place <= most and least(pool, most) >= ${SMALLEST_GROUP}
		) x
		on conflict do nothing`.execute(tx);
}

/** The estimated level of the trained competencies as the last survey left it; what was never estimated is kept as unknown. */
export async function keepLevels(tx: Tx, evaluationIds: readonly string[]): Promise<void> {
	await sql`
		insert into followup.level (agency_id, evaluation_id, competency_id, required, level_before, sd_before)
		select e.agency_id, e.id, o.competency_id, k.required, k.level, k.sd
		from followup.evaluation e
		join classes.class c on c.agency_id = e.agency_id and c.id = e.class_id
		join (select distinct agency_id, version_id, competency_id from programs.outcome) o on o.agency_id = c.agency_id and o.version_id = c.version_id
		left join lateral (
			select x.required, x.level, x.sd
			from needs.estimate_run r
			join needs.campaign n on n.agency_id = r.agency_id and n.id = r.campaign_id
			join needs.estimate x on x.agency_id = r.agency_id and x.run_id = r.id and x.person_id = e.person_id and x.competency_id = o.competency_id
			where r.agency_id = e.agency_id
			order by (r.as_of <= c.starts_on) desc, r.as_of desc, r.run_at desc limit 1
		) k on true
		where e.agency_id = (select platform.current_agency()) and e.id = any(${evaluationIds}::uuid[])
		on conflict do nothing`.execute(tx);
}

/**
 * Supervisors of open evaluations who have not answered and lead nothing above the alumnus any more give way to the one of
 * today, as on plans: whoever stands in for a week does not know the work. Where nobody follows, one who still works here
 * keeps the request; of one who left it is withdrawn, as if there had been nobody to ask: it could only count as silence.
 * Answers how many have somebody new.
 */
export async function replaceSupervisors(tx: Tx, today: string): Promise<number> {
	const { rows } = await sql<{ n: number }>`
		with gone as (
			delete from followup.rater w
			using followup.evaluation e, people.staff s
			where w.agency_id = (select platform.current_agency()) and w.role = 'supervisor' and w.done_at is null
				and e.agency_id = w.agency_id and e.id = w.evaluation_id and e.closed_at is null and e.closes_on >= ${today}::date
				and s.agency_id = e.agency_id and s.person_id = e.person_id
				and case when coalesce(s.supervisor_id, s.person_id) <> s.person_id then s.supervisor_id <> w.rater_id
					else not exists (select from people.person b where b.agency_id = w.agency_id and b.id = w.rater_id and b.active) end
				and not exists (
					select from people.unit u join people.person b on b.agency_id = u.agency_id and b.id = w.rater_id and b.active
					where u.agency_id = w.agency_id and u.path @> s.unit_path and b.id in (u.head_person_id, u.acting_person_id, u.leader_person_id)
				)
			returning w.agency_id, w.evaluation_id, w.rater_id, nullif(s.supervisor_id, s.person_id) as supervisor_id
		), put as (
			insert into followup.rater (agency_id, evaluation_id, rater_id, role, asked_on, replaces_id)
			select agency_id, evaluation_id, supervisor_id, 'supervisor', ${today}::date, rater_id from gone where supervisor_id is not null
			on conflict (agency_id, evaluation_id, rater_id) do update
				set role = 'supervisor', asked_on = excluded.asked_on, replaces_id = excluded.replaces_id, reminders = 0, reminded_on = null
				where rater.done_at is null
			returning 1
		)
		select count(*)::int as n from put`.execute(tx);
	return rows[0]?.n ?? 0;
}

/** Reminds who has not answered, as often as the setting says and not once more; answers how many were reminded. */
export async function remindRaters(tx: Tx, today: string): Promise<number> {
	const reminded = await sql`
		update followup.rater w set reminders = w.reminders + 1, reminded_on = ${today}::date
		from followup.evaluation e
		join classes.class c on c.agency_id = e.agency_id and c.id = e.class_id
		join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
		${settingOf(today)}
		where w.agency_id = (select platform.current_agency()) and w.done_at is null
			and e.agency_id = w.agency_id and e.id = w.evaluation_id and e.closed_at is null and e.closes_on >= ${today}::date
			and w.reminders < coalesce(t.most_reminders, ${USUAL_SETTING.mostReminders})
			and coalesce(w.reminded_on, w.asked_on) + coalesce(t.remind_every_days, ${USUAL_SETTING.remindEveryDays}) <= ${today}::date`.execute(
		tx
	);
	return Number(reminded.numAffectedRows ?? 0);
}
