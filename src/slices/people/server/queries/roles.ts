import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import { fullName } from '../../model.ts';
import { visiblePeople } from './places.ts';

export type Holder = {
	id: string;
	personId: string;
	name: string;
	role: string;
	unitName: string;
	from: string;
	to: string | null;
};
export type Bare = { id: string; name: string; people: number };

/** Roles that hold on a day or later, where the actor may give roles: the roles' own order is that of the screen. */
export async function roleHolders(db: Db, actor: Actor, today: string): Promise<Holder[]> {
	const { rows } = await sql<Holder & { front_title: string | null; back_title: string | null }>`
		select g.id, g.person_id as "personId", p.name, p.front_title, p.back_title, g.role, u.name as "unitName",
			g.valid_from as "from", g.valid_to as "to"
		from people.role_grant g
		join people.unit u on u.agency_id = g.agency_id and u.id = g.unit_id
		join people.person p on p.agency_id = g.agency_id and p.id = g.person_id
		join people.staff s on s.agency_id = g.agency_id and s.person_id = g.person_id
		where g.agency_id = (select platform.current_agency()) and (g.valid_to is null or g.valid_to > ${today}::date)
			and ${inScope(actor, 'people.grant', 'u.path')} and ${visiblePeople(actor)}
		order by u.path, p.name, g.valid_from`.execute(db);
	return rows.map(({ front_title, back_title, name, ...row }) => ({
		...row,
		name: fullName({ name, front_title, back_title })
	}));
}

/** Offices right below the agency with people in them whom no records officer looks after on a day. */
export async function officesWithoutAdmin(db: Db, actor: Actor, today: string): Promise<Bare[]> {
	const { rows } = await sql<Bare>`
		select u.id, u.name, count(s.person_id)::int as people
		from people.unit u
		join people.staff s on s.agency_id = u.agency_id and s.unit_path <@ u.path
		where u.agency_id = (select platform.current_agency()) and u.valid_to is null and nlevel(u.path) = 2
			and ${inScope(actor, 'people.grant', 'u.path')} and not exists (
				select from people.role_grant g join people.unit o on o.agency_id = g.agency_id and o.id = g.unit_id
				where g.agency_id = u.agency_id and g.role = 'unitAdmin' and o.path @> u.path
					and g.valid_from <= ${today}::date and (g.valid_to is null or g.valid_to > ${today}::date))
		group by u.id, u.name, u.code order by u.code nulls last, u.name`.execute(db);
	return rows;
}
