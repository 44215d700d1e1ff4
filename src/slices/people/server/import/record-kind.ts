import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import type { CheckedRow } from '../../import/problem.ts';
import type { FileShape } from '../../import/shape.ts';
import type { Sheet } from '../../import/sheet.ts';
import { laterImports, referringRows, some } from './dependants.ts';
import type { Applied, Checking, ComparedRows, Dependant, ImportKind, Undone } from './kind.ts';
import { oneProblem } from './problem-sql.ts';

type FieldType =
	'text' | 'date' | 'smallint' | 'integer' | 'numeric' | `numeric(${number},${number})` | 'boolean' | 'uuid';

type Write = (rows: RawBuilder<unknown>) => RawBuilder<unknown>;

/** A column of the table that rows go to; `from`: columns of the file behind it, without any of which it is left alone. */
export type RecordField = { name: string; type: FieldType; from: readonly string[] };

/**
 * A kind whose rows are one row each in one table, about a person known by NIP. The table has, beside the fields, the
 * columns `agency_id, id, person_id, import_id, import_row`, and `identity` is unique in it for a person.
 */
export type RecordKind = {
	shape: FileShape;
	label: string;
	fieldLabel: (field: string) => string;
	shown?: ImportKind['shown'];
	/** Yields `data` of exactly the fields' names, and the person's NIP in `ids`. */
	check: (
		sheet: Sheet,
		known: Checking
	) => Iterable<CheckedRow<object>> | Promise<Iterable<CheckedRow<object>>>;
	table: string;
	fields: readonly RecordField[];
	/** Fields that make two rows of one person the same thing. */
	identity: readonly string[];
	/**
	 * Fields by which a known row is taken for the same thing said wrong: filled and equal in both, where neither the known
	 * row nor the file's has a twin. The row is then changed, its identity too.
	 */
	alike?: readonly string[];
	/**
	 * The room writes its own table: `insert into … ${rows}`, `update … t ${rows}`, `delete from … t ${rows}`. Without
	 * `update`, for tables that are never updated, a changed row is taken away and written anew under its id.
	 */
	write: Readonly<Record<'insert' | 'remove', Write>> & { readonly update?: Write };
	/** Tables that `beforeUndo` takes care of. */
	beside?: readonly string[];
	afterApply?: (tx: Tx, applied: Applied) => Promise<void>;
	/** While the rows are still there. */
	beforeUndo?: (tx: Tx, undone: Undone) => Promise<void>;
	dependants?: (tx: Tx, undone: Undone) => Promise<Dependant[]>;
};

/** A kind of file made of what is particular to it; comparing, applying and undoing are the same for all of these. */
export function recordKind(kind: RecordKind): ImportKind {
	return {
		shape: kind.shape,
		label: kind.label,
		fieldLabel: kind.fieldLabel,
		...(kind.shown ? { shown: kind.shown } : {}),
		check: async (sheet, known) => kind.check(sheet, known),
		compare: (tx, compared) => compareRecords(tx, kind, compared),
		apply: async (tx, applied, progress) => {
			const total = await rowsToWrite(tx, applied);
			await progress(0, total);
			await applyRecords(tx, kind, applied);
			await kind.afterApply?.(tx, applied);
			await progress(total, total);
		},
		dependants: async (tx, undone) => [
			...(await laterImports(tx, undone)),
			...some('people.import.depends.writtenSince', await writtenSince(tx, kind, undone)),
			...(await referringRows(tx, undone, kind.table, kind.beside ?? [])),
			...((await kind.dependants?.(tx, undone)) ?? [])
		],
		undo: async (tx, undone) => {
			await kind.beforeUndo?.(tx, undone);
			await undoRecords(tx, kind, undone);
		},
		subjects: sql`(select t.id, p.name || coalesce(' · ' || p.nip, '') as label, t.agency_id, '/people/' || p.id as href
			from ${sql.table(kind.table)} t join people.person p on p.agency_id = t.agency_id and p.id = t.person_id)`,
		expected: null
	};
}

const recordOf = ({ fields }: RecordKind) =>
	sql`d(${sql.join([sql`person_id uuid`, ...fields.map(({ name, type }) => sql`${sql.ref(name)} ${sql.raw(type)}`)])})`;

async function rowsToWrite(tx: Tx, { agencyId, importId }: Applied): Promise<number> {
	const { rows } = await sql<{ many: number }>`select count(*)::int as many from people.import_row
		where agency_id = ${agencyId} and import_id = ${importId} and outcome in ('new', 'changed')`.execute(tx);
	return rows[0]?.many ?? 0;
}

