import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { isFor } from '#slices/classes/public.server.ts';
import {
	NO_RULE,
	reasonsAgainst,
	verdictOf,
	type Against,
	type EligibilityRule,
	type Standing,
	type Verdict
} from '../eligibility.ts';

export type Participant = {
	personId: string;
	name: string;
	nip: string | null;
	unit: string;
	standing: Standing;
	reasons: Against[];
	verdict: Verdict;
};

/** What the program of a class asks beside passing, and the attendance that the class itself asks. */
export async function ruleOfClass(
	db: Db,
	classId: string
): Promise<{ rule: EligibilityRule; threshold: number; templateId: string | null; programId: string }> {
	const { rows } = await sql<
		EligibilityRule & { threshold: number; templateId: string | null; programId: string }
	>`
		select e.posttest_percent as "posttestPercent", coalesce(e.needs_reaction, false) as "needsReaction", c.attendance_percent as threshold, e.template_id as "templateId", v.program_id as "programId"
		from classes.class c
		join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
		left join credentials.eligibility e on e.agency_id = v.agency_id and e.program_id = v.program_id
		where c.agency_id = (select platform.current_agency()) and c.id = ${classId}`.execute(db);
	const row = rows[0];
	if (!row) return { rule: NO_RULE, threshold: 100, templateId: null, programId: '' };
	const { threshold, templateId, programId, ...rule } = row;
	return { rule, threshold, templateId, programId };
}

/**
 * Everybody with a seat in the class, with what they did and whether that is enough, by name; one statement. Sessions for
 * some of the class (a coaching pair) are nobody else's to miss. Of the reactions only the table of who has sent one is
 * read.
 */
export async function standingsOf(
	db: Db,
	classId: string,
	asked: { rule: EligibilityRule; threshold: number }
): Promise<Participant[]> {
	const { rows } = await sql<Standing & { personId: string; name: string; nip: string | null; unit: string }>`
		with session as (
			select s.agency_id, s.id, extract(epoch from s.ends_at - s.starts_at) as length from classes.session s
			where s.agency_id = (select platform.current_agency()) and s.class_id = ${classId} and s.cancelled_at is null
		), there as (
			select t.person_id, sum(s.length) as length from session s
			join classes.attendance t on t.agency_id = (select platform.current_agency()) and t.session_id = s.id and t.status in ('present', 'late') and ${isFor('t')}
			group by t.person_id
		), test as (
			select a.person_id, floor(max(a.score * 100 / a.max_score))::int as percent from learning.attempt a
			where a.agency_id = (select platform.current_agency()) and a.class_id = ${classId} and a.purpose = 'posttest' and a.finished_at is not null
			group by a.person_id
		), held as (
			select distinct on (x.person_id) x.person_id, x.status from credentials.certificate x
			where x.agency_id = (select platform.current_agency()) and x.class_id = ${classId}
			order by x.person_id, x.version desc
		)
		select r.person_id as "personId", p.name, p.nip, coalesce(u.name, '–') as unit, r.status as outcome,
			coalesce(floor(there.length * 100 / nullif((select sum(s.length) from session s where ${isFor('r')}), 0)), 0)::int as "attendedPercent",
			test.percent as "posttestPercent", g.person_id is not null as reacted, held.status as certificate
		from classes.registration r
		join people.person p on p.agency_id = r.agency_id and p.id = r.person_id
		left join people.posting j on j.agency_id = r.agency_id and j.person_id = r.person_id and j.valid_to is null
		left join people.unit u on u.agency_id = j.agency_id and u.id = j.unit_id
		left join there on there.person_id = r.person_id
		left join test on test.person_id = r.person_id
		left join held on held.person_id = r.person_id
		left join evaluation.reaction_given g on g.agency_id = r.agency_id and g.class_id = r.class_id and g.person_id = r.person_id
		where r.agency_id = (select platform.current_agency()) and r.class_id = ${classId} and r.status in ('enrolled', 'passed', 'failed')
		order by p.name, r.person_id`.execute(db);
	return rows.map(({ personId, name, nip, unit, ...standing }) => {
		const reasons = reasonsAgainst(standing, asked.rule, asked.threshold);
		return { personId, name, nip, unit, standing, reasons, verdict: verdictOf(standing, reasons) };
	});
}

/** Those who get a certificate by the next press of "issue": passed, nothing against them, never had one. */
export async function eligibleIn(db: Db, classId: string): Promise<Set<string>> {
	const people = await standingsOf(db, classId, await ruleOfClass(db, classId));
	return new Set(people.filter(({ verdict }) => verdict === 'may').map(({ personId }) => personId));
}
