import { sql } from 'kysely';
import { daysBetween } from '#kernel/time.ts';
import type { Tx } from '#platform/db/db.ts';
import {
	recordEvidence,
	settingsOn,
	updatedLevel,
	type EvidenceRow,
	type NewRating
} from '#slices/needs/public.server.ts';
import type { RaterRole } from '../model.ts';

/** Most that are closed in one turn; the rest follow with the next. */
const AT_ONCE = 1000;
const YEAR_DAYS = 365.25;

type Said = {
	evaluationId: string;
	personId: string;
	classCode: string;
	startsOn: string;
	competencyId: string;
	role: RaterRole;
	raterId: string | null;
	raters: number;
	level: number;
	before: number | null;
	sd: number | null;
};

/**
 * Closes evaluations whose time is over or which everybody has answered, hands what was said of the level now to the gap
 * estimator as evidence (peers and subordinates as the mean of three or more, without names), and keeps the level that
 * follows from it with the one before. Answers how many were closed and how many pieces of evidence were new.
 */
export async function closeDue(
	tx: Tx,
	today: string,
	now: Date
): Promise<{ closed: number; evidence: number }> {
	const closed = await sql<{ id: string }>`
		update followup.evaluation e set closed_at = ${now}
		where e.agency_id = (select platform.current_agency()) and e.id in (
			select x.id from followup.evaluation x
			where x.agency_id = (select platform.current_agency()) and x.closed_at is null and (x.closes_on < ${today}::date or not exists (
				select from followup.rater w where w.agency_id = x.agency_id and w.evaluation_id = x.id and w.done_at is null
			)) order by x.closes_on limit ${AT_ONCE}
		) returning e.id`.execute(tx);
	const evidence = await handOn(
		tx,
		closed.rows.map((row) => row.id),
		today,
		now
	);
	return { closed: closed.rows.length, evidence };
}

/** What was said in closed evaluations, to the estimator and into the levels now. Also for set-up. */
export async function handOn(
	tx: Tx,
	evaluationIds: readonly string[],
	today: string,
	now: Date
): Promise<number> {
	if (evaluationIds.length === 0) return 0;
	const said = await saidIn(tx, evaluationIds);
	const evidence = await recordEvidence(
		tx,
		said.map((one): EvidenceRow => ({
			personId: one.personId,
			competencyId: one.competencyId,
			source: one.role,
			level: one.level,
			measuredOn: today,
			reference: `Evaluasi pascapelatihan ${one.classCode}`,
			raterId: one.raterId
		})),
		now
	);
	const { settings } = await settingsOn(tx, today);
	const levels = [...Map.groupBy(said, (one) => `${one.evaluationId} ${one.competencyId}`).values()].flatMap(
		(group) => {
			const [first] = group;
			if (first === undefined) return [];
			const before =
				first.before === null || first.sd === null ? null : { level: first.before, sd: first.sd };
			const ratings = group.map((one): NewRating => ({
				source: one.role,
				level: one.level,
				raters: one.raters
			}));
			const years = daysBetween(first.startsOn, today) / YEAR_DAYS;
			const level = updatedLevel(before, years, ratings, settings);
			return level === null
				? []
				: [{ ...level, evaluationId: first.evaluationId, competencyId: first.competencyId }];
		}
	);
	await sql`
		update followup.level l set level_now = n.level, sd_now = n.sd
		from unnest(${levels.map((one) => one.evaluationId)}::uuid[], ${levels.map((one) => one.competencyId)}::uuid[],
			${levels.map((one) => one.level)}::real[], ${levels.map((one) => one.sd)}::real[]) n (evaluation_id, competency_id, level, sd)
		where l.agency_id = (select platform.current_agency()) and l.evaluation_id = n.evaluation_id and l.competency_id = n.competency_id`.execute(
		tx
	);
	return evidence;
}

async function saidIn(tx: Tx, evaluationIds: readonly string[]): Promise<Said[]> {
	const { rows } = await sql<Said>`
		select e.id as "evaluationId", e.person_id as "personId", c.code as "classCode", c.starts_on as "startsOn", g.competency_id as "competencyId",
			g.role, g.rater_id as "raterId", g.raters, g.now as level, l.level_before::float8 as before, l.sd_before::float8 as sd
		from (
			select r.agency_id, r.evaluation_id, r.competency_id, w.role, r.rater_id, 1 as raters, r.level_now::float8 as now
			from followup.rating r
			join followup.rater w on w.agency_id = r.agency_id and w.evaluation_id = r.evaluation_id and w.rater_id = r.rater_id and w.role in ('self', 'supervisor')
			union all
			select agency_id, evaluation_id, competency_id, role, null, raters, now from followup.group_rating
		) g
		join followup.evaluation e on e.agency_id = g.agency_id and e.id = g.evaluation_id
		join classes.class c on c.agency_id = e.agency_id and c.id = e.class_id
		left join followup.level l on l.agency_id = g.agency_id and l.evaluation_id = g.evaluation_id and l.competency_id = g.competency_id
		where e.agency_id = (select platform.current_agency()) and e.id = any(${evaluationIds}::uuid[])
		order by e.id, g.competency_id`.execute(tx);
	return rows;
}
