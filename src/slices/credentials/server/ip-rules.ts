import { sql } from 'kysely';
import { newId } from '#kernel/ids.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import type { CompetenceItem, IpCategory, IpRuleset, Sanction } from '../ip-asn.ts';
import { IP_RULESET_2019 } from '../ip-ruleset.ts';

type Point = { dimension: string; item: string; points: number };

/** The points of a version as rows: a change of the law is read row by row. */
function pointsOf(rules: IpRuleset): Point[] {
	const rows = (dimension: string, points: Readonly<Record<string, number>>): Point[] =>
		Object.entries(points).map(([item, value]) => ({ dimension, item, points: value }));
	return [
		...rows('qualification', rules.qualification),
		...Object.entries(rules.competence).flatMap(([group, points]) => rows(group, points)),
		...rows('performance', rules.performance),
		...rows('discipline', rules.discipline),
		...rows('category', rules.categories)
	];
}

/** Writes a version with its points; answers its id. */
export async function writeIpRules(
	tx: Tx,
	agencyId: string,
	rules: IpRuleset,
	set: { name: string | null; at: Date }
): Promise<string> {
	const id = newId(set.at.getTime());
	await tx
		.insertInto('credentials.ip_ruleset')
		.values({
			agency_id: agencyId,
			id,
			name: rules.name,
			legal_basis: rules.legalBasis,
			valid_from: rules.validFrom,
			employment_kinds: [...rules.employmentKinds],
			hours_needed: rules.hoursNeeded,
			seminar_years: rules.seminarYears,
			seminar_forms: [...rules.seminarForms],
			higher_level_counts: rules.higherLevelCounts,
			discipline_years: rules.disciplineYears,
			untrained_posts: [...rules.untrainedPosts],
			set_by_name: set.name,
			set_at: set.at
		})
		.execute();
	await tx
		.insertInto('credentials.ip_point')
		.values(pointsOf(rules).map((point) => ({ agency_id: agencyId, ruleset_id: id, ...point })))
		.execute();
	return id;
}

/** An agency from before the index had rules begins with those of 2019. */
export async function ensureIpRules(tx: Tx, agencyId: string): Promise<void> {
	const has = await tx
		.selectFrom('credentials.ip_ruleset')
		.select('id')
		.where('agency_id', '=', agencyId)
		.limit(1)
		.executeTakeFirst();
	if (has === undefined)
		await writeIpRules(tx, agencyId, IP_RULESET_2019, {
			name: null,
			at: new Date(IP_RULESET_2019.validFrom)
		});
}

export type IpVersion = IpRuleset & { id: string; who: string | null; at: Date };

/** Every version that the agency has, newest first. */
export async function ipVersions(db: Db): Promise<IpVersion[]> {
	const rows = await sql<{
		id: string;
		name: string;
		legalBasis: string;
		validFrom: string;
		employmentKinds: string[];
		hoursNeeded: number;
		seminarYears: number;
		seminarForms: string[];
		higherLevelCounts: boolean;
		disciplineYears: number | null;
		untrainedPosts: string[];
		who: string | null;
		at: Date;
		points: Point[];
	}>`
		select r.id, r.name, r.legal_basis as "legalBasis", r.valid_from as "validFrom", r.employment_kinds as "employmentKinds",
			r.hours_needed as "hoursNeeded", r.seminar_years as "seminarYears", r.seminar_forms as "seminarForms",
			r.higher_level_counts as "higherLevelCounts", r.discipline_years as "disciplineYears", r.untrained_posts as "untrainedPosts",
			r.set_by_name as who, r.set_at as at,
			(select jsonb_agg(jsonb_build_object('dimension', p.dimension, 'item', p.item, 'points', p.points))
				from credentials.ip_point p where p.agency_id = r.agency_id and p.ruleset_id = r.id) as points
		from credentials.ip_ruleset r where r.agency_id = platform.current_agency() order by r.valid_from desc`.execute(
		db
	);
	return rows.rows.map(({ points, ...row }) => {
		const of = (dimension: string): Record<string, number> =>
			Object.fromEntries(
				points.filter((one) => one.dimension === dimension).map(({ item, points: value }) => [item, value])
			);
		const group = (dimension: string): Partial<Record<CompetenceItem, number>> => of(dimension);
		return {
			...row,
			qualification: of('qualification'),
			competence: {
				structural: group('structural'),
				functional: group('functional'),
				general: group('general')
			},
			performance: of('performance'),
			discipline: disciplineOf(of('discipline')),
			categories: categoriesOf(of('category'))
		};
	});
}

const disciplineOf = (points: Record<string, number>): Record<Sanction | 'none', number> => ({
	none: points['none'] ?? 0,
	light: points['light'] ?? 0,
	medium: points['medium'] ?? 0,
	heavy: points['heavy'] ?? 0
});
const categoriesOf = (points: Record<string, number>): Record<IpCategory, number> => ({
	veryHigh: points['veryHigh'] ?? 100,
	high: points['high'] ?? 100,
	medium: points['medium'] ?? 100,
	low: points['low'] ?? 100,
	veryLow: points['veryLow'] ?? 0
});

/** The version that measures a year: the one in force on its last day. */
export const versionOf = <T extends { validFrom: string }>(
	versions: readonly T[],
	year: number
): T | undefined => versions.find(({ validFrom }) => validFrom <= `${year}-12-31`);

/** The rules of a year; those of 2019 where the agency has none yet. */
export const ipRulesOf = async (db: Db, year: number): Promise<IpRuleset> =>
	versionOf(await ipVersions(db), year) ?? IP_RULESET_2019;
