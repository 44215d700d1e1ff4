import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';

const HERE = sql`(select platform.current_agency())`;

/**
 * What the room keeps of one person beside ratings, for their own copy (UU 27/2022 Ps 7, 13). Asks nobody's permission.
 * Levels that a model estimated are here as they were at each time, with how sure they were.
 */
export async function needsAbout(db: Db, personId: string) {
	const asked = await sql<{ campaign: string; year: number; unit: string }>`
		select c.name as campaign, c.year, u.name as unit from needs.target t
		join needs.campaign c on c.agency_id = t.agency_id and c.id = t.campaign_id
		join people.unit u on u.agency_id = t.agency_id and u.id = t.unit_id
		where t.agency_id = ${HERE} and t.person_id = ${personId} order by c.year, c.name`.execute(db);
	const estimates = await sql<{
		at: Date;
		competency: string;
		required: number;
		level: number;
		deviation: number;
	}>`
		select r.run_at as at, k.name as competency, e.required, e.level, e.sd as deviation from needs.estimate e
		join needs.estimate_run r on r.agency_id = e.agency_id and r.id = e.run_id
		join competencies.competency k on k.agency_id = e.agency_id and k.id = e.competency_id
		where e.agency_id = ${HERE} and e.person_id = ${personId} order by r.run_at, k.name`.execute(db);
	const evidence = await sql<{
		competency: string;
		source: string;
		level: number;
		measuredOn: string;
		reference: string;
	}>`
		select k.name as competency, e.source, e.level, e.measured_on as "measuredOn", e.reference from needs.evidence e
		join competencies.competency k on k.agency_id = e.agency_id and k.id = e.competency_id
		where e.agency_id = ${HERE} and e.person_id = ${personId} order by e.measured_on, k.name, e.id`.execute(db);
	const plans = await sql<{
		year: number;
		careerTarget: string;
		status: string;
		submittedAt: Date | null;
		decidedAt: Date | null;
		lines: { topic: string; form: string; learningHours: number; quarter: number; reason: string }[] | null;
	}>`
		select i.year, i.career_target as "careerTarget", i.status, i.submitted_at as "submittedAt", i.decided_at as "decidedAt",
			(select jsonb_agg(jsonb_build_object('topic', l.topic, 'form', l.form, 'learningHours', l.learning_hours, 'quarter', l.quarter, 'reason', l.reason)
				order by l.sort) from needs.idp_line l where l.agency_id = i.agency_id and l.idp_id = i.id) as lines
		from needs.idp i
		where i.agency_id = ${HERE} and i.person_id = ${personId} order by i.year`.execute(db);
	const performance = await sql<{
		year: number;
		kind: string;
		predicate: number | null;
		item: string | null;
		target: number | null;
		reached: number | null;
		source: string;
	}>`
		select n.year, n.kind, n.predicate, n.item, n.target, n.reached, n.source from needs.performance_need n
		where n.agency_id = ${HERE} and n.person_id = ${personId} order by n.year, n.recorded_at, n.id`.execute(db);
	const accepted = await sql<{
		topic: string;
		year: number;
		required: number;
		level: number;
		shortfall: number;
	}>`
		select p.topic, p.year, s.required, s.level, s.shortfall from needs.snapshot_person s
		join needs.proposal p on p.agency_id = s.agency_id and p.id = s.proposal_id
		where s.agency_id = ${HERE} and s.person_id = ${personId} order by p.year, p.topic, p.id`.execute(db);
	return {
		surveys: asked.rows,
		estimates: estimates.rows,
		evidence: evidence.rows,
		developmentPlans: plans.rows,
		performanceGaps: performance.rows,
		acceptedNeeds: accepted.rows
	};
}
