import { sql, type RawBuilder } from 'kysely';

/** A problem found in the database, as `import_row.problems` keeps them. */
export const oneProblem = (
	column: string,
	value: RawBuilder<unknown>,
	code: string,
	params: RawBuilder<unknown> = sql`'{}'::jsonb`
) =>
	sql`jsonb_build_array(jsonb_build_object('column', ${sql.lit(column)}, 'value', ${value}, 'code', ${sql.lit(code)}, 'params', ${params}))`;
