import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canEditStandards } from '../../access.ts';
import { standardStatus, type PostScope, type StandardStatus } from '../../model.ts';

export type Standard = {
	id: string;
	name: string;
	legalBasis: string;
	validFrom: string;
	status: StandardStatus;
	rules: number;
};

const standards = (db: Db) =>
	db
		.selectFrom('competencies.standard as s')
		.select(['s.id', 's.name', 's.legal_basis as legalBasis', 's.valid_from as validFrom', 's.status'])
		.select((eb) =>
			eb
				.selectFrom('competencies.standard_rule as r')
				.select(sql<number>`count(*)::int`.as('n'))
				.whereRef('r.agency_id', '=', 's.agency_id')
				.whereRef('r.standard_id', '=', 's.id')
				.as('rules')
		)
		.where('s.agency_id', '=', sql<string>`platform.current_agency()`);

/** Decrees on standards, the latest first; drafts only for whoever may edit them. */
export async function standardsFor(db: Db, actor: Actor): Promise<Standard[]> {
	const rows = await standards(db)
		.$if(!canEditStandards(actor), (query) => query.where('s.status', '=', 'in_force'))
		.orderBy('s.status')
		.orderBy('s.valid_from', 'desc')
		.limit(500)
		.execute();
	return rows.map((row) => ({ ...row, rules: row.rules ?? 0, status: standardStatus(row.status) }));
}

/** One decree. Refuses: missing, also for a draft that is not the actor's to edit. */
export async function standardById(db: Db, actor: Actor, id: string): Promise<Standard> {
	const row = await standards(db).where('s.id', '=', id).executeTakeFirst();
	if (row === undefined || (row.status === 'draft' && !canEditStandards(actor))) throw missing();
	return { ...row, rules: row.rules ?? 0, status: standardStatus(row.status) };
}

export type StandardRule = PostScope & { id: string; competencyId: string | null; level: number };

/** The rules of a decree in the order of the posts they are about. */
export const rulesOf = (db: Db, standardId: string): Promise<StandardRule[]> =>
	db
		.selectFrom('competencies.standard_rule')
		.select(['id', 'post_title as postTitle', 'unit_kind as unitKind', 'post_level as postLevel'])
		.select(['post_kind as postKind', 'competency_id as competencyId', 'level'])
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('standard_id', '=', standardId)
		.orderBy('scope')
		.orderBy('competency_id')
		.execute();

/** All competencies that a rule may name: of the versions in force and of drafts, with the code of the latest. */
export async function competenciesToName(
	db: Db
): Promise<{ id: string; code: string; name: string; family: string }[]> {
	const { rows } = await sql<{ id: string; code: string; name: string; family: string }>`
		select distinct on (e.competency_id) e.competency_id as id, e.code, e.name, e.family
		from competencies.edition e
		join competencies.dictionary d on d.agency_id = e.agency_id and d.id = e.dictionary_id
		where e.agency_id = (select platform.current_agency()) and d.status in ('in_force', 'draft')
		order by e.competency_id, d.status desc`.execute(db);
	return rows.toSorted((a, b) => (a.code < b.code ? -1 : 1));
}
