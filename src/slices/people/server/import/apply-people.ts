import { sql } from 'kysely';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import type { Applied, Progress } from './kind.ts';
import { PERSON_FIELDS, PERSON_RECORD } from './fields.ts';
import { STANDING_BEFORE, tellStandings } from './told-standings.ts';

/** Rows of the file from one number to another, both counted in, and how many of them are to be written. */
type Slice = { from: number; to: number; rows: number };
type AppliedSlice = Applied & Slice;

// Large enough that the statements of a slice cost little more than those of the whole file would.
const SLICE_ROWS = 2000;

/**
 * Writes a checked staff list: new people, changed people, and their posts with history. A post that changed closes
 * the old one on the new one's TMT; the same post with another TMT, or another post with the same TMT, is a correction
 * in place. Posts that no file brought (an administrator made at first run) are replaced. Nobody is ever removed.
 * Goes through the file slice by slice so that `progress` has something to tell; a person stands in one row only.
 */
export async function applyPeople(tx: Tx, applied: Applied, progress: Progress): Promise<void> {
	await readRows(tx, applied);
	const slices = await slicesOf(tx);
	const total = slices.reduce((sum, { rows }) => sum + rows, 0);
	let done = 0;
	await progress(done, total);
	for (const slice of slices) {
		await applySlice(tx, { ...applied, ...slice });
		done += slice.rows;
		await progress(done, total);
	}
}

async function applySlice(tx: Tx, slice: AppliedSlice): Promise<void> {
	await rememberPeople(tx, slice);
	await insertPeople(tx, slice);
	// While import_id still tells who has never been in a file: their posts are replaced, not closed.
	await closePosts(tx, slice);
	await correctPosts(tx, slice);
	await openPosts(tx, slice);
	await updatePeople(tx, slice);
	await tellStandings(tx, slice.agencyId, rowsOf(slice));
}

/**
 * The rows to be written as columns, with the unit that each names: six statements read them, and taking a row's JSON apart
 * costs as much as writing it. `provisional`: whom no file has brought yet, as it was before this one.
 */
async function readRows(tx: Tx, { agencyId, importId }: Applied): Promise<void> {
	await sql`create temporary table applied_row on commit drop as
		select ir.subject_id, ir.row_number, ir.outcome, ir.changes, d.*, u.id as new_unit_id, p.id is not null and p.import_id is null as provisional
		from people.import_row ir
		cross join lateral jsonb_to_record(ir.data) as ${PERSON_RECORD}
		left join people.unit u on u.agency_id = ir.agency_id and u.external_id = d.unit
		left join people.person p on p.agency_id = ir.agency_id and p.id = ir.subject_id
		where ir.agency_id = ${agencyId} and ir.import_id = ${importId} and ir.outcome in ('new', 'changed')`.execute(
		tx
	);
	await sql`create index on pg_temp.applied_row (row_number)`.execute(tx);
	await sql`analyze pg_temp.applied_row`.execute(tx);
}

async function slicesOf(tx: Tx): Promise<Slice[]> {
	const { rows } = await sql<Slice>`
		select min(row_number) as "from", max(row_number) as "to", count(*)::int as rows
		from (select row_number, (row_number() over (order by row_number) - 1) / ${SLICE_ROWS} as slice from pg_temp.applied_row) as r
		group by slice order by slice`.execute(tx);
	return rows;
}

const rowsOf = ({ from, to }: Slice, outcome?: 'new' | 'changed') =>
	sql`(select * from pg_temp.applied_row where row_number between ${from} and ${to}
		${outcome === undefined ? sql`` : sql`and outcome = ${sql.lit(outcome)}`}) as n`;

