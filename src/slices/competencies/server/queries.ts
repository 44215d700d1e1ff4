import { sql } from 'kysely';
import { z } from 'zod';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { FAMILIES, type Family, type RequiredRule } from '../model.ts';

const Indicators = z.array(z.string());
const familyOf = z.enum(FAMILIES);

export type Competency = {
	id: string;
	code: string;
	family: Family;
	name: string;
	nameEn: string;
	definition: string;
};
export type Level = { level: number; headline: string; indicators: string[] };
export type Dictionary = { name: string; legalBasis: string; validFrom: string; competencies: Competency[] };

/** The dictionary in force on a day with its competencies in order; missing when there is none. */
export async function dictionaryOn(db: Db, on: string): Promise<Dictionary> {
	const rows = await db
		.selectFrom('competencies.dictionary as d')
		.innerJoin('competencies.competency as c', (join) =>
			join.onRef('c.agency_id', '=', 'd.agency_id').onRef('c.dictionary_id', '=', 'd.id')
		)
		.select(['d.name as dictionary', 'd.legal_basis', 'd.valid_from'])
		.select(['c.id', 'c.code', 'c.family', 'c.name', 'c.name_en', 'c.definition'])
		.where('d.agency_id', '=', sql<string>`platform.current_agency()`)
		.where('d.valid_from', '<=', on)
		.where((where) => where.or([where('d.valid_to', 'is', null), where('d.valid_to', '>', on)]))
		.orderBy('c.sort')
		.execute();
	const [first] = rows;
	if (first === undefined) throw missing('competencies.dictionary.none');
	return {
		name: first.dictionary,
		legalBasis: first.legal_basis,
		validFrom: first.valid_from,
		competencies: rows.map((row) => ({
			id: row.id,
			code: row.code,
			family: familyOf.parse(row.family),
			name: row.name,
			nameEn: row.name_en,
			definition: row.definition
		}))
	};
}

/** One competency with its levels and indicators, whichever dictionary it belongs to. */
export async function competencyById(
	db: Db,
	id: string
): Promise<Competency & { levels: Level[]; legalBasis: string }> {
	const found = await db
		.selectFrom('competencies.competency as c')
		.innerJoin('competencies.dictionary as d', (join) =>
			join.onRef('d.agency_id', '=', 'c.agency_id').onRef('d.id', '=', 'c.dictionary_id')
		)
		.select(['c.id', 'c.code', 'c.family', 'c.name', 'c.name_en', 'c.definition', 'd.legal_basis'])
		.where('c.agency_id', '=', sql<string>`platform.current_agency()`)
		.where('c.id', '=', id)
		.executeTakeFirst();
	if (found === undefined) throw missing();
	return {
		id: found.id,
		code: found.code,
		family: familyOf.parse(found.family),
		name: found.name,
		nameEn: found.name_en,
		definition: found.definition,
		legalBasis: found.legal_basis,
		levels: (await levelsOfAll(db, [id])).get(id) ?? []
	};
}

/** Levels of several competencies in one read, by competency. */
export async function levelsOfAll(db: Db, competencyIds: readonly string[]): Promise<Map<string, Level[]>> {
	if (competencyIds.length === 0) return new Map();
	const rows = await db
		.selectFrom('competencies.level')
		.select(['competency_id', 'level', 'headline', 'indicators'])
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('competency_id', 'in', competencyIds)
		.orderBy('level')
		.execute();
	const levels = new Map<string, Level[]>(competencyIds.map((id) => [id, []]));
	for (const { competency_id, level, headline, indicators } of rows)
		levels.get(competency_id)?.push({ level, headline, indicators: Indicators.parse(indicators) });
	return levels;
}

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

/** Every rule that ever held or will, newest first within its post level: the ruleset with its legal basis. */
export async function requiredRules(db: Db): Promise<RequiredRule[]> {
	return db
		.selectFrom('competencies.required_level')
		.select(['id', 'post_level as postLevel', 'competency_id as competencyId', 'level'])
		.select(['legal_basis as legalBasis', 'valid_from as validFrom', 'valid_to as validTo'])
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.orderBy('post_level')
		.orderBy('valid_from', 'desc')
		.execute();
}
