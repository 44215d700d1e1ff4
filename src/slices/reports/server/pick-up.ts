import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import { visibleStudy } from '#slices/impact/public.server.ts';
import type { Anchor } from './thread-ends.ts';

/**
 * May the reader pick the thread up here? A gap is a unit's; a certificate, an action plan and an evaluation are a
 * person's; a study still being designed is its designers'. Plans, curricula, classes and indicators are the agency's,
 * so they are there for whoever traces at all (`canTrace`).
 */
export async function mayPickUp(db: Db, actor: Actor, anchor: Anchor): Promise<boolean> {
	const mine = inScope(actor, 'reports.trace', 'u.path');
	const place =
		anchor.kind === 'gap'
			? sql`people.unit u where u.id = ${anchor.unitId} and ${mine}`
			: anchor.kind === 'study'
				? sql`impact.study s where s.id = ${anchor.id} and ${visibleStudy(actor)}`
				: anchor.kind === 'evaluation'
					? sql`followup.evaluation e join people.unit u on u.agency_id = e.agency_id and u.id = e.unit_id
						where e.id = ${anchor.id} and ${mine}`
					: anchor.kind === 'certificate' || anchor.kind === 'action-plan'
						? sql`${sql.table(anchor.kind === 'certificate' ? 'credentials.certificate' : 'followup.action_plan')} t
							left join people.staff f on f.agency_id = t.agency_id and f.person_id = t.person_id
							where t.id = ${anchor.id} and ${inScope(actor, 'reports.trace', 'f.unit_path')}`
						: null;
	if (place === null) return true;
	const { rows } = await sql`select from ${place}`.execute(db);
	return rows.length > 0;
}
