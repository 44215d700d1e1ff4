import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Tx } from '#platform/db/db.ts';
import { priorityRuleOn, serviceBandsOn } from '../queries/need-rulesets.ts';
import { performanceSum, serviceResults } from '../queries/need-sources.ts';
import type { LockedNeed } from './lock-need.ts';

/**
 * Keeps what an accepted need was computed from: campaign and run, counts and means, the ranking's rule, the parts it
 * was merged from, and each person with a likely gap as they stood. From here on not even the database's owner changes
 * it (migration 0024). Names are in none of the facts; people are rows that only whoever answers for them may read.
 */
export async function freezeNeed(
	tx: Tx,
	actor: Actor,
	now: Date,
	today: string,
	need: LockedNeed
): Promise<void> {
	const unit = { id: need.unitId, path: need.unitPath };
	const { who: _who, at: _at, ...rule } = await priorityRuleOn(tx, today);
	const facts = {
		year: need.year,
		kind: need.kind,
		topic: need.topic,
		people: need.people,
		form: need.form,
		quarter: need.quarter,
		reason: need.reason,
		score: need.score,
		rule,
		parts: await partsOf(tx, need.id),
		...(need.campaignId !== null && need.competencyId !== null
			? { measured: await measuredOf(tx, need.campaignId, need.competencyId, need.unitPath) }
			: {}),
		...(need.kind === 'service'
			? {
					service: (
						await serviceResults(tx, unit, await serviceBandsOn(tx, today), {
							latest: true,
							until: need.year
						})
					).map(({ unit: name, year, half, scores, index, grade }) => ({
						unit: name,
						year,
						half,
						scores,
						index,
						grade
					}))
				}
			: {}),
		...(need.kind === 'performance' ? { performance: await performanceSum(tx, unit, need.year) } : {})
	};
	await tx
		.insertInto('needs.snapshot')
		.values({ agency_id: actor.agencyId, proposal_id: need.id, taken_at: now, facts: JSON.stringify(facts) })
		.execute();
	if (need.campaignId === null || need.competencyId === null) return;
	await sql`
		insert into needs.snapshot_person (agency_id, proposal_id, person_id, unit_id, required, level, sd, p_gap, shortfall)
		select (select platform.current_agency()), ${need.id}, s.person_id, s.unit_id, s.required, s.level, s.sd, s.p_gap, s.shortfall
		from needs.standing(${need.campaignId}) s
		join people.unit u on u.agency_id = (select platform.current_agency()) and u.id = s.unit_id
		where s.competency_id = ${need.competencyId} and u.path <@ ${need.unitPath}::ltree and s.measured and s.p_gap >= 0.5`.execute(
		tx
	);
}

const partsOf = async (tx: Tx, id: string) =>
	(
		await tx
			.selectFrom('needs.proposal as n')
			.innerJoin('people.unit as u', (join) =>
				join.onRef('u.agency_id', '=', 'n.agency_id').onRef('u.id', '=', 'n.unit_id')
			)
			.select(['n.id', 'u.name as unit', 'n.people', 'n.score'])
			.where('n.agency_id', '=', sql<string>`(select platform.current_agency())`)
			.where('n.merged_into', '=', id)
			.orderBy('u.name')
			.execute()
	).map((part) => ({ ...part }));

async function measuredOf(tx: Tx, campaignId: string, competencyId: string, path: string) {
	const { rows } = await sql<{
		campaign: string;
		campaignId: string;
		competency: string;
		runId: string | null;
		measured: number;
		likely: number;
		probability: number;
		shortfall: number;
	}>`
		select c.name as campaign, c.id as "campaignId",
			(select name from competencies.competency k where k.agency_id = c.agency_id and k.id = ${competencyId}) as competency,
			(array_agg(s.run_id))[1] as "runId", count(*)::int as measured,
			(count(*) filter (where s.p_gap >= 0.5))::int as likely, avg(s.p_gap)::float8 as probability, avg(s.shortfall)::float8 as shortfall
		from needs.campaign c
		join needs.standing(${campaignId}) s on s.competency_id = ${competencyId} and s.measured
		join people.unit u on u.agency_id = c.agency_id and u.id = s.unit_id and u.path <@ ${path}::ltree
		where c.agency_id = (select platform.current_agency()) and c.id = ${campaignId}
		group by c.agency_id, c.id, c.name`.execute(tx);
	return rows[0] ?? null;
}
