import type pg from 'pg';

export type Seen = { table: string; writer: string; remover: string };

/**
 * What a superuser sees: every row, live or dead, on any page of any table that holds these bytes, with the transactions
 * that touched it. Needs the extension pageinspect.
 */
export async function pagesHolding(owner: pg.Pool, bytes: Buffer): Promise<Seen[]> {
	const { rows } = await owner.query<Seen>(
		`select c.oid::regclass::text as "table", i.t_xmin::text as writer, i.t_xmax::text as remover
		from pg_class c
		cross join lateral generate_series(0, pg_relation_size(c.oid) / current_setting('block_size')::int - 1) b
		cross join lateral heap_page_items(get_raw_page(c.oid::regclass::text, b::int)) i
		where c.relkind in ('r', 't') and c.relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
			and position($1::bytea in i.t_data) > 0`,
		[bytes]
	);
	return rows;
}

export const idBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

/** The numbers of all transactions that wrote or removed these rows. */
export const touched = (rows: readonly Seen[]): Set<string> =>
	new Set(rows.flatMap(({ writer, remover }) => [writer, remover]).filter((number) => number !== '0'));
