import { sql } from 'kysely';
import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canEditStandards } from '../../access.ts';
import {
	dictionaryKind,
	dictionaryStatus,
	familyOf,
	type DictionaryKind,
	type DictionaryStatus,
	type Edition,
	type Family,
	type LevelText
} from '../../model.ts';

const Indicators = z.array(z.string());

export type Competency = {
	id: string;
	code: string;
	family: Family;
	area: string | null;
	name: string;
	nameEn: string;
	definition: string;
};
export type Level = LevelText;
export type Dictionary = { name: string; legalBasis: string; validFrom: string; competencies: Competency[] };

/**
 * What is in force on a day with its competencies in order, the national dictionary first: name, legal basis and date
 * are its own. Missing when there is none.
 */
export async function dictionaryOn(db: Db, on: string): Promise<Dictionary> {
	const rows = await db
		.selectFrom('competencies.dictionary as d')
		.innerJoin('competencies.edition as e', (join) =>
			join.onRef('e.agency_id', '=', 'd.agency_id').onRef('e.dictionary_id', '=', 'd.id')
		)
		.select(['d.name as dictionary', 'd.legal_basis', 'd.valid_from'])
		.select(['e.competency_id as id', 'e.code', 'e.family', 'e.area', 'e.name', 'e.name_en', 'e.definition'])
		.where('d.agency_id', '=', sql<string>`platform.current_agency()`)
		.where('d.status', '!=', 'draft')
		.where('d.valid_from', '<=', on)
		.where((where) => where.or([where('d.valid_to', 'is', null), where('d.valid_to', '>', on)]))
		.orderBy('d.family')
		.orderBy('e.sort')
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
			family: familyOf(row.family),
			area: row.area,
			name: row.name,
			nameEn: row.name_en,
			definition: row.definition
		}))
	};
}

export type Version = {
	id: string;
	kind: DictionaryKind;
	number: number;
	status: DictionaryStatus;
	name: string;
	legalBasis: string;
	validFrom: string;
	validTo: string | null;
	note: string;
	basedOn: string | null;
	competencies: number;
};

const versionRows = (db: Db) =>
	db
		.selectFrom('competencies.dictionary as d')
		.select(['d.id', 'd.family as kind', 'd.number', 'd.status', 'd.name', 'd.note'])
		.select(['d.legal_basis as legalBasis', 'd.valid_from as validFrom', 'd.valid_to as validTo'])
		.select('d.based_on as basedOn')
		.select((eb) =>
			eb
				.selectFrom('competencies.edition as e')
				.select(sql<number>`count(*)::int`.as('n'))
				.whereRef('e.agency_id', '=', 'd.agency_id')
				.whereRef('e.dictionary_id', '=', 'd.id')
				.as('competencies')
		)
		.where('d.agency_id', '=', sql<string>`platform.current_agency()`);

type VersionRow = Awaited<ReturnType<ReturnType<typeof versionRows>['executeTakeFirstOrThrow']>>;
const versionOf = (row: VersionRow): Version => ({
	...row,
	kind: dictionaryKind(row.kind),
	status: dictionaryStatus(row.status),
	competencies: row.competencies ?? 0
});

/** Every version of both dictionaries, newest first; drafts only for whoever may edit them. */
export async function versionsFor(db: Db, actor: Actor): Promise<Version[]> {
	const rows = await versionRows(db)
		.$if(!canEditStandards(actor), (query) => query.where('d.status', '!=', 'draft'))
		.orderBy('d.family')
		.orderBy('d.number', 'desc')
		.execute();
	return rows.map(versionOf);
}

/** One version. Refuses: missing, also for a draft that is not the actor's to edit. */
export async function versionById(db: Db, actor: Actor, id: string): Promise<Version> {
	const row = await versionRows(db).where('d.id', '=', id).executeTakeFirst();
	if (row === undefined || (row.status === 'draft' && !canEditStandards(actor))) throw missing();
	return versionOf(row);
}

