import { sql } from 'kysely';
import { mayIn, type Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import { maskNip } from '#kernel/nip.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import { canSeeNip } from '../../access.ts';
import { fullNameOf, heldOn, unitsOn } from './as-of.ts';
import type { PersonRow } from './people.ts';
import { visiblePeople } from './places.ts';
import { treeOf, type FlatUnit, type UnitBelow } from './units.ts';

/** The tree as it was on a day, as far as the actor may read it today. Two queries for any size. */
export async function unitTreeOn(db: Db, actor: Actor, day: string) {
	const { rows } = await sql<FlatUnit>`
		select u.id, u.name, u.kind, u.parent_id as "parentId", h.name as "headName", a.name as "actingName",
			u.acting_kind as "actingKind", u.head_unknown as "headUnknown", coalesce(c.members, 0)::int as members
		from ${unitsOn(day, inScope(actor, 'people.read', 'u.path'))} u
		left join people.person h on h.agency_id = (select platform.current_agency()) and h.id = u.head_id
		left join people.person a on a.agency_id = (select platform.current_agency()) and a.id = u.acting_id
		left join (
			select j.unit_id, count(*) as members
			from people.posting j join people.person p on p.agency_id = j.agency_id and p.id = j.person_id
			where j.agency_id = (select platform.current_agency()) and p.employment_kind <> 'OFFICIAL' and ${heldOn(day)} group by j.unit_id
		) c on c.unit_id = u.id
		order by u.code nulls last, u.name`.execute(db);
	return treeOf(rows);
}

/** One unit as it was on a day: its name, place and heads then. Refuses (as missing): none the actor may read, none then. */
export async function unitPageOn(db: Db, actor: Actor, unitId: string, day: string) {
	const only = sql`(u.id = ${unitId} and ${inScope(actor, 'people.read', 'u.path')})`;
	const found = await sql<{
		id: string;
		name: string;
		kind: string;
		code: string | null;
		headTitle: string | null;
		headId: string | null;
		headName: string | null;
		actingId: string | null;
		actingName: string | null;
		actingKind: string | null;
		actingFrom: string | null;
		actingTo: string | null;
		headUnknown: boolean;
		isTop: boolean;
		path: string;
	}>`
		select u.id, u.name, u.kind, u.code, u.head_title as "headTitle", h.id as "headId", ${fullNameOf('h')} as "headName",
			a.id as "actingId", ${fullNameOf('a')} as "actingName", u.acting_kind as "actingKind",
			u.acting_from as "actingFrom", u.acting_to as "actingTo", u.head_unknown as "headUnknown", u.parent_id is null as "isTop", u.path::text as path
		from ${unitsOn(day, only)} u
		left join people.person h on h.agency_id = (select platform.current_agency()) and h.id = u.head_id
		left join people.person a on a.agency_id = (select platform.current_agency()) and a.id = u.acting_id`.execute(
		db
	);
	const unit = found.rows[0];
	if (!unit) throw missing();
	const above = await sql<{ id: string; name: string; readable: boolean }>`
		with recursive units as materialized (select * from ${unitsOn(day)} q), up as (
			select 0 as depth, u.* from units u where u.id = ${unitId}
			union all select up.depth + 1, u.* from up join units u on u.id = up.parent_id where up.depth < 30
		)
		select up.id, up.name, ${inScope(actor, 'people.read', 'up.path')} as readable from up where up.depth > 0 order by up.depth desc`.execute(
		db
	);
	const below = await sql<UnitBelow>`
		with recursive units as materialized (select * from ${unitsOn(day)} q), counted as materialized (
			select j.unit_id, count(*) as members
			from people.posting j join people.person p on p.agency_id = j.agency_id and p.id = j.person_id
			where j.agency_id = (select platform.current_agency()) and p.employment_kind <> 'OFFICIAL' and ${heldOn(day)} group by j.unit_id
		), under as (
			select u.id as top, u.id from units u where u.parent_id = ${unitId}
			union all select under.top, u.id from under join units u on u.parent_id = under.id
		), sums as (
			select under.top, sum(c.members)::int as people from under join counted c on c.unit_id = under.id group by under.top
		)
		select u.id, u.name, h.name as "headName", a.name as "actingName", u.acting_kind as "actingKind", u.head_unknown as "headUnknown", coalesce(s.people, 0) as people
		from units u
		left join people.person h on h.agency_id = (select platform.current_agency()) and h.id = u.head_id
		left join people.person a on a.agency_id = (select platform.current_agency()) and a.id = u.acting_id
		left join sums s on s.top = u.id
		where u.parent_id = ${unitId} order by u.code nulls last, u.name`.execute(db);
	const { path, ...shown } = unit;
	return { unit: shown, place: path, above: above.rows, below: below.rows };
}

type Then = PersonRow & { unitPath: string; supervisorId: string | null; total: number };

/** Members of a unit on a day who can be seen today; whoever left since is shown to those who read the whole unit. */
export async function unitMembersOn(
	db: Db,
	actor: Actor,
	{ unitId, place }: { unitId: string; place: string },
	day: string,
	{ size, offset }: { size: number; offset: number }
): Promise<{ members: PersonRow[]; total: number }> {
	const { rows } = await sql<Then>`
		with units as materialized (select * from ${unitsOn(day, sql`u.id = ${unitId}`)} q)
		select p.id, ${fullNameOf('p')} as name, p.nip, j.title as "postTitle", j.level as "postLevel", u.id as "unitId", u.name as "unitName",
			u.head_id is not distinct from p.id as "isHead", p.employment_kind as "employmentKind",
			coalesce(s.unit_path::text, '') as "unitPath", s.supervisor_id as "supervisorId", count(*) over ()::int as total
		from people.posting j
		join people.person p on p.agency_id = j.agency_id and p.id = j.person_id
		join units u on u.id = j.unit_id
		left join people.staff s on s.agency_id = p.agency_id and s.person_id = p.id
		where j.agency_id = (select platform.current_agency()) and j.unit_id = ${unitId} and ${heldOn(day)}
			and (${visiblePeople(actor)} or (not p.restricted and ${mayIn(actor, 'people.read', place)}))
		order by "isHead" desc, j.level = '06', j.level desc, p.name limit ${size} offset ${offset}`.execute(db);
	return {
		members: rows.map(({ total: _total, unitPath, supervisorId, ...row }) => ({
			...row,
			nip:
				row.nip === null || canSeeNip(actor, { personId: row.id, unitPath, supervisorId })
					? row.nip
					: maskNip(row.nip)
		})),
		total: rows[0]?.total ?? 0
	};
}
