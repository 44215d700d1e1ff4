import fc from 'fast-check';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { reading } from '#platform/db/pools.ts';
import { testDatabase } from '../../../../tests/make/database.ts';
import { anyGrants, makeTree } from '../../../../tests/make/tree.ts';
import { canReadPerson, type PersonPlace } from '../access.ts';
import { visiblePeople } from './queries/places.ts';

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

it('lists exactly the people whom the predicate lets the actor read, whatever the tree and the grants', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.nat(), { minLength: 1, maxLength: 12 }),
			fc.nat(),
			anyGrants([
				'people.read',
				'people.read',
				'people.correct',
				'people.privacy',
				'people.import',
				'needs.read'
			]),
			fc.nat({ max: 3 }),
			async (parents, whose, grantsIn, limited) => {
				const tree = await makeTree(owner, parents);
				// Every so many is restricted, or nobody.
				await owner.query(
					'update people.person set restricted = true where agency_id = $1 and id = any($2)',
					[tree.agencyId, tree.people.filter((_, at) => limited > 0 && at % (limited + 1) === 0)]
				);
				const person = tree.people[whose % tree.people.length];
				const actor: Actor = {
					agencyId: tree.agencyId,
					accountId: newId(),
					personId: person ?? null,
					name: 'x',
					unitPath: '',
					hat: null,
					grants: grantsIn(tree.paths)
				};
				const { listed, all } = await reading(
					tree.agencyId,
					async (db) => ({
						listed: (
							await sql<{
								id: string;
							}>`select s.person_id as id from people.staff s where ${visiblePeople(actor)}`.execute(db)
						).rows.map(({ id }) => id),
						all: (
							await sql<PersonPlace>`select s.person_id as "personId", s.unit_path::text as "unitPath", s.supervisor_id as "supervisorId", s.restricted from people.staff s`.execute(
								db
							)
						).rows
					}),
					base.db
				);
				expect(all).toHaveLength(tree.people.length);
				const readable = all.filter((place) => canReadPerson(actor, place)).map(({ personId }) => personId);
				expect(listed.toSorted()).toEqual(readable.toSorted());
			}
		),
		{ numRuns: 40 }
	);
}, 120_000);
