import { sql } from 'kysely';
import { hasAbility, type Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { canWriteAbsence } from '../../cohort-access.ts';
import { visibleAbsence } from '../visible-absence.ts';

type Row = {
	id: string;
	person_id: string;
	name: string;
	unit: string | null;
	unit_path: string | null;
	kind: 'leave' | 'duty';
	starts_on: string;
	ends_on: string;
	source: string;
	total: number;
};

/** Leave and duty that the actor may see, those not over yet, earliest first; with `past` all, latest first. */
export async function absencesFor(
	db: Db,
	actor: Actor,
	filter: { today: string; past: boolean; search: string },
	slice: { limit: number; offset: number }
) {
	const { rows } = await sql<Row>`
		select a.id, a.person_id, p.name, s.unit_name as unit, s.unit_path::text as unit_path, a.kind, a.starts_on, a.ends_on, a.source,
			count(*) over ()::int as total
		from classes.absence a
		join people.person p on p.agency_id = a.agency_id and p.id = a.person_id
		left join people.staff s on s.agency_id = a.agency_id and s.person_id = a.person_id
		where a.agency_id = ${actor.agencyId} and ${visibleAbsence(actor)}
			and (${filter.past} or a.ends_on >= ${filter.today}::date)
			and (${filter.search} = '' or p.name ilike '%' || ${filter.search} || '%' or s.unit_name ilike '%' || ${filter.search} || '%')
		order by case when ${filter.past} then a.starts_on end desc, a.starts_on, p.name, a.id
		limit ${slice.limit} offset ${slice.offset}`.execute(db);
	return {
		total: rows[0]?.total ?? 0,
		absences: rows.map(({ total: _total, unit_path, ...row }) => ({
			...row,
			can: { remove: canWriteAbsence(actor, unit_path ?? '') }
		})),
		can: { record: hasAbility(actor, 'people.staffing') }
	};
}
