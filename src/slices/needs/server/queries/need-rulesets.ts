import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import type { PriorityRule } from '../../priority.ts';
import { serviceGrade, type ServiceBand } from '../../service-index.ts';

/** Bands of the service index in force on a day, from the highest down, with where they are written. */
export async function serviceBandsOn(db: Db, on: string): Promise<(ServiceBand & { legalBasis: string })[]> {
	const rows = await db
		.selectFrom('needs.service_band')
		.select(['from_index as from', 'grade', 'weak', 'legal_basis as legalBasis'])
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('valid_from', '<=', on)
		.where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>', on)]))
		.orderBy('from_index', 'desc')
		.execute();
	return rows.map((row) => ({ ...row, grade: serviceGrade(row.grade) }));
}

/** Since when, until when (exclusive), why and by whom; nobody for what Asah began with. */
type Dated = {
	validFrom: string;
	validTo: string | null;
	reason: string;
	who: string | null;
	at: Date | null;
};
export type DatedRule = PriorityRule & Dated & { id: string };

/** Rules of the ranking, newest first. */
export async function priorityRules(db: Db): Promise<DatedRule[]> {
	const rows = await db
		.selectFrom('needs.priority_rule')
		.selectAll()
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.orderBy('valid_from', 'desc')
		.orderBy('valid_to', 'desc')
		.orderBy('set_at', 'desc')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		weights: {
			probability: row.probability,
			size: row.size,
			importance: row.importance,
			reach: row.reach,
			goal: row.goal
		},
		sizeFull: row.size_full,
		reachFull: row.reach_full,
		validFrom: row.valid_from,
		validTo: row.valid_to,
		reason: row.reason,
		who: row.set_by_name,
		at: row.set_at
	}));
}

/** What a ranking is made by where nothing is in force: all factors once, two levels and a thousand people in full. */
const EVEN: DatedRule = {
	id: '',
	weights: { probability: 1, size: 1, importance: 1, reach: 1, goal: 1 },
	sizeFull: 2,
	reachFull: 1000,
	validFrom: '2018-01-01',
	validTo: null,
	reason: '–',
	who: null,
	at: null
};

/** Of dated rules the one that holds on a day. */
export const ruleOf = <Rule extends Dated>(rules: readonly Rule[], on: string): Rule | undefined =>
	rules.find((rule) => rule.validFrom <= on && (rule.validTo === null || rule.validTo > on));

/** The rule in force on a day. */
export const priorityRuleOn = async (db: Db, on: string): Promise<DatedRule> =>
	ruleOf(await priorityRules(db), on) ?? EVEN;

export type ImportanceRule = Dated & {
	id: string;
	competencyId: string;
	code: string;
	name: string;
	nameEn: string;
	/** Level of posts; null for all that no rule of their own names. */
	postLevel: string | null;
	/** 0 to 2; 1 is usual. */
	importance: number;
};

/** How much competencies matter for posts: every rule that held, holds or will, newest first within its posts. */
export async function importanceRules(db: Db): Promise<ImportanceRule[]> {
	const { rows } = await sql<ImportanceRule>`
		select i.id, i.competency_id as "competencyId", c.code, c.name, c.name_en as "nameEn", i.post_level as "postLevel",
			i.importance::float8 as importance, i.valid_from as "validFrom", i.valid_to as "validTo", i.reason,
			i.set_by_name as who, i.set_at as at
		from needs.importance i
		join competencies.competency c on c.agency_id = i.agency_id and c.id = i.competency_id
		where i.agency_id = (select platform.current_agency())
		order by c.sort, c.code, i.post_level nulls first, i.valid_from desc, i.valid_to desc, i.set_at desc limit 2000`.execute(
		db
	);
	return rows;
}
