import type { Kysely } from 'kysely';
import type { Db, DB } from '#platform/db/db.ts';
import { database, reading } from '#platform/db/pools.ts';
import type { Reading } from '../../import/find-header.ts';
import '../../import/own-shapes.ts';
import { allShapes, shapeNamed, type Learned } from '../../import/shape.ts';

/** How this agency's files are read: what it once said that headers mean. `kind`: what the file must hold, if known. */
export const readingFor = (
	agencyId: string,
	kind: string | undefined,
	kysely: Kysely<DB> = database().kysely
): Promise<Reading> =>
	reading(
		agencyId,
		async (db) => {
			const shape = kind === undefined ? undefined : shapeNamed(kind);
			return { shapes: shape ? [shape] : allShapes(), learned: await learnedHeaders(db) };
		},
		kysely
	);

async function learnedHeaders(db: Db): Promise<Learned> {
	const rows = await db
		.selectFrom('people.import_mapping')
		.select(['kind', 'header', 'column_name'])
		.execute();
	const learned = new Map<string, Map<string, string>>();
	for (const { kind, header, column_name } of rows) {
		const headers = learned.get(kind) ?? new Map<string, string>();
		learned.set(kind, headers.set(header, column_name));
	}
	return learned;
}
