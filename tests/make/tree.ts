import fc from 'fast-check';
import type pg from 'pg';
import type { Ability } from '#kernel/abilities.ts';
import type { Grant } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';

/**
 * For the property that every room with a list owes: `visibleTo(actor)` in SQL and the predicate of its access.ts agree,
 * whatever the tree and the grants. See src/slices/people/server/visible.db.test.ts for the pattern.
 */

/**
 * An agency with one unit for each number (it hangs under an earlier one, the number says which), two people in each:
 * the first leads the unit unless the number is divisible by three, so that some units answer to a head further up.
 */
export async function makeTree(owner: pg.Pool, parents: readonly number[]) {
	const agencyId = newId();
	const units: { id: string; path: string }[] = [];
	const people: string[] = [];
	await owner.query(
		`insert into platform.agency (agency_id, code, name, city, time_zone) values ($1, $2, 'Kota Uji', 'Uji', 'Asia/Jakarta')`,
		[agencyId, `uji-${agencyId}`]
	);
	for (const [at, number] of parents.entries()) {
		const above = at === 0 ? undefined : units[number % at];
		const unit = { id: newId(), path: above ? `${above.path}.u${at}` : `u${at}` };
		await owner.query(
			`insert into people.unit (agency_id, id, name, kind, parent_id, label, path, valid_from) values ($1, $2, $3::text, 'dinas', $4, $3::text, $5, '2020-01-01')`,
			[agencyId, unit.id, `u${at}`, above?.id ?? null, unit.path]
		);
		for (const isHead of [true, false]) {
			const personId = newId();
			await owner.query(
				`insert into people.person (agency_id, id, name, sex, employment_kind) values ($1, $2, 'Uji', 'female', 'OFFICIAL')`,
				[agencyId, personId]
			);
			await owner.query(
				`insert into people.posting (agency_id, id, person_id, unit_id, title, kind, level, valid_from) values ($1, $2, $3, $4, 'Uji', 'general', '06', '2020-01-01')`,
				[agencyId, newId(), personId, unit.id]
			);
			if (isHead && number % 3 !== 0)
				await owner.query('update people.unit set head_person_id = $3 where agency_id = $1 and id = $2', [
					agencyId,
					unit.id,
					personId
				]);
			people.push(personId);
		}
		units.push(unit);
	}
	await owner.query('select people.refresh_leaders($1)', [agencyId]);
	return { agencyId, people, units, paths: units.map(({ path }) => path) };
}

/** Any grants of some of the abilities; given the paths of a tree they hold in its units, in the whole agency, or nowhere. */
export const anyGrants = (
	abilities: readonly Ability[]
): fc.Arbitrary<(paths: readonly string[]) => Grant[]> =>
	fc
		.array(fc.record({ ability: fc.constantFrom(...abilities), where: fc.integer({ min: -2, max: 30 }) }), {
			maxLength: 8
		})
		.map(
			(drawn) => (paths) =>
				drawn.map(({ ability, where }) => ({
					ability,
					unitPath: where === -2 ? '' : where === -1 ? 'elsewhere' : (paths[where % paths.length] ?? '')
				}))
		);
