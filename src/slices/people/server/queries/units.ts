import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import { fullNameOf } from './as-of.ts';

export type UnitNode = {
	id: string;
	name: string;
	kind: string;
	headName: string | null;
	/** Who stands in as head, and as what. */
	actingName: string | null;
	actingKind: string | null;
	/** On a day before the first head on record: not vacant, merely not written down. */
	headUnknown?: boolean;
	/** Staff of the unit itself, and with everything below it; elected officials are not staff. */
	members: number;
	people: number;
	children: UnitNode[];
};

/** A unit for permission: its path as grants hold it, '' at the top. Null when it does not stand. */
export async function unitPlace(db: Db, unitId: string): Promise<{ name: string; path: string } | null> {
	const { rows } = await sql<{ name: string; path: string }>`
		select name, case when parent_id is null then '' else path::text end as path from people.unit
		where agency_id = (select platform.current_agency()) and id = ${unitId} and valid_to is null`.execute(db);
	return rows[0] ?? null;
}

export type FlatUnit = Omit<UnitNode, 'children' | 'people'> & { parentId: string | null };

/** The tree as far as the actor may read it; each root is the top of one of their scopes. Two queries for any size. */
export async function unitTree(db: Db, actor: Actor): Promise<UnitTree> {
	const { rows } = await sql<FlatUnit>`
		select u.id, u.name, u.kind, u.parent_id as "parentId", h.name as "headName", a.name as "actingName",
			u.acting_kind as "actingKind", coalesce(c.members, 0)::int as members
		from people.unit u
		left join people.person h on h.agency_id = u.agency_id and h.id = u.head_person_id
		left join people.person a on a.agency_id = u.agency_id and a.id = u.acting_person_id
		left join (
			select s.unit_id, count(*) as members from people.staff s
			where s.agency_id = (select platform.current_agency()) and s.employment_kind <> 'OFFICIAL' group by s.unit_id
		) c on c.unit_id = u.id
		where u.agency_id = (select platform.current_agency()) and u.valid_to is null and ${inScope(actor, 'people.read', 'u.path')}
		order by u.code nulls last, u.name`.execute(db);
	return treeOf(rows);
}

/** `vacant` and `acting` are places without a definitive head: nobody leads, or somebody stands in. */
export type UnitTree = {
	roots: UnitNode[];
	units: number;
	people: number;
	vacant: number;
	acting: number;
	/** There are kecamatan among them. */
	subdistricts: boolean;
};

/** Rows that stand in order as a tree of them, with the people below each. */
export function treeOf(rows: readonly FlatUnit[]): UnitTree {
	const nodes = new Map(
		rows.map((row) => [row.id, { ...row, people: row.members, children: [] as UnitNode[] }])
	);
	const roots: UnitNode[] = [];
	for (const node of nodes.values()) (nodes.get(node.parentId ?? '')?.children ?? roots).push(node);
	for (const root of roots) total(root);
	return {
		roots,
		units: rows.length,
		people: roots.reduce((sum, { people }) => sum + people, 0),
		vacant: rows.filter(
			(unit) => unit.headName === null && unit.actingName === null && unit.headUnknown !== true
		).length,
		acting: rows.filter(({ actingName }) => actingName !== null).length,
		subdistricts: rows.some(({ kind }) => kind === 'kecamatan')
	};
}

function total(node: UnitNode): number {
	node.people = node.members + node.children.reduce((sum, child) => sum + total(child), 0);
	return node.people;
}

/** When a unit ended and which ones came after it; null for one that stands, or that does not exist. */
export async function unitEnd(db: Db, unitId: string) {
	const { rows } = await sql<{ on: string; successors: { id: string; name: string }[] }>`
		select u.valid_to as on, coalesce((select json_agg(json_build_object('id', n.id, 'name', n.name) order by n.name)
			from people.unit_lineage l join people.unit n on n.agency_id = l.agency_id and n.id = l.successor_id
			where l.agency_id = u.agency_id and l.predecessor_id = u.id), '[]'::json) as successors
		from people.unit u
		where u.agency_id = (select platform.current_agency()) and u.id = ${unitId} and u.valid_to is not null`.execute(
		db
	);
	return rows[0] ?? null;
}

export type UnitHit = { id: string; name: string; under: string | null };
export type UnitBelow = {
	headUnknown?: boolean;
	id: string;
	name: string;
	headName: string | null;
	actingName: string | null;
	actingKind: string | null;
	people: number;
};

