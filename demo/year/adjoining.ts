import { systemActor } from '#app/server/actor.ts';
import { run } from '#platform/work/run.ts';
import { addNeighbours } from '#slices/people/server/commands/set-neighbours.ts';
import type { AgencyKey } from '../people/model.ts';
import map from '../reference/adjoining.json' with { type: 'json' };
import type { World } from './world.ts';

/** A city's kecamatan with those that border on them, as somebody would paste it: what is sure and what is only likely. */
export function adjoiningIn(city: AgencyKey): string {
	const parts: readonly Readonly<Record<string, readonly string[]>>[] = [map.sure[city], map.likely[city]];
	return parts
		.flatMap((part) => Object.entries(part))
		.map(([name, others]) => `${name}: ${others.join(', ')}`)
		.join('\n');
}

export const drawMap = (world: World, agencyId: string, city: AgencyKey) =>
	run(addNeighbours, {
		actor: systemActor(agencyId),
		input: { text: adjoiningIn(city) },
		now: world.clock.now,
		kysely: world.app
	});
