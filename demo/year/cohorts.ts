import { newId } from '#kernel/ids.ts';
import { addDays } from '#kernel/time.ts';
import { reading, writing } from '#platform/db/pools.ts';
import { solveSplitJob } from '#slices/classes/server/cohorts/solve-job.ts';
import { startSplit } from '#slices/classes/server/commands/start-split.ts';
import { createClass, openClass } from '#slices/classes/server/commands/write-class.ts';
import { createRoom } from '#slices/classes/server/commands/write-room.ts';
import { addSession } from '#slices/classes/server/commands/write-session.ts';
import { LINES } from './catalogue/year-plan.ts';
import type { Taught } from './programs.ts';
import { act, personaOf, randomOf, type City, type World } from './world.ts';

/** Digital counters: what every kelurahan needs, and what no counter may stand empty for. */
const CODE = 'LDK';
const COHORTS = [
	{ name: 'VI', week: 2, weekday: 1, hall: 'Kecamatan Medan Marelan' },
	{ name: 'VII', week: 2, weekday: 3, hall: 'Kecamatan Medan Johor' },
	{ name: 'VIII', week: 3, weekday: 2, hall: null }
] as const;
const HALL_SEATS = 40;
const SEATS = 14;
const FROM_SURVEY = 40;

/**
 * Three cohorts of one day whose people are split but not yet seated: the front office of one kecamatan among them, whose
 * counter can't spare all of them on one day. Two meet in the halls of kecamatan, so that the way counts; the split finds the
 * third's room and everybody's facilitators. Some of the city are on leave
 * or on duty elsewhere in these weeks.
 */
export async function leaveCohorts(
	world: World,
	city: City,
	taught: ReadonlyMap<string, Taught>,
	lines: readonly string[]
): Promise<void> {
	const program = taught.get(CODE);
	const line = lines[LINES.findIndex(({ code }) => code === CODE)];
	if (!program || line === undefined) return;
	const { clock } = world;
	const office = city.actors.trainingAdmin;
	const made = clock.at(clock.day(-1, 1), '10:10');
	await recordLeave(world, city);
	const classIds: string[] = [];
	for (const { name, week, weekday, hall } of COHORTS) {
		const on = clock.day(week, weekday);
		const roomId = hall === null ? undefined : await openHall(world, city, hall);
		const { classId } = await act(world, createClass, office, made, {
			programId: program.programId,
			planLineId: line,
			name: `${program.plan.name} Angkatan ${name}`,
			mode: 'class',
			seats: SEATS,
			startsOn: on,
			endsOn: on
		});
		for (const [index, [from, to]] of (
			[
				['08:00', '11:45'],
				['12:45', '15:45']
			] as const
		).entries()) {
			const module = program.modules[index] ?? program.modules[0];
			await act(world, addSession, office, made, {
				classId,
				topic: module?.name ?? program.plan.name,
				...(module ? { moduleId: module.id } : {}),
				mode: 'class',
				on,
				from,
				to,
				...(roomId === undefined ? {} : { roomId })
			});
		}
		await act(world, openClass, office, made, { classId });
		classIds.push(classId);
	}
	const supervisor = personaOf(city, 'supervisor');
	const counter = city.staff.filter(({ supervisorId }) => supervisorId === supervisor.id);
	const { splitId } = await act(world, startSplit, office, made, {
		programId: program.programId,
		planLineId: line,
		classIds,
		gaps: FROM_SURVEY,
		nips: counter.map(({ nip }) => nip).join(' ')
	});
	await solveSplitJob({
		jobId: newId(),
		actor: office,
		input: { splitId },
		kysely: world.app,
		progress: () => Promise.resolve()
	});
}

async function openHall(world: World, city: City, name: string): Promise<string> {
	const office = city.actors.trainingAdmin;
	const { id } = await reading(
		office.agencyId,
		(db) =>
			db
				.selectFrom('people.unit')
				.select('id')
				.where('agency_id', '=', office.agencyId)
				.where('name', '=', name)
				.where('valid_to', 'is', null)
				.executeTakeFirstOrThrow(),
		world.app
	);
	const { roomId } = await act(world, createRoom, office, world.clock.at(world.clock.day(-1, 0), '08:00'), {
		code: name.replace('Kecamatan Medan ', 'CAMAT ').toUpperCase(),
		name: `Aula Kantor Camat ${name.replace('Kecamatan ', '')}`,
		seats: HALL_SEATS,
		unitId: id
	});
	return roomId;
}

/** One in sixty is away for a few days of the coming weeks; what `classes.recordAbsence` would write, in one statement. */
async function recordLeave(world: World, city: City): Promise<void> {
	const { clock } = world;
	const random = randomOf(world, city, 'leave');
	const office = city.actors.trainingAdmin;
	const rows = city.staff.flatMap(({ id, nip }) => {
		if (!random.chance(1 / 60)) return [];
		const startsOn = clock.day(random.int(0, 4), random.int(0, 4));
		const leave = random.chance(0.6);
		return [
			{
				agency_id: office.agencyId,
				id: newId(),
				person_id: id,
				kind: leave ? 'leave' : 'duty',
				starts_on: startsOn,
				ends_on: addDays(startsOn, random.int(0, leave ? 5 : 2)),
				source: `${leave ? '850' : '094'}/${nip.slice(-3)}/${clock.year} (contoh)`,
				created_by: office.accountId,
				created_at: clock.now
			}
		];
	});
	await writing(office.agencyId, (tx) => tx.insertInto('classes.absence').values(rows).execute(), world.app);
}
