import { sql, type Expression } from 'kysely';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import type { RequiredRule } from '../../model.ts';

export type RequiredLevel = { postLevel: string; competencyId: string; level: number; ruleId: string };

/** Post level × competency on a day, for all post levels or one: what `competencies.required_on` answers. */
export async function requiredLevels(db: Db, on: string, postLevel?: string): Promise<RequiredLevel[]> {
	const { rows } = await sql<RequiredLevel>`
		select post_level as "postLevel", competency_id as "competencyId", level, rule_id as "ruleId"
		from competencies.required_on(${on}::date)
		where ${postLevel ?? null}::text is null or post_level = ${postLevel ?? null}
		order by post_level`.execute(db);
	return rows;
}

const rulesIn = (db: Db) =>
	db
		.selectFrom('competencies.required_level')
		.select(['id', 'post_title as postTitle', 'unit_kind as unitKind', 'post_level as postLevel'])
		.select(['post_kind as postKind', 'competency_id as competencyId', 'level', 'standard_id as standardId'])
		.select(['legal_basis as legalBasis', 'valid_from as validFrom', 'valid_to as validTo'])
		.where('agency_id', '=', sql<string>`platform.current_agency()`);

/** Every rule that ever held or will, newest first within the posts it is about: the ruleset with its legal basis. */
export const requiredRules = (db: Db): Promise<RequiredRule[]> =>
	rulesIn(db).orderBy('scope').orderBy('valid_from', 'desc').limit(5000).execute();

/** The rules of one day. */
export const rulesOn = (db: Db, on: string): Promise<RequiredRule[]> =>
	rulesIn(db)
		.where('valid_from', '<=', on)
		.where((where) => where.or([where('valid_to', 'is', null), where('valid_to', '>', on)]))
		.orderBy('scope')
		.orderBy('competency_id')
		.execute();

/** "Why this level?": one rule with its decree, and what it replaced. Refuses: missing. */
export async function ruleById(
	db: Db,
	id: string
): Promise<{ rule: RequiredRule; decree: string | null; earlier: RequiredRule[] }> {
	const rule = await rulesIn(db).where('id', '=', id).executeTakeFirst();
	if (rule === undefined) throw missing();
	const standard =
		rule.standardId === null
			? undefined
			: await db
					.selectFrom('competencies.standard')
					.select('name')
					.where('agency_id', '=', sql<string>`platform.current_agency()`)
					.where('id', '=', rule.standardId)
					.executeTakeFirst();
	const earlier = await rulesIn(db)
		.where('scope', '=', (eb) =>
			eb
				.selectFrom('competencies.required_level')
				.select('scope')
				.where('agency_id', '=', sql<string>`platform.current_agency()`)
				.where('id', '=', id)
		)
		.where('competency_id', 'is not distinct from', rule.competencyId)
		.where('id', '!=', id)
		.orderBy('valid_from', 'desc')
		.execute();
	return { rule, decree: standard?.name ?? null, earlier };
}

/** What is asked of one post on a day, in the order of the dictionaries, each with the rule that says so. */
export type AskedOfPost = { competencyId: string; level: number; rule: RequiredRule };

/** A post as rules see it; `unitId` tells the kinds of unit it lies in. */
export type Post = { title: string | null; level: string; kind: string; unitId: string | null };

export async function askedOfPost(db: Db, on: string, post: Post): Promise<AskedOfPost[]> {
	const found = await sql<{ competencyId: string; level: number; ruleId: string }>`
		select r.competency_id as "competencyId", r.level, r.rule_id as "ruleId"
		from competencies.required_of(${on}::date, array[lower(${post.title}::text)], array[${post.level}::text],
			array[${post.kind}::text], array[${kindsOf(post.unitId)}]) r`.execute(db);
	if (found.rows.length === 0) return [];
	const rules = await rulesIn(db)
		.where(
			'id',
			'in',
			found.rows.map(({ ruleId }) => ruleId)
		)
		.execute();
	const byId = new Map(rules.map((rule) => [rule.id, rule]));
	return found.rows.flatMap(({ competencyId, level, ruleId }) => {
		const rule = byId.get(ruleId);
		return rule === undefined ? [] : [{ competencyId, level, rule }];
	});
}

const kindsOf = (unitId: string | null): Expression<string> =>
	unitId === null
		? sql<string>`'/'`
		: sql<string>`coalesce((select k.kinds from competencies.unit_kinds() k where k.unit_id = ${unitId}), '/')`;

export type PostOfPerson = Post & { personId: string; name: string; title: string; unitName: string };

/** The post that somebody holds today; asks nobody's permission. Refuses: nobody who works here. */
export async function postOfPerson(db: Db, personId: string): Promise<PostOfPerson> {
	const row = await db
		.selectFrom('people.staff')
		.select(['person_id as personId', 'name', 'post_title as title', 'post_level as level'])
		.select(['post_kind as kind', 'unit_id as unitId', 'unit_name as unitName'])
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('person_id', '=', personId)
		.executeTakeFirst();
	if (row === undefined) throw missing();
	return row;
}

/** Titles that rules in force name: posts that somebody may be compared with. */
export async function titlesNamed(db: Db, on: string): Promise<{ title: string; level: string }[]> {
	const { rows } = await sql<{ title: string; level: string }>`
		select min(s.post_title) as title, min(s.post_level) as level
		from people.staff s
		where s.agency_id = (select platform.current_agency()) and lower(s.post_title) in (
			select lower(r.post_title) from competencies.required_level r
			where r.agency_id = (select platform.current_agency()) and r.post_title is not null
				and r.valid_from <= ${on}::date and (r.valid_to is null or r.valid_to > ${on}::date)
		)
		group by lower(s.post_title) order by 1 limit 500`.execute(db);
	return rows;
}

/** Kinds of unit that stand today, for the choices of an editor. */
export async function unitKindsInUse(db: Db): Promise<string[]> {
	const rows = await db
		.selectFrom('people.unit')
		.select('kind')
		.distinct()
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('valid_to', 'is', null)
		.orderBy('kind')
		.execute();
	return rows.map(({ kind }) => kind);
}

/** Titles of posts held today, the most frequent first, for the choices of an editor. */
export async function titlesInUse(db: Db): Promise<{ title: string; people: number }[]> {
	const { rows } = await sql<{ title: string; people: number }>`
		select min(s.post_title) as title, count(*)::int as people from people.staff s
		where s.agency_id = (select platform.current_agency())
		group by lower(s.post_title) order by 2 desc, 1 limit 1000`.execute(db);
	return rows;
}

/** Of these titles, those that nobody holds today, as most slips of the pen do; each once, as it is written. */
export async function titlesNobodyHolds(db: Db, titles: readonly (string | null)[]): Promise<string[]> {
	const named = [...new Set(titles)].filter((title) => title !== null);
	if (named.length === 0) return [];
	const { rows } = await sql<{ title: string }>`
		select t.title from unnest(${named}::text[]) with ordinality as t (title, place)
		where not exists (select from people.staff s
			where s.agency_id = (select platform.current_agency()) and lower(s.post_title) = lower(t.title))
		order by t.place`.execute(db);
	return rows.map(({ title }) => title);
}