/** What undoing needs beyond the changed fields: who wrote the person last, and the post of that time. */
async function rememberPeople(tx: Tx, { agencyId, importId, from, to }: AppliedSlice): Promise<void> {
	await sql`update people.import_row ir set before = jsonb_build_object('import_id', p.import_id, 'import_row', p.import_row,
			'changed_at', p.changed_at,
			'post', case when j.id is not null then jsonb_build_object('id', j.id, 'unit_id', j.unit_id, 'title', j.title,
				'kind', j.kind, 'level', j.level, 'is_head', j.is_head, 'valid_from', j.valid_from,
				'import_id', j.import_id, 'import_row', j.import_row) end,
			'standing', ${STANDING_BEFORE})
		from people.person p
		left join people.posting j on j.agency_id = p.agency_id and j.person_id = p.id and j.valid_to is null
		where ir.agency_id = ${agencyId} and ir.import_id = ${importId} and ir.row_number between ${from} and ${to}
			and ir.outcome = 'changed' and p.agency_id = ${agencyId} and p.id = ir.subject_id`.execute(tx);
}

async function insertPeople(tx: Tx, applied: AppliedSlice): Promise<void> {
	const columns = sql.join(PERSON_FIELDS.map(({ name }) => sql.ref(name)));
	const values = sql.join(PERSON_FIELDS.map(({ name }) => sql`n.${sql.ref(name)}`));
	await sql`insert into people.person (agency_id, id, ${columns}, import_id, import_row, created_at, changed_at)
		select ${applied.agencyId}, n.subject_id, ${values}, ${applied.importId}, n.row_number, ${applied.now}, ${applied.now}
		from ${rowsOf(applied, 'new')}`.execute(tx);
}

async function closePosts(tx: Tx, applied: AppliedSlice): Promise<void> {
	await sql`update people.posting j set valid_to = n.post_since, is_head = false from ${rowsOf(applied, 'changed')}
		where j.agency_id = ${applied.agencyId} and j.person_id = n.subject_id and j.valid_to is null and not n.provisional
			and (j.unit_id, j.title, j.level) is distinct from (n.new_unit_id, n.post_title, n.post_level)
			and n.new_unit_id is not null and n.post_since > j.valid_from`.execute(tx);
}

async function correctPosts(tx: Tx, applied: AppliedSlice): Promise<void> {
	await sql`update people.posting j
		set unit_id = n.new_unit_id, title = n.post_title, kind = n.post_kind, level = n.post_level, valid_from = n.post_since,
			import_id = ${applied.importId}, import_row = n.row_number
		from ${rowsOf(applied, 'changed')}
		where j.agency_id = ${applied.agencyId} and j.person_id = n.subject_id and j.valid_to is null and n.new_unit_id is not null
			and (j.unit_id, j.title, j.kind, j.level, j.valid_from)
				is distinct from (n.new_unit_id, n.post_title, n.post_kind, n.post_level, n.post_since)`.execute(tx);
}

async function openPosts(tx: Tx, applied: AppliedSlice): Promise<void> {
	const ids = Array.from({ length: applied.rows }, () => newId(applied.now.getTime()));
	await sql`with opened as (
			select n.*, row_number() over (order by n.row_number) as nth from ${rowsOf(applied)}
			where n.new_unit_id is not null and not exists (
				select from people.posting j
				where j.agency_id = ${applied.agencyId} and j.person_id = n.subject_id and j.valid_to is null
			)
		)
		insert into people.posting (agency_id, id, person_id, unit_id, title, kind, level, valid_from, import_id, import_row)
		select ${applied.agencyId}, ids.id, o.subject_id, o.new_unit_id, o.post_title, o.post_kind, o.post_level, o.post_since,
			${applied.importId}, o.row_number
		from opened o join unnest(${ids}::uuid[]) with ordinality as ids(id, nth) on ids.nth = o.nth`.execute(tx);
}

async function updatePeople(tx: Tx, applied: AppliedSlice): Promise<void> {
	const fields = PERSON_FIELDS.filter(({ from }) => from.some((column) => applied.columns.has(column)));
	const set = sql.join(
		fields.map(({ name }) =>
			name === 'external_id'
				? sql`external_id = coalesce(n.external_id, p.external_id)`
				: sql`${sql.ref(name)} = n.${sql.ref(name)}`
		)
	);
	await sql`update people.person p
		set ${set}, import_id = ${applied.importId}, import_row = n.row_number, changed_at = ${applied.now}
		from ${rowsOf(applied, 'changed')}
		where p.agency_id = ${applied.agencyId} and p.id = n.subject_id`.execute(tx);
}
