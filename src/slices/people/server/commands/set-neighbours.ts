import { sql } from 'kysely';
import { invalidField, missing, refused } from '#kernel/errors.ts';
import { command, type Beam } from '#platform/work/command.ts';
import { canSetNeighbours } from '../../access.ts';
import { AddNeighbours, SetNeighbours } from '../../history-input.ts';
import { pairOf, readNeighbours, type Pair } from '../../neighbours.ts';
import { subdistricts } from '../queries/neighbours.ts';

/** With which kecamatan one adjoins: these and no other. Refuses: missing, not a kecamatan, itself, one that has ended. */
export const setNeighbours = command(
	'people.setNeighbours',
	SetNeighbours,
	async (beam, { unitId, neighbourIds }) => {
		const { tx, actor, permit, note } = beam;
		const locked = await tx
			.selectFrom('people.unit')
			.select(['name', 'kind', 'valid_to'])
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', unitId)
			.forNoKeyUpdate()
			.executeTakeFirst();
		if (!locked) throw missing();
		permit(canSetNeighbours(actor));
		if (locked.valid_to !== null) throw refused('people.unit.gone', { unit: locked.name });
		const standing = new Set((await subdistricts(tx)).map(({ id }) => id));
		const wanted = [...new Set(neighbourIds)];
		if (!standing.has(unitId) || wanted.includes(unitId) || !wanted.every((id) => standing.has(id)))
			throw invalidField('neighbourIds', 'people.neighbours.notSubdistrict');
		// A pair with one that has ended is no longer asked about, and stays as what was true.
		await sql`
			delete from people.neighbour where agency_id = ${actor.agencyId}
				and ((unit_id = ${unitId} and other_id = any(${without(standing, wanted)}::uuid[]))
					or (other_id = ${unitId} and unit_id = any(${without(standing, wanted)}::uuid[])))`.execute(tx);
		await write(
			beam,
			wanted.map((id) => pairOf(unitId, id))
		);
		note({ unitId, units: wanted.length });
		return { unitId, neighbours: wanted.length };
	},
	{ summary: 'Say with which kecamatan one adjoins' }
);

/** Neighbours from a list of lines "name: name, name", beside those that are known. Refuses: a name that no kecamatan has. */
export const addNeighbours = command(
	'people.addNeighbours',
	AddNeighbours,
	async (beam, { text }) => {
		const { tx, actor, permit, note } = beam;
		permit(canSetNeighbours(actor));
		const { pairs, wrong } = readNeighbours(text, await subdistricts(tx));
		if (wrong !== null)
			throw invalidField('text', `people.neighbours.${wrong.kind}`, { line: wrong.line, name: wrong.name });
		const added = await write(beam, pairs);
		note({ added });
		return { pairs: pairs.length, added };
	},
	{ summary: 'Add neighbouring kecamatan from a list' }
);

const without = (all: ReadonlySet<string>, some: readonly string[]): string[] =>
	[...all].filter((id) => !some.includes(id));

async function write({ tx, actor, now }: Beam, pairs: readonly Pair[]): Promise<number> {
	const { rows } = await sql<{ one: string }>`
		insert into people.neighbour (agency_id, unit_id, other_id, made_by, made_at)
		select ${actor.agencyId}, p.one, p.other, ${actor.accountId}, ${now}
		from unnest(${pairs.map(([one]) => one)}::uuid[], ${pairs.map(([, other]) => other)}::uuid[]) as p(one, other)
		order by p.one, p.other
		on conflict do nothing returning unit_id as one`.execute(tx);
	return rows.length;
}
