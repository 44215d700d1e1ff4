import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { reactionsDue } from '#slices/evaluation/public.server.ts';
import { jpOfYear, jpTargetOf } from '#slices/credentials/public.server.ts';
import { EARLY_DAYS } from '#slices/followup/rules.ts';
import { suggestionsFor } from '#slices/growth/public.server.ts';
import { foremost } from './foremost.ts';

export type Task = {
	kind: 'rate' | 'rateOther' | 'react' | 'quiz' | 'plan' | 'step' | 'checkIn' | 'evaluate';
	title: string;
	href: string;
	due: string | null;
};

type NextSession = {
	classId: string;
	name: string;
	topic: string;
	startsAt: Date;
	place: string;
	/** Within the hour, or going on: attendance can be taken. */
	soon: boolean;
};

/** Hari ini: JP of the year, the next session, what is due, one suggestion with its reason. */
export async function todayHome(db: Db, personId: string, today: string, now: Date) {
	const year = Number(today.slice(0, 4));
	const person = await sql<{ kind: string; restricted: boolean }>`
		select employment_kind as kind, restricted from people.person where agency_id = platform.current_agency() and id = ${personId}`.execute(
		db
	);
	const next = await sql<NextSession>`
		select c.id as "classId", c.name, s.topic, s.starts_at as "startsAt", coalesce(nullif(s.place, ''), c.place) as place,
			s.starts_at < ${now}::timestamptz + interval '1 hour' as soon
		from classes.registration r
		join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id and c.status in ('open', 'running')
		join classes.session s on s.agency_id = c.agency_id and s.class_id = c.id and s.cancelled_at is null and s.ends_at > now()
		where r.agency_id = platform.current_agency() and r.person_id = ${personId} and r.status = 'enrolled'
		order by s.starts_at limit 1`.execute(db);
	const restricted = person.rows[0]?.restricted ?? false;
	const [suggestion] = await suggestionsFor(db, personId, today);
	return {
		personId,
		year,
		today,
		target: await jpTargetOf(db, person.rows[0]?.kind ?? '', today),
		steps: await jpOfYear(db, personId, year),
		next: next.rows[0] ?? null,
		...foremost(await tasksOf(db, personId, { today, now, nudged: !restricted }), MOST_SHOWN),
		/** Where the limit of processing is seen and lifted. */
		restricted: restricted ? `/people/${personId}/data` : null,
		suggestion: suggestion ?? null
	};
}

/** As many as a phone shows above the next session; the others are folded up below them. */
const MOST_SHOWN = 8;
/** Whoever has more of one kind finds the others where that kind is done. */
const MOST_OF_A_KIND = 30;

/**
 * What waits for the person; each leads to where it is done. Not `nudged`: surveys and reactions are not
 * asked for, what the person has begun stays.
 */
async function tasksOf(
	db: Db,
	personId: string,
	{ today, now, nudged }: { today: string; now: Date; nudged: boolean }
): Promise<Task[]> {
	const rows = await sql<Task>`
		with waiting as (
		select case when d.source = 'self' then 'rate' else 'rateOther' end as kind,
			case when d.source = 'self' then n.name else (select p.name from people.person p where p.agency_id = d.agency_id and p.id = d.person_id) end as title,
			case when d.source = 'self' then '/needs/rate' else '/needs/rate/' || d.person_id end as href, n.closes_on as due
		from needs.campaign n
		join needs.duty d on d.agency_id = n.agency_id and d.campaign_id = n.id and d.rater_id = ${personId}
			and d.source in ('self', 'peer', 'subordinate') and d.done_at is null
		where ${nudged} and n.agency_id = platform.current_agency() and n.status = 'open' and ${today}::date between n.opens_on and n.closes_on
		union all
		select 'quiz', q.title, '/learning/' || t.class_id, null
		from learning.attempt t join content.quiz q on q.agency_id = t.agency_id and q.id = t.quiz_id
		join classes.class c on c.agency_id = t.agency_id and c.id = t.class_id and c.status in ('open', 'running')
		where t.agency_id = platform.current_agency() and t.person_id = ${personId} and t.finished_at is null
		union all
		select 'plan', c.name, '/followup/plan/' || c.id, null
		from classes.registration r
		join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id and c.status = 'finished' and c.ends_on >= ${today}::date - 60
		left join followup.action_plan p on p.agency_id = c.agency_id and p.class_id = c.id and p.person_id = r.person_id
		where r.agency_id = platform.current_agency() and r.person_id = ${personId} and r.status = 'passed'
			and coalesce(p.status, 'draft') in ('draft', 'returned')
		union all
		select 'step', s.what, '/followup/' || p.id, s.due_on
		from followup.action_plan p
		join followup.step s on s.agency_id = p.agency_id and s.action_plan_id = p.id and s.done_on is null and s.due_on <= ${today}::date + 14
		where p.agency_id = platform.current_agency() and p.person_id = ${personId} and p.status in ('approved', 'running')
		union all
		select 'checkIn', c.name, '/followup/' || p.id, d.due_on
		from followup.action_plan p
		join followup.check_in_due d on d.agency_id = p.agency_id and d.action_plan_id = p.id and d.check_in_id is null
		join classes.class c on c.agency_id = p.agency_id and c.id = p.class_id
		where p.agency_id = platform.current_agency() and p.person_id = ${personId} and p.status in ('approved', 'running')
			-- From two weeks before until two months after, or until the time of the next begins: what was missed then cannot be answered any more.
			and d.due_on between ${today}::date - 60 and ${today}::date + 14 and not exists (
				select from followup.check_in_due n where n.agency_id = d.agency_id and n.action_plan_id = d.action_plan_id
					and n.days > d.days and n.due_on - ${EARLY_DAYS}::int <= ${today}::date)
		union all
		select 'evaluate', o.name, '/followup/evaluations/' || e.id || '/rate', e.closes_on
		from followup.rater w
		join followup.evaluation e on e.agency_id = w.agency_id and e.id = w.evaluation_id and e.closed_at is null and e.closes_on >= ${today}::date
		join people.person o on o.agency_id = e.agency_id and o.id = e.person_id
		where ${nudged} and w.agency_id = platform.current_agency() and w.rater_id = ${personId} and w.done_at is null
		), placed as (select *, row_number() over (partition by kind order by due nulls last, title) as place from waiting)
		select kind, title, href, due from placed where place <= ${MOST_OF_A_KIND}::int`.execute(db);
	const reactions = nudged ? await reactionsDue(db, personId, now, today) : [];
	return [
		...rows.rows,
		...reactions.map(({ classId, sessionId, name, topic, until }): Task => ({
			kind: 'react',
			title: topic ?? name,
			href: sessionId === null ? `/evaluation/react/${classId}` : `/evaluation/react/${classId}/${sessionId}`,
			due: until
		}))
	];
}
