import { attendanceInBulk, type BulkMark } from '#slices/classes/server/bulk.ts';
import { finishClass } from '#slices/classes/server/commands/mark-attendance.ts';
import { cancelClass, startClass } from '#slices/classes/server/commands/write-class.ts';
import type { AttendanceStatus } from '#slices/classes/model.ts';
import { addDays } from '#kernel/time.ts';
import type { Random } from '../random.ts';
import type { SetUpClass } from './classes.ts';
import type { Seats } from './participants.ts';
import { askAboutMarks } from './scans.ts';
import { act, randomOf, read, write, type City, type Staff, type World } from './world.ts';

/** A class after its last day (or by today), with those who passed. */
export type HeldClass = SetUpClass & { people: readonly Staff[]; passed: readonly Staff[] };

/** How people come: most are always there, some miss one session, some half of it. See demo/README.md. */
const HABITS = [
	['steady', 0.9],
	['oneMissed', 0.05],
	['halfMissed', 0.05]
] as const;
const LATE = 0.05;

/** Attendance of every session that has been held, and the end of every class that is over. */
export async function holdClasses(
	world: World,
	city: City,
	classes: readonly SetUpClass[],
	seats: Seats
): Promise<readonly HeldClass[]> {
	const { clock } = world;
	const admin = city.actors.trainingAdmin;
	const marks: BulkMark[] = [];
	for (const one of classes) {
		const { stage } = one.planned;
		if (stage === 'cancelled')
			await act(world, cancelClass, admin, clock.at(addDays(one.startsOn, -3), '10:00'), {
				classId: one.classId,
				note: 'Banjir di dua kelurahan: peserta bertugas di posko.'
			});
		if (!['certified', 'finished', 'held', 'running'].includes(stage)) continue;
		await act(world, startClass, admin, clock.at(one.startsOn, '07:30'), { classId: one.classId });
		marks.push(...marksOf(world, city, one, seats.get(one.classId) ?? []));
	}
	await write(world, city, (tx) => attendanceInBulk(tx, city.agencyId, marks));
	await askAboutMarks(world, city, classes, marks);
	for (const one of classes)
		if (one.planned.stage === 'certified' || one.planned.stage === 'finished')
			await act(world, finishClass, admin, clock.at(addDays(one.endsOn, 1), '09:00'), {
				classId: one.classId
			});
	return outcomes(world, city, classes, seats);
}

function marksOf(world: World, city: City, one: SetUpClass, people: readonly Staff[]): BulkMark[] {
	const { clock } = world;
	const over = one.sessions.filter(({ on, to }) => clock.at(on, to) <= clock.now);
	// What the facilitator did last stays to be done by whoever signs in as the facilitator.
	const marked = one.planned.stage === 'running' && one.planned.persona ? over.slice(0, -1) : over;
	const personas = new Set(Object.values(city.personas).map(({ nip }) => nip));
	return people.flatMap((person) => {
		const random = randomOf(world, city, 'attendance', one.index, person.nip);
		const missed = personas.has(person.nip) ? new Map() : missedBy(random, one.sessions.length);
		return marked.map((session, at) => ({
			sessionId: session.id,
			personId: person.id,
			status: missed.get(at) ?? (random.chance(LATE) ? ('late' as const) : ('present' as const)),
			markedBy: session.facilitator?.id ?? city.actors.trainingAdmin.personId,
			markedAt: clock.at(session.on, session.to)
		}));
	});
}

/** Which sessions a person misses, and how they are marked. */
function missedBy(random: Random, sessions: number): Map<number, AttendanceStatus> {
	const habit = random.weighted(HABITS);
	const status = random.chance(0.5) ? 'excused' : 'absent';
	if (habit === 'steady') return new Map();
	if (habit === 'oneMissed') return new Map([[random.int(0, sessions - 1), status]]);
	const from = Math.floor(sessions / 2);
	return new Map(Array.from({ length: sessions - from }, (_, index) => [from + index, status]));
}

async function outcomes(
	world: World,
	city: City,
	classes: readonly SetUpClass[],
	seats: Seats
): Promise<readonly HeldClass[]> {
	const rows = await read(world, city, (db) =>
		db
			.selectFrom('classes.registration')
			.select(['class_id', 'person_id'])
			.where('agency_id', '=', city.agencyId)
			.where('status', '=', 'passed')
			.execute()
	);
	const passed = new Set(rows.map((row) => `${row.class_id}/${row.person_id}`));
	return classes.map((one) => {
		const people = seats.get(one.classId) ?? [];
		return { ...one, people, passed: people.filter(({ id }) => passed.has(`${one.classId}/${id}`)) };
	});
}
