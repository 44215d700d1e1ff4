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

export type DatedRule = PriorityRule & { validFrom: string; validTo: string | null; reason: string };

/** Rules of the ranking, newest first. */
export async function priorityRules(db: Db): Promise<DatedRule[]> {
	const rows = await db
		.selectFrom('needs.priority_rule')
		.selectAll()
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.orderBy('valid_from', 'desc')
		.execute();
	return rows.map((row) => ({
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
		reason: row.reason
	}));
}

/** What a ranking is made by where nothing is in force: all factors once, two levels and a thousand people in full. */
const EVEN: DatedRule = {
	weights: { probability: 1, size: 1, importance: 1, reach: 1, goal: 1 },
	sizeFull: 2,
	reachFull: 1000,
	validFrom: '2018-01-01',
	validTo: null,
	reason: '–'
};

/** The rule in force on a day. */
export async function priorityRuleOn(db: Db, on: string): Promise<DatedRule> {
	const rules = await priorityRules(db);
	return rules.find((rule) => rule.validFrom <= on && (rule.validTo === null || rule.validTo > on)) ?? EVEN;
}