/** Wrong here: nobody has this NIP; another row of the file says the same thing. */
async function compareRecords(
	tx: Tx,
	kind: RecordKind,
	{ agencyId, importId, columns }: ComparedRows
): Promise<void> {
	const compared = kind.fields.filter(
		({ name, from }) =>
			(kind.alike !== undefined || !kind.identity.includes(name)) &&
			from.some((column) => columns.has(column))
	);
	const differs = sql.join([
		...compared.map(
			({ name }) =>
				sql`(${sql.lit(name)}, case when t.id is null then u.${sql.ref(name)}::text else t.${sql.ref(name)}::text end, m.${sql.ref(name)}::text)`
		),
		// So that a kind of identity alone still has a list.
		sql`('', null::text, null::text)`
	]);
	const same = sql.join(
		kind.identity.map((name) => sql`t.${sql.ref(name)} = m.${sql.ref(name)}`),
		sql` and `
	);
	const identity = sql.join(kind.identity.map((name) => sql`r.${sql.ref(name)}`));
	const alike = sql.join((kind.alike ?? kind.identity).map((name) => sql`r.${sql.ref(name)}`));
	await sql`
		with r as materialized (
			select r.row_number, r.part, r.label, r.wrong, r.problems, r.new_id, r.known_nip, r.data, r.cells, d.*
			from pg_temp.checked_row r
			left join lateral jsonb_to_record(r.data) as ${recordOf(kind)} on true
		), m as materialized (
			select r.*, p.id as owner, min(r.row_number) filter (where not r.wrong) over (partition by p.id, ${identity}) as first_row,
				count(*) filter (where not r.wrong) over (partition by p.id, ${alike}) as alike_rows
			from r left join people.person p on p.agency_id = ${agencyId} and p.nip = r.known_nip
		), a as materialized (${saidWrong(kind, agencyId)}), c as (
			select m.*, coalesce(t.id, u.id) as known, changes.list as changes,
				case
					when m.wrong then m.problems
					when m.owner is null then m.problems || ${oneProblem(kind.shape.keyColumn, sql`m.known_nip`, 'people.import.unknownPerson')}
					when m.first_row < m.row_number then m.problems || ${oneProblem(kind.shape.keyColumn, sql`m.known_nip`, 'people.import.rowRepeats', sql`jsonb_build_object('row', m.first_row)`)}
					else m.problems
				end as all_problems
			from m
			left join ${sql.table(kind.table)} t on t.agency_id = ${agencyId} and t.person_id = m.owner and not m.wrong and ${same}
			left join a u on t.id is null and u.row_number = m.row_number and u.part = m.part
			left join lateral (
				select jsonb_object_agg(f.name, jsonb_build_object('from', f.old, 'to', f.new)) as list
				from (values ${differs}) as f(name, old, new)
				where coalesce(t.id, u.id) is not null and f.old is distinct from f.new
			) changes on true
		)
		insert into people.import_row (agency_id, import_id, row_number, part, outcome, subject_id, label, data, changes, problems, cells)
		select ${agencyId}, ${importId}, row_number, part,
			case when failed then 'wrong' when known is null then 'new' when changes is null then 'unchanged' else 'changed' end,
			case when known is not null then known when failed then null else new_id end,
			label, case when failed then '{}' else data || jsonb_build_object('person_id', owner) end,
			case when failed then null else changes end, nullif(all_problems, '[]'), cells
		from (select c.*, c.wrong or c.all_problems <> c.problems as failed from c) as judged`.execute(tx);
}

/** Known rows `u` that a row `m` of the file corrects, as `alike` has it. */
function saidWrong({ alike, identity, table }: RecordKind, agencyId: string) {
	if (alike === undefined)
		return sql`select m.row_number, m.part, u.* from m join ${sql.table(table)} u on false`;
	const all = (fields: readonly string[], one: string, other: string) =>
		sql.join(
			fields.map((name) => sql`${sql.ref(`${one}.${name}`)} = ${sql.ref(`${other}.${name}`)}`),
			sql` and `
		);
	const filled = sql.join(
		alike.map((name) => sql`${sql.ref(`m.${name}`)}::text <> ''`),
		sql` and `
	);
	return sql`select m.row_number, m.part, u.* from m
		join ${sql.table(table)} u on u.agency_id = ${agencyId} and u.person_id = m.owner and ${all(alike, 'u', 'm')}
		where not m.wrong and m.alike_rows = 1 and ${filled}
			and not exists (select from m named where named.owner = u.person_id and not named.wrong and ${all(identity, 'named', 'u')})
			and not exists (select from ${sql.table(table)} twin where twin.agency_id = u.agency_id and twin.person_id = u.person_id
				and twin.id <> u.id and ${all(alike, 'twin', 'u')})`;
}

