import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { requestsWaitingFor } from '#slices/classes/public.server.ts';

export type Away = { classId: string; name: string; person: string; startsOn: string; endsOn: string };
export type TeamGap = { competencyId: string; competency: string; people: number; measured: number };

type Supervisor = Pick<Actor, 'agencyId'> & { personId: string };

/** What waits for somebody who leads people, and how many they lead; also on the home of a head of unit. */
export async function waitingFor(db: Db, actor: Supervisor, today: string) {
	const supervisorId = actor.personId;
	const waiting = await sql<{
		plans: number;
		checkIns: number;
		unrated: number;
		evaluations: number;
		team: number;
	}>`
		with team as (select person_id from people.staff where agency_id = platform.current_agency() and supervisor_id = ${supervisorId})
		select (select count(*)::int from team) as team,
			(select count(*)::int from followup.action_plan where agency_id = platform.current_agency() and status = 'submitted' and supervisor_id = ${supervisorId}) as plans,
			(select count(*)::int from followup.check_in k join followup.action_plan p on p.agency_id = k.agency_id and p.id = k.action_plan_id
				where k.agency_id = platform.current_agency() and k.answered_at is null and p.supervisor_id = ${supervisorId}) as "checkIns",
			(select count(*)::int from followup.rater w
				join followup.evaluation e on e.agency_id = w.agency_id and e.id = w.evaluation_id and e.closed_at is null and e.closes_on >= ${today}::date
				where w.agency_id = platform.current_agency() and w.rater_id = ${supervisorId} and w.done_at is null
					and not exists (select from people.person p where p.agency_id = w.agency_id and p.id = ${supervisorId} and p.restricted)) as evaluations,
			(select count(*)::int from needs.target t join needs.campaign n on n.agency_id = t.agency_id and n.id = t.campaign_id
				and n.status = 'open' and 'supervisor' = any(n.raters)
				where t.agency_id = platform.current_agency() and t.supervisor_done_at is null and t.person_id in (select person_id from team)
					-- Who asked that processing be limited is not reminded, of their team either.
					and not exists (select from people.person p where p.agency_id = t.agency_id and p.id = ${supervisorId} and p.restricted)) as unrated`.execute(
		db
	);
	return {
		...(waiting.rows[0] ?? { plans: 0, checkIns: 0, unrated: 0, evaluations: 0, team: 0 }),
		requests: await requestsWaitingFor(db, actor)
	};
}

/** Tim saya: what waits for the supervisor, who is away in class when, where the team falls short. */
export async function teamHome(db: Db, actor: Supervisor, today: string) {
	const supervisorId = actor.personId;
	const away = await sql<Away>`
		select c.id as "classId", c.name, s.name as person, c.starts_on as "startsOn", c.ends_on as "endsOn"
		from people.staff s
		join classes.registration r on r.agency_id = s.agency_id and r.person_id = s.person_id and r.status = 'enrolled'
		join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id and c.ends_on >= ${today}::date and c.status in ('planned', 'open', 'running')
		where s.agency_id = platform.current_agency() and s.supervisor_id = ${supervisorId}
		order by c.starts_on, s.name limit 20`.execute(db);
	const gaps = await sql<TeamGap>`
		select c.id as "competencyId", c.name as competency, count(*) filter (where g.gap > 0)::int as people, count(g.gap)::int as measured
		from people.staff s
		join needs.gap g on g.agency_id = s.agency_id and g.person_id = s.person_id and g.campaign_id = (
			select id from needs.campaign where agency_id = s.agency_id and status <> 'draft' order by (status = 'closed') desc, year desc, created_at desc limit 1)
		join competencies.competency c on c.agency_id = g.agency_id and c.id = g.competency_id
		where s.agency_id = platform.current_agency() and s.supervisor_id = ${supervisorId} and g.gap is not null
		group by c.id, c.name, c.sort having count(*) filter (where g.gap > 0) > 0 order by people desc, c.sort limit 5`.execute(
		db
	);
	return {
		waiting: await waitingFor(db, actor, today),
		away: away.rows,
		gaps: gaps.rows
	};
}
