import { wish } from '#slices/growth/server/commands.ts';
import { fits } from './audience.ts';
import type { Taught } from './programs.ts';
import { act, actorOf, randomOf, type City, type World } from './world.ts';

const REASONS = ['Dekat dengan pekerjaan saya sekarang.', 'Disarankan atasan.', 'Ingin pindah ke loket.', ''];
const NOT_NOW = [
	'Sedang menyelesaikan tugas belajar.',
	'Tahun depan saja.',
	'Sudah pernah ikut yang serupa.'
];
const WISHES = 120;

/** What people would like to learn next, and what they do not want to be offered now. */
export async function makeWishes(
	world: World,
	city: City,
	taught: ReadonlyMap<string, Taught>
): Promise<void> {
	const { clock } = world;
	const random = randomOf(world, city, 'wishes');
	const programs = [...taught.values()];
	const personas = new Set(Object.values(city.personas).map(({ nip }) => nip));
	const others = city.staff.filter(({ nip }) => !personas.has(nip));
	for (let index = 0; index < WISHES; index++) {
		const person = random.pick(others);
		const suited = programs.filter(({ plan }) => fits(plan.audience, person));
		const wants = random.chance(0.8);
		await act(
			world,
			wish,
			actorOf(city, person),
			clock.at(clock.day(-random.int(1, 20), random.int(0, 4)), '12:30'),
			{
				programId: random.pick(suited).programId,
				status: wants ? 'wished' : 'dismissed',
				reason: random.pick(wants ? REASONS : NOT_NOW)
			}
		);
	}
}
