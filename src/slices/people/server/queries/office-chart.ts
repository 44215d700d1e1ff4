import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { inScope } from '#platform/db/scope.ts';
import { fullNameOf, heldOn, unitsOn } from './as-of.ts';

export type ChartUnit = {
	id: string;
	name: string;
	headTitle: string | null;
	headName: string | null;
	actingName: string | null;
	actingKind: string | null;
	headUnknown: boolean;
	/** Staff of the unit itself, and with everything below it. */
	members: number;
	people: number;
	children: ChartUnit[];
};
type Flat = Omit<ChartUnit, 'children' | 'people'> & { parentId: string | null };

/** One office as a chart, as it was on a day: heads with their posts, vacancies, own staff. Refuses (as missing): out of scope. */
export async function officeChart(db: Db, actor: Actor, unitId: string, day: string): Promise<ChartUnit> {
	const { rows } = await sql<Flat>`
		with recursive units as materialized (select * from ${unitsOn(day, inScope(actor, 'people.read', 'u.path'))} q), below as (
			select u.* from units u where u.id = ${unitId}
			union all select u.* from below b join units u on u.parent_id = b.id
		), counted as materialized (
			select j.unit_id, count(*)::int as members
			from people.posting j join people.person p on p.agency_id = j.agency_id and p.id = j.person_id
			where j.agency_id = (select platform.current_agency()) and p.employment_kind <> 'OFFICIAL' and ${heldOn(day)} group by j.unit_id
		)
		select b.id, b.name, b.parent_id as "parentId", b.head_title as "headTitle", ${fullNameOf('h')} as "headName",
			${fullNameOf('a')} as "actingName", b.acting_kind as "actingKind", b.head_unknown as "headUnknown", coalesce(c.members, 0) as members
		from below b
		left join people.person h on h.agency_id = (select platform.current_agency()) and h.id = b.head_id
		left join people.person a on a.agency_id = (select platform.current_agency()) and a.id = b.acting_id
		left join counted c on c.unit_id = b.id
		order by b.code nulls last, b.name`.execute(db);
	const nodes = new Map<string, ChartUnit>(
		rows.map(({ parentId: _parentId, ...row }) => [row.id, { ...row, people: row.members, children: [] }])
	);
	for (const { id, parentId } of rows) {
		const node = nodes.get(id);
		if (node && id !== unitId) nodes.get(parentId ?? '')?.children.push(node);
	}
	const top = nodes.get(unitId);
	if (!top) throw missing();
	total(top);
	return top;
}

function total(unit: ChartUnit): number {
	unit.people = unit.members + unit.children.reduce((sum, child) => sum + total(child), 0);
	return unit.people;
}
