import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { roundDecimal } from '#kernel/statistics/round.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { ipAsn } from '../ip-asn.ts';
import { recount, type LedgerRecord } from '../recount.ts';
import { ensureIpRules, ipVersions, versionOf } from './ip-rules.ts';
import { ipFacts, type PersonFacts } from './ip-facts.ts';
import { jpSettings } from './jp-settings.ts';
import { jpRates } from './rates.ts';
import { UNDER_CAP } from './under-cap.ts';

type Asked = {
	year: number;
	now: Date;
	today: string;
	progress: (done: number, total: number) => Promise<void>;
};

/** Most differences that a run names; more would be read by nobody. */
const NAMED = 200;
/** Scores of years before the last five are not kept: they can be measured again from what they were made of. */
const YEARS_KEPT = 5;

/**
 * One run over the whole agency: facts in one statement, the pure rule for each person, the scores in one insert; then the
 * JP of the year reckoned anew. Set-based, so that a city is a second or two (bench/ip-asn.ts).
 */
export async function measure(tx: Tx, actor: Actor, { year, now, today, progress }: Asked) {
	await ensureIpRules(tx, actor.agencyId);
	const rules = versionOf(await ipVersions(tx), year);
	if (!rules) throw new RangeError(`no rules of the index for ${year}`);
	const asOf = today < `${year}-12-31` ? today : `${year}-12-31`;
	const people = await ipFacts(tx, rules, year, asOf, null);
	await progress(Math.round(people.length * 0.3), people.length);
	const scored = people.map((facts) => ({ facts, score: ipAsn(rules, facts) }));
	const ledger = recount(
		await jpRates(tx, actor.agencyId),
		await jpSettings(tx),
		await ledgerOfYear(tx, year)
	);
	await progress(Math.round(people.length * 0.6), people.length);
	const runId = newId(now.getTime());
	const total = scored.reduce((sum, { score }) => sum + score.total, 0);
	const mean = scored.length === 0 ? null : Number(roundDecimal(total / scored.length, 2));
	await tx
		.insertInto('credentials.ip_run')
		.values({
			agency_id: actor.agencyId,
			id: runId,
			year,
			as_of: asOf,
			ruleset_id: rules.id,
			people: scored.length,
			mean,
			recounted: ledger.reckoned,
			differing: JSON.stringify(ledger.differing.slice(0, NAMED)),
			run_by_name: actor.name,
			run_at: now
		})
		.execute();
	await writeScores(tx, actor.agencyId, runId, scored);
	await prune(tx, runId, Number(today.slice(0, 4)) - YEARS_KEPT);
	await progress(people.length, people.length);
	return {
		runId,
		people: scored.length,
		mean,
		recounted: ledger.reckoned,
		differing: ledger.differing.length
	};
}

type Scored = { facts: PersonFacts; score: ReturnType<typeof ipAsn> };

async function writeScores(
	tx: Tx,
	agencyId: string,
	runId: string,
	scored: readonly Scored[]
): Promise<void> {
	const column = <T>(of: (one: Scored) => T): T[] => scored.map(of);
	await sql`
		insert into credentials.ip_score (agency_id, run_id, person_id, unit_path, qualification, competence, performance, discipline, total, category)
		select ${agencyId}, ${runId}, n.person_id, n.unit_path::ltree, n.qualification, n.competence, n.performance, n.discipline, n.total, n.category
		from unnest(${column(({ facts }) => facts.personId)}::uuid[], ${column(({ facts }) => facts.unitPath)}::text[],
			${column(({ score }) => score.qualification)}::numeric[], ${column(({ score }) => score.competence)}::numeric[],
			${column(({ score }) => score.performance)}::numeric[], ${column(({ score }) => score.discipline)}::numeric[],
			${column(({ score }) => score.total)}::numeric[], ${column(({ score }) => score.category)}::text[])
			as n(person_id, unit_path, qualification, competence, performance, discipline, total, category)
		order by n.person_id`.execute(tx);
}

/**
 * Of each person the newest score by each version of the rules stays, for each of the years kept; somebody who is no
 * longer measured keeps their last. Runs stay with their sums: those are what a report quotes.
 */
async function prune(tx: Tx, runId: string, before: number): Promise<void> {
	await sql`
		delete from credentials.ip_score s
		using credentials.ip_run o, credentials.ip_run r
		where r.agency_id = platform.current_agency() and r.id = ${runId}
			and o.agency_id = r.agency_id and s.agency_id = o.agency_id and s.run_id = o.id
			and (o.year < ${before} or (o.id <> r.id and o.year = r.year and o.ruleset_id = r.ruleset_id and exists (
				select from credentials.ip_score n
				where n.agency_id = r.agency_id and n.run_id = r.id and n.person_id = s.person_id)))`.execute(tx);
}

/** What counts in a year, each person's records in the order in which they were counted. */
async function ledgerOfYear(db: Db, year: number): Promise<LedgerRecord[]> {
	const rows = await sql<LedgerRecord>`
		select e.id, e.person_id as "personId", e.form, e.starts_on as "startsOn", e.ends_on as "endsOn",
			case when e.class_id is null then e.amount end as amount, e.abroad, e.learning_hours as "learningHours", ${UNDER_CAP} as "underCap"
		from credentials.jp_entry e
		where e.agency_id = platform.current_agency() and e.year = ${year} and e.status = 'counted'
		order by e.person_id, coalesce(e.decided_at, e.created_at), e.import_row, e.id`.execute(db);
	return rows.rows;
}
