import { sql } from 'kysely';
import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { unfinishedJob } from '#platform/jobs/jobs.ts';
import { canImport } from '../../access.ts';
import { allImportKinds, importKind } from '../import/kind.ts';
import '../import/kinds.ts';
import type { ImportCounts } from '../../model.ts';

export const Counts = z.object({
	rows: z.number(),
	new: z.number(),
	changed: z.number(),
	unchanged: z.number(),
	wrong: z.number(),
	warnings: z.number(),
	skipped: z.number(),
	missing: z.number()
}) satisfies z.ZodType<ImportCounts>;
export const Columns = z.object({
	used: z.array(z.object({ name: z.string(), header: z.string() })),
	dropped: z.array(z.string()),
	doubled: z.array(z.string()).default([]),
	otherSheets: z.array(z.string()).default([]),
	macros: z.boolean().default(false),
	absent: z.array(z.string()),
	sheetName: z.string(),
	headerRow: z.number()
});
type ImportLine = {
	id: string;
	kind: string;
	fileName: string;
	status: string;
	createdAt: Date;
	appliedAt: Date | null;
	appliedBy: string | null;
	undoneAt: Date | null;
	undoneBy: string | null;
	counts: unknown;
	columns: unknown;
};

const LINE = sql`i.id, i.kind, i.file_name as "fileName", i.status, i.created_at as "createdAt", i.applied_at as "appliedAt",
	i.applied_by as "appliedBy", i.undone_at as "undoneAt", i.undone_by as "undoneBy", i.counts, i.columns`;

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
			counts: Counts.parse(line.counts),
			label: importKind(line.kind).label
		})),
		kinds: allImportKinds().map(({ shape, label }) => ({ name: shape.name, label })),
		total: rows[0]?.total ?? 0,
		hasUnits: units.rows[0]?.known ?? false
	};
}

export async function importSheet(db: Db, actor: Actor, importId: string) {
	if (!canImport(actor)) throw missing();
	const { rows } = await sql<ImportLine>`
		select ${LINE} from people.import i
		where i.agency_id = (select platform.current_agency()) and i.id = ${importId}`.execute(db);
	const line = rows[0];
	if (!line) throw missing();
	const several = await sql<{ lines: number }>`
		select count(distinct r.row_number)::int as lines from people.import_row r
		where r.agency_id = (select platform.current_agency()) and r.import_id = ${importId}
		having max(r.part) > 0`.execute(db);
	const { label, fieldLabel, shown, expected } = importKind(line.kind);
	return {
		...line,
		counts: Counts.parse(line.counts),
		/** Rows of the file, where one says several things; null where rows and things are as many. */
		lines: several.rows[0]?.lines ?? null,
		columns: Columns.parse(line.columns),
		label,
		fieldLabel,
		valueWord: shown ?? ((_field: string, value: string) => value),
		isWhole: expected !== null
	};
}

/** The file of an import applied or undone since this one was compared with what is known; null: it still says what is so. */
export async function overtakenBy(db: Db, importId: string): Promise<string | null> {
	const { rows } = await sql<{ file: string }>`
		select o.file_name as file from people.import i
		join people.import o on o.agency_id = i.agency_id and (o.applied_at > i.checked_at or o.undone_at > i.checked_at)
		where i.agency_id = (select platform.current_agency()) and i.id = ${importId} and i.status = 'checked'
		order by greatest(o.applied_at, o.undone_at) desc limit 1`.execute(db);
	return rows[0]?.file ?? null;
}

/** Another import of the agency that is being applied or undone now, or waits for it; the oldest. */
export async function otherUnderWay(db: Db, importId: string): Promise<{ file: string; by: string } | null> {
	const { rows } = await sql<{ file: string; by: string }>`
		select i.file_name as file, j.actor ->> 'name' as by from platform.job j
		join people.import i on i.agency_id = j.agency_id and i.id = (j.input ->> 'importId')::uuid and i.id <> ${importId}
		where j.agency_id = (select platform.current_agency()) and j.kind in ('people.applyImport', 'people.undoImport')
			and j.status in ('waiting', 'running')
		order by j.created_at limit 1`.execute(db);
	return rows[0] ?? null;
}

/** The job that is applying or undoing this import now, if any: its address for whoever asked for it, the name for the others. */
export async function applyingJob(db: Db, actor: Actor, importId: string) {
	const job =
		(await unfinishedJob(db, actor, 'people.applyImport', { importId })) ??
		(await unfinishedJob(db, actor, 'people.undoImport', { importId }));
	return job ? { by: job.by, href: job.own ? `/jobs/${job.id}` : null } : null;
}
