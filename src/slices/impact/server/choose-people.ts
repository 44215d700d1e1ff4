import { sql, type RawBuilder } from 'kysely';
import { invalidField } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Tx } from '#platform/db/db.ts';
import { refreshStatistics } from '#platform/db/refresh-statistics.ts';
import { reporter, type Problem } from '../measurements.ts';
import type { Design } from '../model.ts';
import { personIn } from '../people-measurements.ts';
import type { Selection } from '../people-study.ts';
import { refuseLines } from './foreseen.ts';
import { knownPeople } from './known-people.ts';

type Listed = {
	line?: number | undefined;
	nip: string;
	role: 'treated' | 'comparison' | 'applicant';
	from?: string | undefined;
};
type Asked = Selection & {
	agencyId: string;
	studyId: string;
	programId: string;
	indicatorId: string;
	design: Design;
	/** Month from which on everybody counts as trained; open: the month after their class. */
	startsFrom: string | undefined;
	listed: readonly Listed[];
	today: CivilDate;
};

const MOST_PEOPLE = 20_000;
const MANY = 1000;

/**
 * Finds who takes part in a study of people, set by set, and gives each a code by chance. Only who has figures of the
 * indicator; whoever asked for a limit of processing is left out (UU 27/2022 Ps 11). With steps everybody begins in the month
 * after their own class, else together; nobody before their class. Whoever is found on both sides counts as trained.
 * Refuses: a list with a number of nobody here or twice, no month of start, nobody trained, nobody to compare with, too many.
 */
export async function choosePeople(
	tx: Tx,
	asked: Asked
): Promise<{ treated: number; comparison: number; applicants: number }> {
	const { agencyId, studyId, treatedBy, comparedWith, startsFrom, design } = asked;
	const byList = await listedPeople(tx, asked);
	if (design !== 'lottery' && byList.some(({ role }) => role === 'applicant'))
		throw invalidField('people.listed', 'impact.study.applicantsOnly');
	const together = startsFrom === undefined ? null : `${startsFrom}-01`;
	if (treatedBy === 'applicants' && together === null)
		throw invalidField('startsFrom', 'impact.study.startMissing');
	const treated =
		treatedBy === 'listed'
			? sql`select person_id, ended from listed where role = 'treated'`
			: treatedBy === 'passed'
				? sql`select person_id, min(ends_on) as ended from taught where status = 'passed' and ends_on between ${asked.from}::date and ${asked.to}::date group by person_id`
				: sql`select null::uuid as person_id, null::date as ended where false`;
	const applicants =
		treatedBy === 'applicants'
			? sql`select distinct person_id from taught where status in ('requested', 'waiting') and starts_on between ${asked.from}::date and ${asked.to}::date`
			: sql`select person_id from listed where role = 'applicant'`;
	const found = await sql<{ role: string; people: number; unstarted: number }>`
		with listed as materialized (
			select person_id, role, "from" as ended
			from unnest(${byList.map(({ personId }) => personId)}::uuid[], ${byList.map(({ role }) => role)}::text[],
				${byList.map(({ from }) => from)}::date[]) as x(person_id, role, "from")
		), taught as materialized (
			select r.person_id, r.status, c.starts_on, c.ends_on
			from programs.version v
			join classes.class c on c.agency_id = v.agency_id and c.version_id = v.id and c.status <> 'cancelled'
			join classes.registration r on r.agency_id = c.agency_id and r.class_id = c.id
			where v.agency_id = ${agencyId}::uuid and v.program_id = ${asked.programId}::uuid
		), treated as materialized (${treated}), applicant as materialized (${applicants}),
		place as materialized (
			select p.id as person_id, j.unit_id, j.title, j.kind
			from people.person p
			join lateral (
				select x.unit_id, x.title, x.kind from people.posting x where x.agency_id = p.agency_id and x.person_id = p.id
				order by x.valid_from <= ${asked.from ?? asked.today}::date desc, case when x.valid_from <= ${asked.from ?? asked.today}::date then x.valid_from end desc, x.valid_from
				limit 1
			) j on true
			where p.agency_id = ${agencyId}::uuid and not p.restricted
				and exists (select from impact.person_measurement m
					where m.agency_id = p.agency_id and m.indicator_id = ${asked.indicatorId}::uuid and m.person_id = p.id)
		), untaught as (
			select * from place p where not exists (select from taught t where t.person_id = p.person_id and t.status in ('passed', 'failed', 'enrolled'))
		), comparison as materialized (${comparisonOf(comparedWith, asked)}),
		part as (
			select t.person_id, 'treated' as role, t.ended from treated t
			union all
			select a.person_id, 'applicant', null from applicant a where a.person_id not in (select person_id from treated)
			union all
			select c.person_id, 'comparison', null from comparison c
			where c.person_id not in (select person_id from treated) and c.person_id not in (select person_id from applicant)
		), coded as materialized (
			select part.person_id, part.role, place.unit_id, row_number() over (order by gen_random_uuid()) as number, count(*) over () as total,
				case when part.role = 'treated' then ${startOf(design, treatedBy, together)} end as starts
			from part join place on place.person_id = part.person_id
		), written as (
			insert into impact.study_person (agency_id, study_id, person_id, code, unit_id, treated, treated_from, lot)
			select ${agencyId}::uuid, ${studyId}::uuid, person_id, 'O' || lpad(number::text, length(total::text), '0'), unit_id,
				role = 'treated', starts, case when role = 'applicant' then 0 end
			from coded where role <> 'treated' or starts is not null
			order by number
		)
		select role, count(*)::int as people, (count(*) filter (where role = 'treated' and starts is null))::int as unstarted
		from coded group by role`.execute(tx);
	const count = (role: string) => found.rows.find((row) => row.role === role)?.people ?? 0;
	if (found.rows.some(({ unstarted }) => unstarted > 0))
		throw invalidField('startsFrom', 'impact.study.startMissing');
	const people = {
		treated: count('treated'),
		comparison: count('comparison'),
		applicants: count('applicant')
	};
	const all = people.treated + people.comparison + people.applicants;
	if (people.treated + people.applicants === 0)
		throw invalidField('people.treatedBy', 'impact.study.noneTreated');
	if (all > MOST_PEOPLE)
		throw invalidField('people.comparedWith', 'impact.study.tooManyPeople', { most: MOST_PEOPLE });
	if (all >= MANY) await refreshStatistics(tx, 'impact.study_person');
	return people;
}