/** All that a version says, in its order. Asks nobody's permission: `versionById` does. */
export async function editionsOf(db: Db, dictionaryId: string): Promise<Edition[]> {
	const editions = await db
		.selectFrom('competencies.edition')
		.select(['competency_id', 'code', 'family', 'area', 'name', 'name_en', 'definition'])
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('dictionary_id', '=', dictionaryId)
		.orderBy('sort')
		.orderBy('code')
		.execute();
	const levels = await db
		.selectFrom('competencies.edition_level')
		.select(['competency_id', 'level', 'headline', 'indicators'])
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('dictionary_id', '=', dictionaryId)
		.orderBy('level')
		.execute();
	const byCompetency = Map.groupBy(levels, (row) => row.competency_id);
	return editions.map((row) => ({
		competencyId: row.competency_id,
		code: row.code,
		family: familyOf(row.family),
		area: row.area,
		name: row.name,
		nameEn: row.name_en,
		definition: row.definition,
		levels: (byCompetency.get(row.competency_id) ?? []).map(levelText)
	}));
}

const levelText = (row: { level: number; headline: string; indicators: unknown }): LevelText => ({
	level: row.level,
	headline: row.headline,
	indicators: Indicators.parse(row.indicators)
});

export type CompetencyInTime = Competency & {
	levels: Level[];
	legalBasis: string;
	/** Every version that has it, newest first: the same competency under whatever name. */
	history: {
		dictionaryId: string;
		number: number;
		code: string;
		name: string;
		legalBasis: string;
		validFrom: string;
		validTo: string | null;
	}[];
};

/** One competency as the version in force describes it (or the last that had it), with its way through the versions. */
export async function competencyById(db: Db, id: string): Promise<CompetencyInTime> {
	const rows = await db
		.selectFrom('competencies.edition as e')
		.innerJoin('competencies.dictionary as d', (join) =>
			join.onRef('d.agency_id', '=', 'e.agency_id').onRef('d.id', '=', 'e.dictionary_id')
		)
		.select(['e.dictionary_id', 'e.code', 'e.family', 'e.area', 'e.name', 'e.name_en', 'e.definition'])
		.select(['d.legal_basis', 'd.valid_from', 'd.valid_to', 'd.number'])
		.where('e.agency_id', '=', sql<string>`platform.current_agency()`)
		.where('e.competency_id', '=', id)
		.where('d.status', '!=', 'draft')
		.orderBy('d.number', 'desc')
		.execute();
	const [now] = rows;
	if (now === undefined) throw missing();
	return {
		id,
		code: now.code,
		family: familyOf(now.family),
		area: now.area,
		name: now.name,
		nameEn: now.name_en,
		definition: now.definition,
		legalBasis: now.legal_basis,
		levels: (await levelsOfAll(db, [id])).get(id) ?? [],
		history: rows.map((row) => ({
			dictionaryId: row.dictionary_id,
			number: row.number,
			code: row.code,
			name: row.name,
			legalBasis: row.legal_basis,
			validFrom: row.valid_from,
			validTo: row.valid_to
		}))
	};
}

/** Levels of several competencies in one read, by competency: as the version in force describes them. */
export async function levelsOfAll(db: Db, competencyIds: readonly string[]): Promise<Map<string, Level[]>> {
	if (competencyIds.length === 0) return new Map();
	const rows = await db
		.selectFrom('competencies.competency as c')
		.innerJoin('competencies.edition_level as l', (join) =>
			join
				.onRef('l.agency_id', '=', 'c.agency_id')
				.onRef('l.dictionary_id', '=', 'c.dictionary_id')
				.onRef('l.competency_id', '=', 'c.id')
		)
		.select(['l.competency_id', 'l.level', 'l.headline', 'l.indicators'])
		.where('c.agency_id', '=', sql<string>`platform.current_agency()`)
		.where('c.id', 'in', competencyIds)
		.orderBy('l.level')
		.execute();
	const levels = new Map<string, Level[]>(competencyIds.map((id) => [id, []]));
	for (const row of rows) levels.get(row.competency_id)?.push(levelText(row));
	return levels;
}
