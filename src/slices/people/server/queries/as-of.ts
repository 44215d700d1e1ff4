import { sql, type RawBuilder } from 'kysely';

/**
 * Units as they stood on a day, as a relation: `id, path, name, kind, code, parent_id, head_title, head_id, head_unknown
 * (the first head on record came later), acting_id, acting_kind`. A unit that a file merely named some day is taken to have stood before, under its first known name;
 * one that was founded by an order has not. `path` is the present one, for permission.
 */
export const unitsOn = (day: string, only: RawBuilder<unknown> = sql`true`): RawBuilder<unknown> => sql`(
	select u.id, u.path, v.name, v.kind, v.code, v.parent_id, v.head_title, h.person_id as head_id,
		h.person_id is null and exists (
			select from people.headship l where l.agency_id = u.agency_id and l.unit_id = u.id
		) and not exists (
			select from people.headship l where l.agency_id = u.agency_id and l.unit_id = u.id and l.valid_from <= ${day}::date
		) as head_unknown, a.person_id as acting_id, a.holding as acting_kind, a.valid_from as acting_from, a.valid_to as acting_to
	from people.unit u
	cross join lateral (
		select * from people.unit_version w where w.agency_id = u.agency_id and w.unit_id = u.id
		order by (w.valid_from <= ${day}::date) desc, case when w.valid_from <= ${day}::date then w.valid_from end desc, w.valid_from limit 1
	) v
	left join lateral (
		select k.person_id from people.headship k
		where k.agency_id = u.agency_id and k.unit_id = u.id and k.valid_from <= ${day}::date order by k.valid_from desc limit 1
	) h on true
	left join people.assignment a on a.agency_id = u.agency_id and a.unit_id = u.id and a.is_head
		and a.valid_from <= ${day}::date and (a.valid_to is null or a.valid_to > ${day}::date)
	where u.agency_id = (select platform.current_agency()) and (not u.founded or u.valid_from <= ${day}::date)
		and (u.valid_to is null or u.valid_to > ${day}::date) and ${only}
)`;

/** Condition on postings `j` with their person `p`: held on that day. Who left without a last day left when it was noticed. */
export const heldOn = (
	day: string
): RawBuilder<unknown> => sql`(j.valid_from <= ${day}::date and (j.valid_to > ${day}::date
	or (j.valid_to is null and (p.active or ${day}::date < (p.changed_at at time zone (select time_zone from platform.agency))::date))))`;

/** A name as letters write it, of a person under this alias; null where there is none. */
export const fullNameOf = (alias: string): RawBuilder<unknown> => {
	const column = (name: string) => sql.ref(`${alias}.${name}`);
	return sql`(coalesce(${column('front_title')} || ' ', '') || ${column('name')} || coalesce(', ' || ${column('back_title')}, ''))`;
};
