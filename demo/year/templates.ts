import { reading } from '#platform/db/pools.ts';
import { closeRoom } from '#slices/classes/server/commands/write-room.ts';
import { makeTemplate, takeTemplate } from '#slices/classes/server/commands/write-template.ts';
import type { SetUpClass } from './classes.ts';
import { act, type City, type World } from './world.ts';

const CHOICES = ['klasikal-3-hari', 'bimtek-1-hari', 'webinar-2-jam', 'coaching-5-pasangan'] as const;

/**
 * What the office holds again and again: some templates that come with Asah, one made of a class that was held; and a
 * room that is closed for two days to come.
 */
export async function keepTemplates(world: World, city: City, classes: readonly SetUpClass[]): Promise<void> {
	const { clock } = world;
	const office = city.actors.trainingAdmin;
	const at = clock.at(clock.day(-8, 2), '14:00');
	for (const choice of CHOICES) await act(world, takeTemplate, office, at, { choice });
	const held = classes.find(({ planned, sessions }) => planned.stage === 'certified' && sessions.length > 1);
	if (held)
		await act(world, makeTemplate, office, at, {
			classId: held.classId,
			name: `${held.program.plan.name}, seperti tahun ini`,
			purpose: 'Dipakai lagi setiap kali kegiatan ini diadakan.'
		});
	const room = await reading(
		office.agencyId,
		(db) => db.selectFrom('classes.room').select('id').where('code', '=', 'B').executeTakeFirst(),
		world.app
	);
	if (room)
		await act(world, closeRoom, office, clock.at(clock.day(-1, 2), '09:00'), {
			roomId: room.id,
			startsOn: clock.day(5, 0),
			endsOn: clock.day(5, 1),
			reason: 'Perbaikan pendingin ruangan'
		});
}