/** The month after one's own class, or the common start where that is later; of a list the month given. */
function startOf(design: Design, treatedBy: Selection['treatedBy'], together: CivilDate | null) {
	const own =
		treatedBy === 'listed'
			? sql`part.ended`
			: sql`(date_trunc('month', part.ended) + interval '1 month')::date`;
	if (treatedBy === 'listed') return sql`coalesce(${own}, ${together}::date)`;
	if (design === 'staggered_start') return own;
	// Together: from the month after the last of the classes, unless a later one is asked for.
	return sql`greatest((select (date_trunc('month', max(t.ended)) + interval '1 month')::date from treated t), ${together}::date)`;
}

function comparisonOf(comparedWith: Selection['comparedWith'], { from, to }: Asked): RawBuilder<unknown> {
	switch (comparedWith) {
		case 'waiting':
			return sql`select distinct t.person_id from taught t join untaught u on u.person_id = t.person_id
				where t.status in ('requested', 'waiting') and t.ends_on between ${from}::date and ${to}::date`;
		case 'unit':
			return sql`select u.person_id from untaught u where u.unit_id in (
				select p.unit_id from place p join treated t on t.person_id = p.person_id)`;
		case 'post':
			return sql`select u.person_id from untaught u where (u.kind, u.title) in (
				select p.kind, p.title from place p join treated t on t.person_id = p.person_id)`;
		case 'listed':
			return sql`select person_id from listed where role = 'comparison'`;
		case null:
			return sql`select null::uuid as person_id where false`;
	}
}

/** The people of a list. Refuses, line by line: no NIP, nobody of this agency, twice. */
async function listedPeople(tx: Tx, { listed, today }: Asked) {
	if (listed.length === 0) return [];
	const people = await knownPeople(
		tx,
		listed.map(({ nip }) => nip)
	);
	const known = new Map(people.map((person) => [person.nip, person]));
	const problems: Problem[] = [];
	const seen = new Map<string, number>();
	const found = listed.flatMap(({ line: own, nip, role, from }, index) => {
		const line = own ?? index + 1;
		const bad = reporter(problems, line);
		const person = personIn(known, nip, today, bad);
		if (person === null) return [];
		const earlier = seen.get(person.personId);
		if (earlier !== undefined) bad('impact.import.twice', nip, earlier);
		seen.set(person.personId, line);
		return [{ personId: person.personId, role, from: from === undefined ? null : `${from}-01` }];
	});
	refuseLines(problems, 'people.listed');
	return found;
}
