import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import { MOST_FOUND } from '../../model.ts';
import { fullNameOf } from './as-of.ts';
import { findPeople } from './people.ts';

export type Choice = { id: string; name: string };

/** Offices of the agency (right below its top) and the top itself: the first of two steps to a unit. */
export async function officeChoices(db: Db, actor: Actor): Promise<Choice[]> {
	const { rows } = await sql<Choice>`
		select u.id, u.name from people.unit u
		where u.agency_id = (select platform.current_agency()) and u.valid_to is null and nlevel(u.path) <= 2
			and ${inScope(actor, 'people.organise', 'u.path')}
		order by nlevel(u.path), u.code nulls last, u.name`.execute(db);
	return rows;
}

/** Units of an office, from the top down, each with the one above; at most 500. The top of the agency stands alone. */
export async function unitChoices(db: Db, actor: Actor, officeId: string): Promise<Choice[]> {
	const { rows } = await sql<Choice>`
		select u.id, concat_ws(' – ', u.name, case when nlevel(u.path) > nlevel(o.path) + 1 then up.name end) as name
		from people.unit o
		join people.unit u on u.agency_id = o.agency_id and (u.id = o.id or (o.parent_id is not null and u.path <@ o.path)) and u.valid_to is null
		left join people.unit up on up.agency_id = u.agency_id and up.id = u.parent_id
		where o.agency_id = (select platform.current_agency()) and o.id = ${officeId} and ${inScope(actor, 'people.organise', 'u.path')}
		order by nlevel(u.path), u.code nulls last, u.name limit 500`.execute(db);
	return rows;
}

/** The office that a unit belongs to; the unit itself at the top. */
export async function officeOf(db: Db, unitId: string): Promise<string | null> {
	const { rows } = await sql<{ id: string }>`
		select o.id from people.unit u
		join people.unit o on o.agency_id = u.agency_id and o.path = subpath(u.path, 0, least(nlevel(u.path), 2))
		where u.agency_id = (select platform.current_agency()) and u.id = ${unitId}`.execute(db);
	return rows[0]?.id ?? null;
}

/** Found: somebody of another unit who was looked for. */
export type LeaderChoice = Choice & { found: boolean };

/**
 * Who may come into question to lead or stand in for a unit, or to supervise somebody of it: its own members, then the
 * heads of its office and of the other offices; at most 300. A project, a cluster of schools or an additional post
 * takes anybody: who is looked for by name or NIP stands first, as far as the actor may see them. With post and unit.
 */
export async function leaderChoices(
	db: Db,
	actor: Actor,
	unitId: string,
	who: string
): Promise<LeaderChoice[]> {
	const { rows } = await sql<Choice>`
		select s.person_id as id, concat_ws(' – ', ${fullNameOf('s')}, s.post_title, s.unit_name) as name
		from people.unit u
		join people.staff s on s.agency_id = u.agency_id
			and (s.unit_id = u.id or (s.is_head and (nlevel(s.unit_path) <= 2 or s.unit_path <@ subpath(u.path, 0, least(nlevel(u.path), 2)))))
		where u.agency_id = (select platform.current_agency()) and u.id = ${unitId}
		order by s.unit_id <> u.id, nlevel(s.unit_path), s.name, s.person_id limit 300`.execute(db);
	const { people } =
		who === ''
			? { people: [] }
			: await findPeople(db, actor, { search: who, unitId: null, size: MOST_FOUND, offset: 0 });
	const found = people.map(({ id, name, postTitle, unitName }) => ({
		id,
		name: [name, postTitle, unitName].join(' – '),
		found: true
	}));
	return [
		...found,
		...rows.filter(({ id }) => !found.some((one) => one.id === id)).map((row) => ({ ...row, found: false }))
	];
}

/** Whom a page is asked to look for, beside those it offers by itself. */
export const whoIn = (url: URL): string => (url.searchParams.get('who') ?? '').trim().slice(0, 100);

/** Units beside one: what it may be merged with. */
export async function siblingsOf(db: Db, unitId: string): Promise<Choice[]> {
	const { rows } = await sql<Choice>`
		select b.id, b.name from people.unit u
		join people.unit b on b.agency_id = u.agency_id and b.parent_id = u.parent_id and b.id <> u.id and b.valid_to is null
		where u.agency_id = (select platform.current_agency()) and u.id = ${unitId} order by b.code nulls last, b.name limit 200`.execute(
		db
	);
	return rows;
}

/** Members of a unit by name, for the sheet that says who goes where; at most 300. */
export async function memberChoices(db: Db, unitId: string): Promise<(Choice & { post: string })[]> {
	const { rows } = await sql<Choice & { post: string }>`
		select s.person_id as id, ${fullNameOf('s')} as name, s.post_title as post from people.staff s
		where s.agency_id = (select platform.current_agency()) and s.unit_id = ${unitId} order by s.name, s.person_id limit 300`.execute(
		db
	);
	return rows;
}
