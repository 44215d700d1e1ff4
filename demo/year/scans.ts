import { shownAt, stepAt } from '#slices/classes/check-in.ts';
import type { BulkMark } from '#slices/classes/server/bulk.ts';
import { pictureOf } from '#slices/classes/server/codes.ts';
import { askMark } from '#slices/classes/server/commands/ask-mark.ts';
import { checkIn } from '#slices/classes/server/commands/check-in.ts';
import { openSheet } from '#slices/classes/server/commands/sheet.ts';
import type { SetUpClass } from './classes.ts';
import { act, actorOf, read, type City, type World } from './world.ts';

const REASONS = [
	'Saya hadir sejak awal; kode dari foto rekan ditolak karena ponsel saya tertinggal di mobil.',
	'Saya datang terlambat sepuluh menit dan duduk di belakang.',
	'Nama saya tertukar dengan rekan di daftar kertas.'
];

/**
 * In classes that still run, a few people who are marked absent had tried with a photo of the code, which had changed
 * meanwhile, and asked for their mark to be looked at: so both lists under a sheet show what they are for.
 */
export async function askAboutMarks(
	world: World,
	city: City,
	classes: readonly SetUpClass[],
	marks: readonly BulkMark[]
): Promise<void> {
	const running = classes.filter(({ planned }) => planned.stage === 'running');
	const cases = running.flatMap((one) => {
		const session = one.sessions.find(({ id }) =>
			marks.some((mark) => mark.sessionId === id && mark.status === 'absent')
		);
		const mark = marks.find((it) => it.sessionId === session?.id && it.status === 'absent');
		const person = city.staff.find(({ id }) => id === mark?.personId);
		return session && person ? [{ session, person }] : [];
	});
	for (const [at, { session, person }] of cases.slice(0, REASONS.length).entries()) {
		const { clock } = world;
		const begins = clock.at(session.on, session.from);
		const sessionId = session.id;
		await act(world, openSheet, city.actors.trainingAdmin, begins, { sessionId });
		const { secret } = await read(world, city, (db) =>
			db
				.selectFrom('classes.sheet')
				.select('secret')
				.where('agency_id', '=', city.agencyId)
				.where('session_id', '=', sessionId)
				.executeTakeFirstOrThrow()
		);
		const step = stepAt(begins);
		const tried = new Date(shownAt(step).getTime() + 150_000 + at * 60_000);
		await act(world, checkIn, actorOf(city, person), tried, {
			device: person.nip.padEnd(43, '0'),
			clock: tried.getTime(),
			scans: [{ code: pictureOf(secret, sessionId, 'in', step) }]
		});
		const asked = new Date(clock.at(session.on, session.to).getTime() + 3_600_000 * (at + 1));
		await act(world, askMark, actorOf(city, person), asked < clock.now ? asked : clock.now, {
			sessionId,
			wanted: at === 1 ? 'late' : 'present',
			reason: REASONS[at] ?? ''
		});
	}
}
