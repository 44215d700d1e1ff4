import { sql } from 'kysely';
import { mayIn, type Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import { participantHours } from '#slices/classes/public.server.ts';
import { canKeepSanctions } from '../../access.ts';
import { IP_CATEGORIES, SANCTIONS, type IpCategory, type Sanction } from '../../ip-asn.ts';
import type { Spread } from '../../ip-spread.ts';
import { leadershipLevelOf } from '../../leadership.ts';

export type Run = {
	id: string;
	year: number;
	asOf: string;
	people: number;
	mean: number | null;
	rules: string;
	legalBasis: string;
	recounted: number;
	differing: { id: string; stored: number; reckoned: number }[];
	by: string;
	at: Date;
};

/** The youngest run of a year. */
export async function lastRun(db: Db, year: number): Promise<Run | undefined> {
	const rows = await sql<Run>`
		select r.id, r.year, r.as_of as "asOf", r.people, r.mean, v.name as rules, v.legal_basis as "legalBasis", r.recounted, r.differing,
			r.run_by_name as by, r.run_at as at
		from credentials.ip_run r
		join credentials.ip_ruleset v on v.agency_id = r.agency_id and v.id = r.ruleset_id
		where r.agency_id = platform.current_agency() and r.year = ${year} order by r.run_at desc limit 1`.execute(
		db
	);
	return rows.rows[0];
}

const COUNTS = sql`count(*)::int as people, round(avg(s.total), 2) as mean, round(avg(s.qualification), 2) as qualification,
	round(avg(s.competence), 2) as competence, round(avg(s.performance), 2) as performance, round(avg(s.discipline), 2) as discipline,
	count(*) filter (where s.category = 'veryHigh')::int as "veryHigh", count(*) filter (where s.category = 'high')::int as high,
	count(*) filter (where s.category = 'medium')::int as medium, count(*) filter (where s.category = 'low')::int as low,
	count(*) filter (where s.category = 'veryLow')::int as "veryLow"`;
type Counted = Omit<Spread, 'categories'> & Record<IpCategory, number>;

const spreadOf = ({ veryHigh, high, medium, low, veryLow, ...rest }: Counted): Spread => ({
	...rest,
	categories: { veryHigh, high, medium, low, veryLow }
});

/** The whole agency: an aggregate that everybody may read; small cells are hidden by the page (`hideSmall`). */
export async function spreadOfAgency(db: Db, runId: string): Promise<Spread> {
	const rows = await sql<Counted>`
		select ${COUNTS} from credentials.ip_score s where s.agency_id = platform.current_agency() and s.run_id = ${runId}`.execute(
		db
	);
	const [row] = rows.rows;
	if (!row) throw missing();
	return spreadOf(row);
}

export type UnitSpread = Spread & { unitId: string; unit: string; direct: boolean };

/**
 * The units right under `parentId` (null: the highest that the actor may read individuals of), each with everybody below
 * it. Only where the actor sees the people themselves, so nothing is told by subtraction.
 */
export async function spreadByUnit(
	db: Db,
	actor: Actor,
	runId: string,
	parentId: string | null
): Promise<UnitSpread[]> {
	const scopes = actor.grants
		.filter(({ ability }) => ability === 'credentials.read')
		.map(({ unitPath }) => unitPath);
	const tops = scopes.filter(
		(path) => !scopes.some((other) => other !== path && (other === '' || path.startsWith(`${other}.`)))
	);
	const rows = await sql<Counted & { unitId: string; unit: string; direct: boolean }>`
		with parent as (
			select path from people.unit where agency_id = platform.current_agency() and ${inScope(actor, 'credentials.read', 'path')}
				and (id = ${parentId}::uuid or (${parentId}::uuid is null and (path::text = any(${tops}::text[]) or (${tops.includes('')} and parent_id is null))))
		), one as (
			select subpath(s.unit_path, 0, least(nlevel(s.unit_path), nlevel(parent.path) + 1)) as path, s.unit_path = parent.path as direct, s.*
			from parent join credentials.ip_score s on s.agency_id = platform.current_agency() and s.run_id = ${runId} and s.unit_path <@ parent.path
		)
		select u.id as "unitId", u.name as unit, bool_or(s.direct) as direct, ${COUNTS}
		from one s join people.unit u on u.agency_id = platform.current_agency() and u.path = s.path
		group by u.id, u.name order by avg(s.total), u.name`.execute(db);
	return rows.rows.map(({ unitId, unit, direct, ...counted }) => ({
		unitId,
		unit,
		direct,
		...spreadOf(counted)
	}));
}

export type PersonScore = {
	personId: string;
	name: string;
	post: string;
	total: number;
	category: IpCategory;
	qualification: number;
	competence: number;
	performance: number;
	discipline: number;
};
const categoryOf = (text: string): IpCategory => IP_CATEGORIES.find((one) => one === text) ?? 'veryLow';
export const PEOPLE_PAGE = 50;

/** People of a unit and below, lowest first. Refuses: a unit whose people the actor may not see, as missing. */
export async function scoresOfUnit(
	db: Db,
	actor: Actor,
	runId: string,
	unitId: string,
	page: number
): Promise<{ unit: string; rows: PersonScore[]; total: number }> {
	const unit = await sql<{ name: string; path: string }>`
		select name, path::text as path from people.unit where agency_id = platform.current_agency() and id = ${unitId}`.execute(
		db
	);
	const [found] = unit.rows;
	if (!found || !mayIn(actor, 'credentials.read', found.path)) throw missing();
	const rows = await sql<Omit<PersonScore, 'category'> & { category: string; all: number }>`
		select s.person_id as "personId", p.name, coalesce(j.title, '–') as post, s.total, s.category, s.qualification, s.competence,
			s.performance, s.discipline, count(*) over ()::int as all
		from credentials.ip_score s
		join people.person p on p.agency_id = s.agency_id and p.id = s.person_id
		left join people.posting j on j.agency_id = s.agency_id and j.person_id = s.person_id and j.valid_to is null
		where s.agency_id = platform.current_agency() and s.run_id = ${runId} and s.unit_path <@ ${found.path}::ltree
		order by s.total, p.name, s.person_id limit ${PEOPLE_PAGE} offset ${(page - 1) * PEOPLE_PAGE}`.execute(db);
	return {
		unit: found.name,
		rows: rows.rows.map(({ all: _, category, ...row }) => ({ ...row, category: categoryOf(category) })),
		total: rows.rows[0]?.all ?? 0
	};
}

export type OpenTraining = {
	classId: string;
	name: string;
	form: string;
	hours: number;
	startsOn: string;
	leadershipLevel: string | null;
};

/** Classes that still take people, with the JP a participant gets at least: what one more training could be. */
export async function openTrainings(db: Db, personId: string, year: number): Promise<OpenTraining[]> {
	const rows = await sql<Omit<OpenTraining, 'leadershipLevel'>>`
		select c.id as "classId", c.name, c.form, h.least as hours, c.starts_on as "startsOn"
		from classes.class c
		cross join lateral ${participantHours} h
		where c.agency_id = platform.current_agency() and c.status = 'open' and extract(year from c.ends_on) = ${year}
			and not exists (select from classes.registration r where r.agency_id = c.agency_id and r.class_id = c.id and r.person_id = ${personId})
		order by c.starts_on limit 60`.execute(db);
	return rows.rows.map((row) => ({
		...row,
		leadershipLevel: row.form === 'KL01' ? leadershipLevelOf(row.name) : null
	}));
}

export type KeptSanction = {
	id: string;
	personId: string;
	name: string;
	level: Sanction;
	decidedOn: string;
	decree: string;
	by: string;
	at: Date;
	withdrawnAt: Date | null;
	withdrawnBy: string | null;
	withdrawnReason: string | null;
};

/** Every sanction on record, newest first, for whoever keeps them; of one person for themselves. */
export async function sanctions(db: Db, actor: Actor, personId: string | null): Promise<KeptSanction[]> {
	if (!canKeepSanctions(actor) && (personId === null || personId !== actor.personId)) {
		if (personId === null) throw missing();
		return [];
	}
	const rows = await sql<Omit<KeptSanction, 'level'> & { level: string }>`
		select x.id, x.person_id as "personId", p.name, x.level, x.decided_on as "decidedOn", x.decree, x.recorded_by_name as by, x.recorded_at as at,
			x.withdrawn_at as "withdrawnAt", x.withdrawn_by_name as "withdrawnBy", x.withdrawn_reason as "withdrawnReason"
		from credentials.sanction x
		join people.person p on p.agency_id = x.agency_id and p.id = x.person_id
		where x.agency_id = platform.current_agency() and (${personId}::uuid is null or x.person_id = ${personId}::uuid)
		order by x.decided_on desc, x.recorded_at desc limit 500`.execute(db);
	return rows.rows.map((row) => ({ ...row, level: SANCTIONS.find((one) => one === row.level) ?? 'light' }));
}
