import { plantAbilities } from './ability.ts';
import { PROGRAMS } from './catalogue/programs.ts';
import { setUpClasses } from './classes.ts';
import { writeMaterial } from './material.ts';
import { competenciesOf, holdCampaign, requiredOf, setStandard } from './needs.ts';
import { decreeYear, leavePlans } from './plan.ts';
import { leaveDrafts, writePrograms } from './programs.ts';
import type { City, World } from './world.ts';

type Timed = <T>(what: string, work: () => Promise<T>) => Promise<T>;

/** The finished year of the full city, stage by stage in the order of the cycle. */
export async function liveYear(world: World, city: City, timed: Timed): Promise<void> {
	const { clock } = world;
	await setStandard(world, city);
	const competencies = await competenciesOf(world, city);
	const taught = await timed('program dan kurikulum', () =>
		writePrograms(world, city, PROGRAMS, competencies)
	);
	await timed('materi dan kuis', () => writeMaterial(world, city, taught));

	const required = await requiredOf(world, city, clock.day(-60));
	const abilities = plantAbilities(world, city, competencies, required);
	const campaignId = await timed('analisis kebutuhan', () =>
		holdCampaign(
			world,
			city,
			{
				name: `Analisis kebutuhan ${clock.year}`,
				year: clock.year,
				from: clock.day(-60),
				to: clock.day(-56, 4),
				until: clock.day(-56, 4),
				selfShare: process.env['FAST'] ? 0.3 : 0.82,
				supervisorShare: process.env['FAST'] ? 0.3 : 0.9,
				close: true,
				silent: new Set()
			},
			competencies,
			abilities
		)
	);
	const evidence = { campaignId, competencies, taught };
	const lines = await timed('rencana tahunan', () => decreeYear(world, city, evidence));
	await leavePlans(world, city, evidence);
	await leaveDrafts(world, city, taught, competencies);
	const classes = await timed('kelas dan sesi', () => setUpClasses(world, city, taught, lines));
	world.say(`${classes.length}`);
}
