import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import { laterImports, referringRows, some } from './dependants.ts';
import { PERSON_FIELDS } from './fields.ts';
import { allFollowers, type Dependant, type Undone } from './kind.ts';
import { restoreStandings, standingsSince } from './told-standings.ts';

const TYPES: Readonly<Record<string, string>> = { birth_date: 'date', active: 'boolean' };

/**
 * What stands on a staff list that was applied: later imports of the same people, anything in any room about people
 * whom it brought, codes that opened their access, changes of theirs or of their posts by other hands.
 */
export async function dependantsOfPeople(tx: Tx, undone: Undone): Promise<Dependant[]> {
	const { agencyId, importId, appliedAt } = undone;
	const { rows } = await sql<{ changed: number; posts: number; access: number; standings: number }>`
		with own as materialized (
			select subject_id, outcome, changes from people.import_row
			where agency_id = ${agencyId} and import_id = ${importId} and outcome in ('new', 'changed')
		)
		select
			(select count(*)::int from own join people.person p on p.agency_id = ${agencyId} and p.id = own.subject_id
				where p.import_id = ${importId} and p.changed_at > ${appliedAt}) as changed,
			(select count(distinct own.subject_id)::int from own
				join people.posting j on j.agency_id = ${agencyId} and j.person_id = own.subject_id
				join people.person p on p.agency_id = ${agencyId} and p.id = own.subject_id and p.import_id = ${importId}
				where j.import_id is distinct from ${importId} and (own.outcome = 'new'
					or (j.valid_to is null and own.changes ?| array['unit', 'post_title', 'post_level', 'post_since']))) as posts,
			(select count(*)::int from platform.access_code c join own on own.subject_id = c.person_id
				where c.agency_id = ${agencyId} and own.outcome = 'new') as access,
			(${standingsSince(undone)}) as standings`.execute(tx);
	const found = rows[0] ?? { changed: 0, posts: 0, access: 0, standings: 0 };
	const followers = allFollowers();
	const followed = followers.flatMap(({ tables }) => tables);
	const dependants = [
		...(await laterImports(tx, undone)),
		...some('people.import.depends.changedSince', found.changed),
		...some('people.import.depends.posts', found.posts),
		...some('people.import.depends.standings', found.standings),
		...some('people.import.depends.access', found.access),
		...(await referringRows(tx, undone, 'people.person', ['people.posting', ...followed]))
	];
	for (const follower of followers) dependants.push(...(await follower.dependants(tx, undone)));
	return dependants;
}

/** People whom the list brought are gone again, the others and their posts are as they were. */
export async function undoPeople(tx: Tx, undone: Undone): Promise<void> {
	const { agencyId, importId } = undone;
	const own = (outcome: 'new' | 'changed') => sql`ir.agency_id = ${agencyId} and ir.import_id = ${importId}
		and ir.outcome = ${sql.lit(outcome)}`;
	await sql`select people.import_forget(${agencyId}::uuid, ${importId}::uuid)`.execute(tx);
	for (const follower of allFollowers()) await follower.forget(tx, undone);
	await sql`delete from people.posting j using people.import_row ir
		where ${own('new')} and j.agency_id = ${agencyId} and j.person_id = ir.subject_id`.execute(tx);
	await sql`delete from people.posting j using people.import_row ir
		where ${own('changed')} and j.agency_id = ${agencyId} and j.person_id = ir.subject_id
			and j.import_id = ${importId} and j.id is distinct from (ir.before -> 'post' ->> 'id')::uuid`.execute(tx);
	await sql`update people.posting j set unit_id = b.unit_id, title = b.title, kind = b.kind, level = b.level,
			is_head = b.is_head, valid_from = b.valid_from, valid_to = null, import_id = b.import_id, import_row = b.import_row
		from people.import_row ir, jsonb_to_record(ir.before -> 'post') as b(id uuid, unit_id uuid, title text, kind text,
			level text, is_head boolean, valid_from date, import_id uuid, import_row integer)
		where ${own('changed')} and j.agency_id = ${agencyId} and j.id = b.id
			and ir.changes ?| array['unit', 'post_title', 'post_level', 'post_since']`.execute(tx);
	const set = sql.join(
		PERSON_FIELDS.map(({ name }) => {
			const old = sql`(ir.changes -> ${sql.lit(name)} ->> 'from')::${sql.raw(TYPES[name] ?? 'text')}`;
			return sql`${sql.ref(name)} = case when ir.changes ? ${sql.lit(name)} then ${old} else p.${sql.ref(name)} end`;
		})
	);
	await sql`update people.person p set ${set},
			import_id = (ir.before ->> 'import_id')::uuid, import_row = (ir.before ->> 'import_row')::integer,
			changed_at = (ir.before ->> 'changed_at')::timestamptz
		from people.import_row ir
		where ${own('changed')} and p.agency_id = ${agencyId} and p.id = ir.subject_id`.execute(tx);
	await restoreStandings(tx, undone);
	await sql`delete from people.person p using people.import_row ir
		where ${own('new')} and p.agency_id = ${agencyId} and p.id = ir.subject_id`.execute(tx);
}
