import fc from 'fast-check';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { reading } from '#platform/db/pools.ts';
import { testDatabase } from '../../../../tests/make/database.ts';
import { makeTree } from '../../../../tests/make/tree.ts';
import { supervisorOn } from './queries/supervisor.ts';

let base: Awaited<ReturnType<typeof testDatabase>>;
let owner: pg.Pool;
beforeAll(async () => {
	base = await testDatabase();
	owner = new pg.Pool({ connectionString: base.url, max: 2 });
});
afterAll(async () => {
	await owner.end();
	await base.drop();
});

const TODAY = '2026-06-01';

it('is told with a reason as the one that every room reads, whatever the tree, who stands in and who is excepted', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.nat(), { minLength: 1, maxLength: 10 }),
			fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 4 }),
			fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 3 }),
			async (parents, actings, exceptions) => {
				const tree = await makeTree(owner, parents);
				const of = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;
				const put = (statement: string, ...values: unknown[]) =>
					owner.query(statement, [tree.agencyId, newId(), ...values]).catch((error: unknown) => {
						// Another acts there already, or somebody would supervise themselves: the database refuses, rightly.
						if (!(error instanceof pg.DatabaseError)) throw error;
					});
				for (const [who, where] of actings)
					await put(
						`insert into people.assignment (agency_id, id, person_id, unit_id, holding, title, is_head, valid_from, order_number, made_by, made_at)
						select $1, $2, $3, $4, 'plt', 'x', true, '2026-01-01', '1', 'uji', now()
						where not exists (select from people.unit where agency_id = $1 and id = $4 and head_person_id = $3)`,
						of(tree.people, who),
						of(tree.units, where).id
					);
				for (const [who, by] of exceptions)
					await put(
						`insert into people.supervisor_exception (agency_id, id, person_id, supervisor_id, valid_from, reason, made_by, made_at)
						values ($1, $2, $3, $4, '2026-01-01', 'x', 'uji', now())`,
						of(tree.people, who),
						of(tree.people, by)
					);
				await owner.query('select people.refresh_leaders($1, $2)', [tree.agencyId, TODAY]);
				await reading(
					tree.agencyId,
					async (db) => {
						const { rows } = await sql<{ id: string; supervisor: string | null }>`
							select person_id as id, supervisor_id as supervisor from people.staff`.execute(db);
						for (const { id, supervisor } of rows) {
							expect(supervisor).not.toBe(id);
							expect((await supervisorOn(db, id, TODAY, TODAY))?.id ?? null).toBe(supervisor);
							expect((await supervisorOn(db, id, TODAY))?.id ?? null).toBe(supervisor);
						}
					},
					base.db
				);
			}
		),
		{ numRuns: 25 }
	);
}, 180_000);
