import { sql, type RawBuilder } from 'kysely';

/**
 * `order by` of a list as its address asks for it: one of its columns, nothing known last, and rows that are equal in
 * it told apart by `tie`, so that no row stands on two pages.
 */
export const orderBy = <Key extends string>(
	{ by, descending }: { by: Key; descending: boolean },
	columns: Readonly<Record<Key, RawBuilder<unknown>>>,
	tie: RawBuilder<unknown>
): RawBuilder<unknown> =>
	sql`order by ${columns[by]} ${descending ? sql`desc` : sql`asc`} nulls last, ${tie}`;
