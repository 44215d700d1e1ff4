import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Db, Tx } from '#platform/db/db.ts';

/** Whom a campaign is for: within a list any will do, all lists must agree, an empty list asks for nothing. */
export type Scope = {
	unitIds: string[];
	postKinds: string[];
	employmentKinds: string[];
	postLevels: string[];
};

const KINDS = {
	unit: 'unitIds',
	postKind: 'postKinds',
	employmentKind: 'employmentKinds',
	postLevel: 'postLevels'
} as const;

export async function scopeOf(db: Db, campaignId: string): Promise<Scope> {
	const rows = await db
		.selectFrom('needs.campaign_scope')
		.select(['kind', 'value'])
		.where('agency_id', '=', sql<string>`(select platform.current_agency())`)
		.where('campaign_id', '=', campaignId)
		.orderBy('value')
		.execute();
	const of = (kind: keyof typeof KINDS) => rows.filter((row) => row.kind === kind).map((row) => row.value);
	return {
		unitIds: of('unit'),
		postKinds: of('postKind'),
		employmentKinds: of('employmentKind'),
		postLevels: of('postLevel')
	};
}

export async function writeScope(tx: Tx, agencyId: string, campaignId: string, scope: Scope): Promise<void> {
	await tx
		.deleteFrom('needs.campaign_scope')
		.where('agency_id', '=', agencyId)
		.where('campaign_id', '=', campaignId)
		.execute();
	const rows = (['unit', 'postKind', 'employmentKind', 'postLevel'] as const).flatMap((kind) =>
		[...new Set(scope[KINDS[kind]])].map((value) => ({
			agency_id: agencyId,
			campaign_id: campaignId,
			kind,
			value
		}))
	);
	if (rows.length > 0) await tx.insertInto('needs.campaign_scope').values(rows).execute();
}

/** Does the member of staff `s` belong to it? */
export const inTarget = (scope: Scope): RawBuilder<SqlBool> => sql<SqlBool>`
	(${scope.unitIds.length === 0} or s.unit_path <@ any(array(
		select u.path from people.unit u
		where u.agency_id = (select platform.current_agency()) and u.id = any(${scope.unitIds}::uuid[])
	)))
	and (${scope.postKinds.length === 0} or s.post_kind = any(${scope.postKinds}::text[]))
	and (${scope.employmentKinds.length === 0} or s.employment_kind = any(${scope.employmentKinds}::text[]))
	and (${scope.postLevels.length === 0} or s.post_level = any(${scope.postLevels}::text[]))`;

export type TargetCount = {
	people: number;
	units: number;
	/** Those who have subordinates, and their subordinates at most so many each. */
	heads: number;
	/** In the target by unit and post, but without any level asked of their post: they are left out. */
	withoutStandard: number;
};

/** Whom it would ask if it were opened now. */
export async function countTarget(db: Db, scope: Scope, today: string): Promise<TargetCount> {
	const { rows } = await sql<TargetCount>`
		with asked as materialized (select distinct person_id from competencies.required_for(${today}::date))
		select (count(*) filter (where a.person_id is not null))::int as people,
			(count(distinct s.unit_id) filter (where a.person_id is not null))::int as units,
			(count(*) filter (where a.person_id is not null and exists (
				select from people.unit u where u.agency_id = s.agency_id and u.leader_person_id = s.person_id
			)))::int as heads,
			(count(*) filter (where a.person_id is null))::int as "withoutStandard"
		from people.staff s
		left join asked a on a.person_id = s.person_id
		where s.agency_id = (select platform.current_agency()) and ${inTarget(scope)}`.execute(db);
	return rows[0] ?? { people: 0, units: 0, heads: 0, withoutStandard: 0 };
}