/** One unit: head, way up, units below with their people. Refuses (as missing): none the actor may read. */
export async function unitPage(db: Db, actor: Actor, unitId: string, today: string) {
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
		isTop: boolean;
		place: string;
	}>`
		select u.id, u.name, u.kind, u.code, u.head_title as "headTitle", h.id as "headId",
			${fullNameOf('h')} as "headName", a.id as "actingId", ${fullNameOf('a')} as "actingName", u.acting_kind as "actingKind",
			s.valid_from as "actingFrom", s.valid_to as "actingTo", u.parent_id is null as "isTop",
			case when u.parent_id is null then '' else u.path::text end as place
		from people.unit u
		left join people.person h on h.agency_id = u.agency_id and h.id = u.head_person_id
		left join people.person a on a.agency_id = u.agency_id and a.id = u.acting_person_id
		left join people.assignment s on s.agency_id = u.agency_id and s.unit_id = u.id and s.person_id = u.acting_person_id and s.is_head
			and s.valid_from <= ${today}::date and (s.valid_to is null or s.valid_to > ${today}::date)
		where u.agency_id = (select platform.current_agency()) and u.id = ${unitId} and u.valid_to is null
			and ${inScope(actor, 'people.read', 'u.path')}`.execute(db);
	const row = found.rows[0];
	if (!row) throw missing();
	const { place, ...unit } = row;
	const above = await sql<{ id: string; name: string; readable: boolean }>`
		select a.id, a.name, ${inScope(actor, 'people.read', 'a.path')} as readable
		from people.unit u join people.unit a on a.agency_id = u.agency_id and a.path @> u.path and a.id <> u.id
		where u.agency_id = (select platform.current_agency()) and u.id = ${unitId} order by nlevel(a.path)`.execute(
		db
	);
	// Counted once a unit, then summed up the tree: a subquery for each unit below would read everybody each time.
	const below = await sql<UnitBelow>`
		with counted as materialized (
			select s.unit_path, count(*) as members from people.staff s
			where s.agency_id = (select platform.current_agency()) and s.employment_kind <> 'OFFICIAL' group by s.unit_path
		)
		select b.id, b.name, h.name as "headName", a.name as "actingName", b.acting_kind as "actingKind",
			(select coalesce(sum(c.members), 0)::int from counted c where c.unit_path <@ b.path) as people
		from people.unit b
		left join people.person h on h.agency_id = b.agency_id and h.id = b.head_person_id
		left join people.person a on a.agency_id = b.agency_id and a.id = b.acting_person_id
		where b.agency_id = (select platform.current_agency()) and b.parent_id = ${unitId} and b.valid_to is null
		order by b.code nulls last, b.name`.execute(db);
	return { unit, place, above: above.rows, below: below.rows };
}

/** Units whose name holds every word of `search`, as far as the actor may read; the closest names first. */
export async function unitHits(db: Db, actor: Actor, search: string, limit = 8): Promise<UnitHit[]> {
	const words = search
		.split(/\s+/)
		.filter(Boolean)
		.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
	if (words.length === 0) return [];
	const { rows } = await sql<UnitHit>`
		select u.id, u.name, up.name as under
		from people.unit u left join people.unit up on up.agency_id = u.agency_id and up.id = u.parent_id
		where u.agency_id = (select platform.current_agency()) and u.valid_to is null
			and u.name ilike all(${words}::text[]) and ${inScope(actor, 'people.read', 'u.path')}
		order by length(u.name), u.name limit ${limit}`.execute(db);
	return rows;
}

/**
 * Units that a role may be given in, where the actor may give roles: the agency, its offices, and the units that the
 * person sits in at `personPath`, from the top down.
 */
export async function grantableUnits(
	db: Db,
	actor: Actor,
	personPath: string
): Promise<{ id: string; name: string }[]> {
	const { rows } = await sql<{ id: string; name: string }>`
		select u.id, u.name from people.unit u
		where u.agency_id = (select platform.current_agency()) and u.valid_to is null and ${inScope(actor, 'people.grant', 'u.path')}
			and (nlevel(u.path) <= 2 or u.path @> ${personPath}::ltree)
		order by nlevel(u.path), u.code nulls last, u.name`.execute(db);
	return rows;
}
