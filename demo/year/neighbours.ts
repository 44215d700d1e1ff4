import { plantAbilities } from './ability.ts';
import { competenciesOf, holdCampaign, requiredOf } from './needs.ts';
import type { City, World } from './world.ts';

/** The small cities beside Medan: a campaign each, so that there is something which must not be seen next door. */
export async function liveBeside(world: World, city: City, index: number): Promise<void> {
	const { clock } = world;
	const competencies = await competenciesOf(world, city);
	const from = index === 0 ? clock.day(-20) : clock.day(-2);
	const abilities = plantAbilities(world, city, competencies, await requiredOf(world, city, from));
	const isOver = index === 0;
	await holdCampaign(
		world,
		city,
		{
			name: `Analisis kebutuhan ${clock.year + 1}`,
			year: clock.year + 1,
			from,
			to: isOver ? clock.day(-17, 4) : clock.day(3, 4),
			until: isOver ? clock.day(-17, 4) : clock.day(-1, 4),
			selfShare: isOver ? 0.8 : 0.4,
			supervisorShare: isOver ? 0.85 : 0.3,
			close: isOver,
			silent: new Set([city.personas.employee.nip, city.personas.supervisor.nip])
		},
		competencies,
		abilities
	);
}
