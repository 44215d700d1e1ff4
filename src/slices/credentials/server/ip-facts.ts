import { sql } from 'kysely';
import { POST_LEVELS, isPostLevel, type PostKind } from '#kernel/posts.ts';
import type { Db } from '#platform/db/db.ts';
import { SANCTIONS, type IpFacts, type IpRuleset, type Sanction } from '../ip-asn.ts';
import { leadershipLevelOf } from '../leadership.ts';

/** What the index is computed from, and where each part of it comes from. */
export type PersonFacts = IpFacts & {
	personId: string;
	unitPath: string;
	/** Year of the performance predicate; null: none is known. */
	predicateYear: number | null;
};

const groupOf = (kind: string, level: string): PostKind =>
	kind === 'structural' || kind === 'functional' || kind === 'general'
		? kind
		: isPostLevel(level)
			? POST_LEVELS[level].kind
			: 'general';
const sanctionOf = (text: string | null): Sanction | null => SANCTIONS.find((one) => one === text) ?? null;

/** From the lowest; a profession is read after S1. */
const LEVELS = ['SD', 'SMP', 'SMA', 'D1', 'D2', 'D3', 'D4', 'S1', 'Profesi', 'S2', 'S3'];

/**
 * What the system holds of everybody whom the rules measure, in one statement; `personId` null is the whole agency. Posts
 * and kinds of employment are those of today, because an index of the past year is asked of those who are here.
 */
export async function ipFacts(
	db: Db,
	rules: IpRuleset,
	year: number,
	asOf: string,
	personId: string | null
): Promise<PersonFacts[]> {
	const one = (column: string) =>
		personId === null ? sql`true` : sql`${sql.ref(column)} = ${personId}::uuid`;
	const rows = await sql<{
		personId: string;
		unitPath: string;
		kind: string;
		level: string;
		postTitle: string;
		education: string | null;
		hours: number;
		seminar: boolean;
		functional: boolean;
		leadership: string[] | null;
		predicate: number | null;
		predicateYear: number | null;
		sanction: string | null;
	}>`
		with learned as materialized (
			select e.person_id, coalesce(sum(e.learning_hours) filter (where e.year = ${year}), 0) as hours,
				coalesce(bool_or(e.form = any(${[...rules.seminarForms]}) and e.year > ${year - rules.seminarYears}), false) as seminar,
				bool_or(e.form = 'KL04') as functional,
				array_agg(distinct coalesce(e.leadership_level, e.title)) filter (where e.form = 'KL01') as leadership
			from credentials.jp_entry e
			where e.agency_id = platform.current_agency() and e.status = 'counted' and e.year <= ${year} and ${one('e.person_id')}
			group by e.person_id
		), schooled as materialized (
			select person_id, max(array_position(${LEVELS}, level)) as rank from people.education
			where agency_id = platform.current_agency() and coalesce(graduated, 0) <= ${year} and ${one('person_id')} group by person_id
		), rated as materialized (
			select distinct on (person_id) person_id, predicate, year from people.performance_rating
			where agency_id = platform.current_agency() and period = 'year' and year between ${year - 1} and ${year} and ${one('person_id')}
			order by person_id, year desc
		), punished as materialized (
			select person_id, max(array_position(array['light', 'medium', 'heavy'], level)) as rank from credentials.sanction
			where agency_id = platform.current_agency() and withdrawn_at is null and decided_on <= ${asOf}::date and ${one('person_id')}
				and decided_on > ${asOf}::date - make_interval(years => ${rules.disciplineYears ?? 100}) group by person_id
		)
		select s.person_id as "personId", s.unit_path::text as "unitPath", s.post_kind as kind, s.post_level as level, s.post_title as "postTitle",
			coalesce((${LEVELS}::text[])[schooled.rank], p.education_level) as education,
			coalesce(learned.hours, 0) as hours, coalesce(learned.seminar, false) as seminar, coalesce(learned.functional, false) as functional,
			learned.leadership, rated.predicate, rated.year as "predicateYear",
			(array['light', 'medium', 'heavy'])[punished.rank] as sanction
		from people.staff s
		join people.person p on p.agency_id = s.agency_id and p.id = s.person_id
		left join learned on learned.person_id = s.person_id
		left join schooled on schooled.person_id = s.person_id
		left join rated on rated.person_id = s.person_id
		left join punished on punished.person_id = s.person_id
		where s.agency_id = platform.current_agency() and ${one('s.person_id')} and s.employment_kind = any(${[...rules.employmentKinds]})`.execute(
		db
	);
	return rows.rows.map(({ kind, functional, leadership, sanction, ...row }) => ({
		...row,
		group: groupOf(kind, row.level),
		functionalTraining: functional,
		leadership: (leadership ?? []).flatMap((told) =>
			isPostLevel(told) ? [told] : (leadershipLevelOf(told) ?? [])
		),
		sanction: sanctionOf(sanction)
	}));
}
