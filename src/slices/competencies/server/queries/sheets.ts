import { sql } from 'kysely';
import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canEditStandards } from '../../access.ts';
import { compareEditions, type EditionChange } from '../../compare-editions.ts';
import { matchSheet } from '../../dictionary-sheet.ts';
import {
	FAMILIES,
	importKind,
	importStatus,
	type DictionaryKind,
	type Edition,
	type ImportKind,
	type ImportStatus
} from '../../model.ts';
import type { SheetProblem } from '../../sheet.ts';
import { differences, type RuleDifference } from '../../standards-sheet.ts';
import { editionsOf } from './dictionary.ts';
import { rulesOn } from './required.ts';

export const Problems = z.array(
	z.object({
		row: z.number(),
		column: z.string(),
		value: z.string(),
		code: z.string(),
		params: z.record(z.string(), z.union([z.string(), z.number()]))
	})
);
const Competencies = z.array(
	z.object({
		row: z.number(),
		code: z.string(),
		oldCode: z.string().nullable(),
		family: z.enum(FAMILIES),
		area: z.string().nullable(),
		name: z.string(),
		nameEn: z.string(),
		definition: z.string(),
		levels: z.array(z.object({ level: z.number(), headline: z.string(), indicators: z.array(z.string()) }))
	})
);
const Rules = z.array(
	z.object({
		row: z.number(),
		postTitle: z.string().nullable(),
		unitKind: z.string().nullable(),
		postLevel: z.string().nullable(),
		postKind: z.string().nullable(),
		competencyId: z.string().nullable(),
		level: z.number()
	})
);

export type SheetHead = {
	id: string;
	kind: ImportKind;
	fileName: string;
	status: ImportStatus;
	createdAt: Date;
	resultId: string | null;
};

/** Sheets that were brought, newest first. Refuses: missing, for whoever may not edit. */
export async function sheetsFor(db: Db, actor: Actor): Promise<SheetHead[]> {
	if (!canEditStandards(actor)) throw missing();
	const rows = await heads(db).orderBy('created_at', 'desc').limit(20).execute();
	return rows.map(headOf);
}

const heads = (db: Db) =>
	db
		.selectFrom('competencies.import')
		.select(['id', 'kind', 'file_name as fileName', 'status', 'created_at as createdAt'])
		.select('result_id as resultId')
		.where('agency_id', '=', sql<string>`platform.current_agency()`);

const headOf = <Row extends { kind: string; status: string }>(row: Row) => ({
	...row,
	kind: importKind(row.kind),
	status: importStatus(row.status)
});

/** What a sheet would do: to the draft of its dictionary (or the version in force), or to the rules in force. */
export type SheetEffect =
	| { kind: DictionaryKind; changes: EditionChange[]; problems: SheetProblem[] }
	| { kind: 'standards'; rules: RuleDifference[]; problems: SheetProblem[] };

/** One sheet and its dry run against what is known at this moment. Refuses: missing, for whoever may not edit. */
export async function sheetById(
	db: Db,
	actor: Actor,
	id: string,
	today: string
): Promise<{ head: SheetHead; effect: SheetEffect }> {
	const row = await heads(db).select(['rows', 'problems']).where('id', '=', id).executeTakeFirst();
	if (row === undefined || !canEditStandards(actor)) throw missing();
	const { rows, problems, ...head } = headOf(row);
	return { head, effect: await effectOf(db, head.kind, rows, Problems.parse(problems), today) };
}

export async function effectOf(
	db: Db,
	kind: ImportKind,
	rows: unknown,
	problems: SheetProblem[],
	today: string
): Promise<SheetEffect> {
	if (kind === 'standards')
		return { kind, rules: differences(await rulesOn(db, today), Rules.parse(rows)), problems };
	const known = await baseEditions(db, kind);
	const matched = matchSheet(known, Competencies.parse(rows));
	return {
		kind,
		changes: compareEditions(known, matched.editions),
		problems: [...problems, ...matched.problems]
	};
}

/** What applying a sheet builds on: the open draft, else the version in force, else nothing. */
async function baseEditions(db: Db, kind: DictionaryKind): Promise<Edition[]> {
	const base = await db
		.selectFrom('competencies.dictionary')
		.select('id')
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('family', '=', kind)
		.where('status', 'in', ['draft', 'in_force'])
		.orderBy('status')
		.executeTakeFirst();
	return base === undefined ? [] : editionsOf(db, base.id);
}