async function applyRecords(tx: Tx, kind: RecordKind, applied: Applied): Promise<void> {
	const { agencyId, importId, columns } = applied;
	const names = sql.join(kind.fields.map(({ name }) => sql.ref(name)));
	const rows = (outcome: 'new' | 'changed') => sql`people.import_row ir
		cross join lateral jsonb_to_record(ir.data) as ${recordOf(kind)}
		where ir.agency_id = ${agencyId} and ir.import_id = ${importId} and ir.outcome = ${sql.lit(outcome)}`;
	const brought = ({ from }: RecordField) => from.some((column) => columns.has(column));
	const insert = (outcome: 'new' | 'changed') => {
		const values = sql.join(
			kind.fields.map((field) =>
				outcome === 'new' || brought(field)
					? sql`d.${sql.ref(field.name)}`
					: sql`(ir.before ->> ${sql.lit(field.name)})::${sql.raw(field.type)}`
			)
		);
		return kind.write.insert(
			sql`(agency_id, id, person_id, ${names}, import_id, import_row)
			select ir.agency_id, ir.subject_id, d.person_id, ${values}, ir.import_id, ir.row_number from ${rows(outcome)}`
		);
	};
	await insert('new').execute(tx);
	const whole = kind.write.update === undefined;
	await sql`update people.import_row ir set before = ${whole ? sql`to_jsonb(t)` : sql`jsonb_build_object('import_id', t.import_id, 'import_row', t.import_row)`}
		from ${sql.table(kind.table)} t
		where ir.agency_id = ${agencyId} and ir.import_id = ${importId} and ir.outcome = 'changed'
			and t.agency_id = ${agencyId} and t.id = ir.subject_id`.execute(tx);
	if (kind.write.update === undefined) {
		await kind.write.remove(its(applied, 'changed')).execute(tx);
		await insert('changed').execute(tx);
		return;
	}
	const set = sql.join(
		kind.fields.filter(brought).map(({ name }) => sql`${sql.ref(name)} = n.${sql.ref(name)}`)
	);
	await kind.write
		.update(
			sql`set ${set}, import_id = ${importId}, import_row = n.row_number
			from (select ir.subject_id, ir.row_number, d.* from ${rows('changed')}) as n
			where t.agency_id = ${agencyId} and t.id = n.subject_id`
		)
		.execute(tx);
}

/** Rows of the table that the import wrote. */
const its = ({ agencyId, importId }: Pick<Applied, 'agencyId' | 'importId'>, outcome: 'new' | 'changed') =>
	sql`using people.import_row ir where ir.agency_id = ${agencyId} and ir.import_id = ${importId}
		and ir.outcome = ${sql.lit(outcome)} and t.agency_id = ${agencyId} and t.id = ir.subject_id`;

async function writtenSince(tx: Tx, kind: RecordKind, { agencyId, importId }: Undone): Promise<number> {
	const { rows } = await sql<{ many: number }>`select count(*)::int as many
		from people.import_row ir left join ${sql.table(kind.table)} t on t.agency_id = ir.agency_id and t.id = ir.subject_id
		where ir.agency_id = ${agencyId} and ir.import_id = ${importId} and ir.outcome in ('new', 'changed')
			and t.import_id is distinct from ir.import_id
			and not exists (select from people.import i where i.agency_id = ir.agency_id and i.id = t.import_id and i.status = 'applied')`.execute(
		tx
	);
	return rows[0]?.many ?? 0;
}

async function undoRecords(tx: Tx, kind: RecordKind, undone: Undone): Promise<void> {
	const { agencyId, importId } = undone;
	await kind.write.remove(its(undone, 'new')).execute(tx);
	const changed = sql`people.import_row ir where ir.agency_id = ${agencyId} and ir.import_id = ${importId} and ir.outcome = 'changed'`;
	if (kind.write.update === undefined) {
		await kind.write.remove(its(undone, 'changed')).execute(tx);
		await kind.write
			.insert(
				sql`select (jsonb_populate_record(null::${sql.table(kind.table)}, ir.before)).* from ${changed}`
			)
			.execute(tx);
		return;
	}
	const set = sql.join(
		kind.fields.map(
			({ name, type }) =>
				sql`${sql.ref(name)} = case when ir.changes ? ${sql.lit(name)} then (ir.changes -> ${sql.lit(name)} ->> 'from')::${sql.raw(type)} else t.${sql.ref(name)} end`
		)
	);
	await kind.write
		.update(
			sql`set ${set}, import_id = (ir.before ->> 'import_id')::uuid, import_row = (ir.before ->> 'import_row')::integer
			from ${changed} and t.agency_id = ${agencyId} and t.id = ir.subject_id`
		)
		.execute(tx);
}
