import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '#platform/db/db.ts';
import { OUTCOMES, type Outcome } from '../../model.ts';
import { importKind } from '../import/kind.ts';
import '../import/kinds.ts';

/** What can be opened behind the numbers of a dry run. */
export const SHOWN = [...OUTCOMES, 'warnings', 'missing'] as const;
export type Shown = (typeof SHOWN)[number];
export const isShown = (text: string | null): text is Shown => SHOWN.some((shown) => shown === text);

export const Problems = z.array(
	z.object({
		column: z.string(),
		value: z.string().nullable(),
		code: z.string(),
		params: z.record(z.string(), z.union([z.string(), z.number()])),
		warning: z.boolean().optional()
	})
);
export type ShownProblem = z.output<typeof Problems>[number];
const Changes = z.record(
	z.string(),
	z.object({ from: z.string().nullable().default(null), to: z.string().nullable().default(null) })
);

export type ImportRowShown = {
	row: number | null;
	/** Which of the things that the row says. */
	part: number;
	label: string;
	outcome: Outcome | 'missing';
	subjectId: string | null;
	/** Its page, once it exists. */
	href: string | null;
	changes: { field: string; from: string | null; to: string | null }[];
	problems: ShownProblem[];
};

type StoredRow = Omit<ImportRowShown, 'changes' | 'problems' | 'outcome'> & {
	outcome: Outcome;
	changes: unknown;
	problems: unknown;
	total: number;
};

/** Which rows: `field` of what changed, `code` of what is wrong, `search` in names and NIP. */
export type RowFilter = { field?: string | undefined; code?: string | undefined; search?: string };
type Window = { size: number; offset: number };

const kindOf = (shown: Exclude<Shown, 'missing'>) =>
	shown === 'warnings' ? sql`r.outcome <> 'wrong' and r.problems is not null` : sql`r.outcome = ${shown}`;

/** Rows of one kind in the order of the file, and how many there are. The caller has asked `importSheet` first. */
export async function importRows(
	db: Db,
	importId: string,
	{ kind, shown }: { kind: string; shown: Exclude<Shown, 'missing'> },
	{ size, offset }: Window,
	{ field, code, search = '' }: RowFilter = {}
): Promise<{ rows: ImportRowShown[]; total: number }> {
	const label = sql`coalesce(nullif(r.label, ''), k.label, '')`;
	const { rows } = await sql<StoredRow>`
		select r.row_number as row, r.part, ${label} as label, r.outcome, r.subject_id as "subjectId", k.href, r.changes, r.problems,
			count(*) over ()::int as total
		from people.import_row r
		left join ${importKind(kind).subjects} k on k.agency_id = r.agency_id and k.id = r.subject_id
		where r.agency_id = (select platform.current_agency()) and r.import_id = ${importId} and ${kindOf(shown)}
			${field === undefined ? sql`` : sql`and r.changes ? ${field}`}
			${code === undefined ? sql`` : sql`and r.problems @> ${JSON.stringify([{ code }])}::jsonb`}
			${search === '' ? sql`` : sql`and lower(${label}) like ${`%${likeText(search)}%`}`}
		order by r.row_number, r.part limit ${size} offset ${offset}`.execute(db);
	return {
		total: rows[0]?.total ?? 0,
		rows: rows.map(({ changes, problems, total: _total, ...row }) => ({
			...row,
			changes: Object.entries(Changes.parse(changes ?? {})).map(([name, change]) => ({
				field: name,
				...change
			})),
			problems: Problems.parse(problems ?? [])
		}))
	};
}

const likeText = (search: string): string => search.toLowerCase().replace(/[\\%_]/g, '\\$&');

/** `params`: facts for its sentence, as far as they are the same in all of its rows; else an ellipsis. */
export type Facet = { name: string; count: number; params: ShownProblem['params'] };
const Params = z.record(z.string(), z.union([z.string(), z.number()]));

/** What the rows can be narrowed to, most frequent first: fields that changed, or reasons for being wrong or odd. */
export async function importFacets(db: Db, importId: string, shown: Shown): Promise<Facet[]> {
	if (shown !== 'changed' && shown !== 'wrong' && shown !== 'warnings') return [];
	const each =
		shown === 'changed'
			? sql`(select field as name, '{}' as params from jsonb_object_keys(r.changes) as field)`
			: sql`(select distinct on (p ->> 'code') p ->> 'code' as name, (p -> 'params')::text as params from jsonb_array_elements(r.problems) p)`;
	const { rows } = await sql<{ name: string; count: number; first: string; last: string }>`
		select f.name, count(*)::int as count, min(f.params collate "C") as first, max(f.params collate "C") as last
		from people.import_row r cross join lateral ${each} f
		where r.agency_id = (select platform.current_agency()) and r.import_id = ${importId} and ${kindOf(shown)}
			and ${shown === 'changed' ? sql`r.changes is not null` : sql`r.problems is not null`}
		group by 1 order by 2 desc, 1`.execute(db);
	return rows.map(({ name, count, first, last }) => ({ name, count, params: common(first, last) }));
}

/** Facts of the first and the last in order: up to where they differ, all between say the same. */
function common(first: string, last: string): ShownProblem['params'] {
	const [from, to] = [first, last].map((text) => Object.entries(Params.parse(JSON.parse(text))));
	const differ = from?.findIndex(([, value], at) => value !== to?.[at]?.[1]) ?? -1;
	return Object.fromEntries(
		(from ?? []).map(([key, value], at) => [key, differ >= 0 && at >= differ ? '…' : value])
	);
}

/** What a whole file would name and this one does not: only shown, never removed. */
export async function missingFromFile(
	db: Db,
	importId: string,
	kind: string,
	{ size, offset }: Window,
	{ search = '' }: RowFilter = {}
): Promise<{ rows: ImportRowShown[]; total: number }> {
	const { expected } = importKind(kind);
	if (!expected) return { rows: [], total: 0 };
	const { rows } = await sql<{ subjectId: string; label: string; href: string; total: number }>`
		select k.id as "subjectId", k.label, k.href, count(*) over ()::int as total from ${expected} k
		where k.agency_id = (select platform.current_agency()) and not exists (
			select from people.import_row r
			where r.agency_id = k.agency_id and r.import_id = ${importId} and r.subject_id = k.id)
			${search === '' ? sql`` : sql`and lower(k.label) like ${`%${likeText(search)}%`}`}
		order by k.label limit ${size} offset ${offset}`.execute(db);
	return {
		total: rows[0]?.total ?? 0,
		rows: rows.map(({ total: _total, ...row }) => ({
			...row,
			row: null,
			part: 0,
			outcome: 'missing' as const,
			changes: [],
			problems: []
		}))
	};
}
