import { sql } from 'kysely';
import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { unfinishedJob } from '#platform/jobs/jobs.ts';
import { canImport } from '../../access.ts';
import { OUTCOMES, type ImportCounts, type Outcome } from '../../model.ts';

const Counts = z.object({
	rows: z.number(),
	new: z.number(),
	changed: z.number(),
	unchanged: z.number(),
	wrong: z.number(),
	warnings: z.number(),
	skipped: z.number(),
	missing: z.number()
}) satisfies z.ZodType<ImportCounts>;
const Columns = z.object({
	used: z.array(z.object({ name: z.string(), header: z.string() })),
	dropped: z.array(z.string()),
	absent: z.array(z.string()),
	sheetName: z.string(),
	headerRow: z.number()
});
const Problems = z.array(
	z.object({
		column: z.string(),
		value: z.string().nullable(),
		code: z.string(),
		params: z.record(z.string(), z.union([z.string(), z.number()])),
		warning: z.boolean().optional()
	})
);
const Changes = z.record(z.string(), z.object({ from: z.string().nullable(), to: z.string().nullable() }));

export type ShownProblem = z.output<typeof Problems>[number];
type ImportLine = {
	id: string;
	kind: 'units' | 'people';
	fileName: string;
	status: string;
	createdAt: Date;
	appliedAt: Date | null;
	appliedBy: string | null;
	counts: unknown;
	columns: unknown;
};

const LINE = sql`i.id, i.kind, i.file_name as "fileName", i.status, i.created_at as "createdAt", i.applied_at as "appliedAt",
	i.applied_by as "appliedBy", i.counts, i.columns`;

/** Imports, newest first. Refuses (as missing): who may not import. */
export async function importList(db: Db, actor: Actor, { size, offset }: { size: number; offset: number }) {
	if (!canImport(actor)) throw missing();
	const { rows } = await sql<ImportLine & { total: number }>`
		select ${LINE}, count(*) over ()::int as total from people.import i
		where i.agency_id = (select platform.current_agency()) order by i.created_at desc, i.id desc
		limit ${size} offset ${offset}`.execute(db);
	const units = await sql<{ known: boolean }>`select exists (
		select from people.unit where agency_id = (select platform.current_agency()) and external_id is not null) as known`.execute(
		db
	);
	return {
		imports: rows.map(({ total: _total, columns: _columns, ...line }) => ({
			...line,
			counts: Counts.parse(line.counts)
		})),
		total: rows[0]?.total ?? 0,
		hasUnits: units.rows[0]?.known ?? false
	};
}

/** What can be opened behind the numbers of a dry run. */
export const SHOWN = [...OUTCOMES, 'warnings', 'missing'] as const;
export type Shown = (typeof SHOWN)[number];
export const isShown = (text: string | null): text is Shown => SHOWN.some((shown) => shown === text);

export async function importSheet(db: Db, actor: Actor, importId: string) {
	if (!canImport(actor)) throw missing();
	const { rows } = await sql<ImportLine>`
		select ${LINE} from people.import i
		where i.agency_id = (select platform.current_agency()) and i.id = ${importId}`.execute(db);
	const line = rows[0];
	if (!line) throw missing();
	return { ...line, counts: Counts.parse(line.counts), columns: Columns.parse(line.columns) };
}

/** The job that is applying this import now, if any: its address for whoever asked for it, the name for the others. */
export async function applyingJob(db: Db, actor: Actor, importId: string) {
	const job = await unfinishedJob(db, actor, 'people.applyImport', { importId });
	return job ? { by: job.by, href: job.own ? `/jobs/${job.id}` : null } : null;
}

export type ImportRowShown = {
	row: number | null;
	label: string;
	outcome: Outcome | 'missing';
	subjectId: string | null;
	changes: { field: string; from: string | null; to: string | null }[];
	problems: ShownProblem[];
};

type StoredRow = {
	row: number;
	label: string;
	outcome: Outcome;
	subjectId: string | null;
	changes: unknown;
	problems: unknown;
};

/** Rows of one kind in the order of the file. The caller has asked `importSheet` first. */
export async function importRows(
	db: Db,
	importId: string,
	shown: Exclude<Shown, 'missing'>,
	{ size, offset }: { size: number; offset: number }
): Promise<ImportRowShown[]> {
	const kind =
		shown === 'warnings' ? sql`r.outcome <> 'wrong' and r.problems is not null` : sql`r.outcome = ${shown}`;
	const { rows } = await sql<StoredRow>`
		select r.row_number as row, r.label, r.outcome, r.subject_id as "subjectId", r.changes, r.problems
		from people.import_row r
		where r.agency_id = (select platform.current_agency()) and r.import_id = ${importId} and ${kind}
		order by r.row_number limit ${size} offset ${offset}`.execute(db);
	return rows.map(({ changes, problems, ...row }) => ({
		...row,
		changes: Object.entries(Changes.parse(changes ?? {})).map(([field, change]) => ({ field, ...change })),
		problems: Problems.parse(problems ?? [])
	}));
}

/** People at work, or units standing, that the file does not name: only shown, never removed. */
export async function missingFromFile(
	db: Db,
	importId: string,
	kind: 'units' | 'people',
	{ size, offset }: { size: number; offset: number }
): Promise<ImportRowShown[]> {
	const known =
		kind === 'people'
			? sql`(select p.id, p.name || coalesce(' · ' || p.nip, '') as label, p.agency_id from people.person p where p.active and p.employment_kind <> 'OFFICIAL')`
			: sql`(select u.id, u.name || coalesce(' · ' || u.code, '') as label, u.agency_id from people.unit u where u.valid_to is null)`;
	const { rows } = await sql<{ subjectId: string; label: string }>`
		select k.id as "subjectId", k.label from ${known} k
		where k.agency_id = (select platform.current_agency()) and not exists (
			select from people.import_row r
			where r.agency_id = k.agency_id and r.import_id = ${importId} and r.subject_id = k.id)
		order by k.label limit ${size} offset ${offset}`.execute(db);
	return rows.map((row) => ({ ...row, row: null, outcome: 'missing' as const, changes: [], problems: [] }));
}
