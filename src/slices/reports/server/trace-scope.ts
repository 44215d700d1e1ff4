import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { scopesOf, type Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import { visibleStudies } from '#slices/impact/public.server.ts';
import { tracesEverywhere } from '../access.ts';
import type { Anchor } from './thread-ends.ts';

/**
 * Does the actor's tracing reach the unit at this path? Its own units, and a unit that holds one of them: what was
 * planned for the whole office was planned for its parts.
 */
export function reaches(actor: Actor, column: string): RawBuilder<SqlBool> {
	const scopes = scopesOf(actor, 'reports.trace');
	return sql<SqlBool>`(${inScope(actor, 'reports.trace', column)} or ${sql.ref(column)} @> any(${scopes.filter((path) => path !== '')}::ltree[]))`;
}

/**
 * Whether a thread may be picked up here. A class, a version, what was found of them and an indicator are the agency's; a gap, a line, a
 * certificate, a plan and an evaluation are a unit's or a person's, and a study is that of whoever reads it.
 */
export async function mayTraceFrom(db: Db, actor: Actor, anchor: Anchor): Promise<boolean> {
	if (tracesEverywhere(actor)) return true;
	if (isAgencys(anchor)) return true;
	if (anchor.kind === 'study') return (await visibleStudies(db, actor, [anchor.id])).length > 0;
	const { rows } = await sql`${placeOf(actor, anchor)}`.execute(db);
	return rows.length > 0;
}

type Agencys = Extract<Anchor, { kind: 'class' | 'version' | 'finding' | 'indicator' }>;
const isAgencys = (anchor: Anchor): anchor is Agencys =>
	['class', 'version', 'finding', 'indicator'].includes(anchor.kind);

/** A row when the anchor is in reach. */
function placeOf(actor: Actor, anchor: Exclude<Anchor, Agencys | { kind: 'study' }>) {
	switch (anchor.kind) {
		case 'gap':
			return sql`select from people.unit u
				where u.agency_id = platform.current_agency() and u.id = ${anchor.unitId} and ${inScope(actor, 'reports.trace', 'u.path')}`;
		case 'plan-line':
			return sql`select from plans.line l left join people.unit u on u.agency_id = l.agency_id and u.id = l.unit_id
				where l.agency_id = platform.current_agency() and l.id = ${anchor.id} and (l.unit_id is null or ${reaches(actor, 'u.path')})`;
		case 'evaluation':
			return sql`select from followup.evaluation e join people.unit u on u.agency_id = e.agency_id and u.id = e.unit_id
				where e.agency_id = platform.current_agency() and e.id = ${anchor.id}
					and (e.person_id = ${actor.personId}::uuid or ${inScope(actor, 'reports.trace', 'u.path')})`;
		case 'certificate':
		case 'action-plan': {
			const of = sql.table(
				anchor.kind === 'certificate' ? 'credentials.certificate' : 'followup.action_plan'
			);
			return sql`select from ${of} o join people.staff s on s.agency_id = o.agency_id and s.person_id = o.person_id
				where o.agency_id = platform.current_agency() and o.id = ${anchor.id}
					and (o.person_id = ${actor.personId}::uuid or ${inScope(actor, 'reports.trace', 's.unit_path')})`;
		}
	}
}

/** Whether the numbers of this unit are the actor's to read. */
export async function readsUnit(db: Db, actor: Actor, unitId: string | null): Promise<boolean> {
	if (unitId === null || tracesEverywhere(actor)) return true;
	const { rows } = await sql`select from people.unit u
		where u.agency_id = platform.current_agency() and u.id = ${unitId} and ${reaches(actor, 'u.path')}`.execute(
		db
	);
	return rows.length > 0;
}
