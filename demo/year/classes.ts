import { createClass, openClass } from '#slices/classes/server/commands/write-class.ts';
import { createRoom } from '#slices/classes/server/commands/write-room.ts';
import { addSession } from '#slices/classes/server/commands/write-session.ts';
import type { PlannedClass } from './catalogue/planned-class.ts';
import { LINES, UNPLANNED } from './catalogue/year-plan.ts';
import { firstDay } from './plan.ts';
import type { Taught } from './programs.ts';
import { sessionsOf, type PlannedSession } from './schedule.ts';
import { act, personaOf, randomOf, type City, type Staff, type World } from './world.ts';

/** A class as it was set up, before anybody came. */
export type SetUpClass = {
	classId: string;
	/** Place in the list of all classes: what draws are named by. */
	index: number;
	code: string;
	/** How often the program had been held before. */
	times: number;
	planned: PlannedClass;
	program: Taught;
	unit: string | null;
	startsOn: string;
	endsOn: string;
	sessions: readonly (PlannedSession & { id: string; facilitator: Staff | null })[];
};

/** Invented rooms at a real crossing of streets; nobody's address. */
const ROOMS = [
	{ code: 'AULA', name: 'Aula BKPSDM', seats: 120 },
	{ code: 'A', name: 'Ruang Kelas A BKPSDM', seats: 40 },
	{ code: 'B', name: 'Ruang Kelas B BKPSDM', seats: 40 },
	{ code: 'BALAI', name: 'Balai Diklat Kota (contoh)', seats: 200 },
	{ code: 'LAB', name: 'Laboratorium Komputer BKPSDM', seats: 30 }
] as const;
const ADDRESS = { address: 'Jl. Contoh No. 1, Medan', latitude: 3.5896, longitude: 98.6739 };
const NUMERALS = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII'];

type Wanted = { code: string; unit: string | null; lineId: string | null; planned: PlannedClass };

/** Every class of the year with its sessions, rooms and facilitators, opened to requests when it was time. */
export async function setUpClasses(
	world: World,
	city: City,
	taught: ReadonlyMap<string, Taught>,
	lines: readonly string[]
): Promise<readonly SetUpClass[]> {
	const wanted: Wanted[] = [
		...LINES.flatMap(({ code, unit, classes }, line) =>
			classes.map((planned) => ({ code, unit, lineId: lines[line] ?? null, planned }))
		),
		...UNPLANNED.map(({ code, unit, class: planned }) => ({ code, unit, lineId: null, planned }))
	].sort((a, b) => firstDay(world.clock, a.planned).localeCompare(firstDay(world.clock, b.planned)));
	const teaching = rota(world, city);
	const rooming = roomsOf(await setUpRooms(world, city));
	const held = new Map<string, number>();
	const classes: SetUpClass[] = [];
	for (const [index, one] of wanted.entries()) {
		const program = taught.get(one.code);
		if (!program) throw new Error(`no program ${one.code}`);
		const times = held.get(one.code) ?? 0;
		held.set(one.code, times + 1);
		classes.push(await setUp(world, city, { ...one, index, program, times, teaching, rooming }));
	}
	return classes;
}

type Making = Wanted & { index: number; program: Taught; times: number; teaching: Rota; rooming: Rooming };

async function setUp(world: World, city: City, making: Making): Promise<SetUpClass> {
	const { planned, program, unit, lineId, times, index, teaching, rooming } = making;
	const { clock } = world;
	const sessions = sessionsOf(clock, planned, program);
	const startsOn = sessions[0]?.on ?? clock.today;
	const endsOn = sessions.at(-1)?.on ?? startsOn;
	const ahead =
		planned.stage === 'open' || planned.stage === 'planned' ? clock.day(-3, 1) : weeksBefore(world, startsOn);
	const modes = [...new Set(sessions.map(({ mode }) => mode))];
	const admin = city.actors.trainingAdmin;
	const online = modes.every((mode) => mode === 'online' || mode === 'self_paced');
	const room = online || unit !== null ? null : rooming(planned, sessions);
	const place = online
		? 'Kelas daring'
		: unit === null
			? (room?.name ?? 'Ruang luar (contoh)')
			: `Aula ${unit}`;
	const { classId } = await act(world, createClass, admin, clock.at(ahead, '08:30'), {
		programId: program.programId,
		...(lineId === null ? {} : { planLineId: lineId }),
		name: `${program.plan.name} Angkatan ${NUMERALS[times] ?? times + 1}`,
		mode: modes.length === 1 && modes[0] ? modes[0] : 'blended',
		seats: planned.seats,
		place,
		startsOn,
		endsOn
	});
	const facilitator = teaching(planned, sessions);
	const written = [];
	for (const session of sessions) {
		const { sessionId } = await act(world, addSession, admin, clock.at(ahead, '08:45'), {
			classId,
			...session,
			...placeOf(session, place, room),
			...(facilitator === null ? {} : { facilitatorNip: facilitator.nip })
		});
		written.push({ ...session, id: sessionId, facilitator });
	}
	if (planned.stage !== 'planned') await act(world, openClass, admin, clock.at(ahead, '09:00'), { classId });
	return {
		classId,
		index,
		code: program.plan.code,
		times,
		planned,
		program,
		unit,
		startsOn,
		endsOn,
		sessions: written
	};
}

type Room = { id: string; name: string; seats: number };

async function setUpRooms(world: World, city: City): Promise<Room[]> {
	const rooms: Room[] = [];
	for (const room of ROOMS) {
		const at = world.clock.at(world.clock.day(-60), '08:00');
		const { roomId } = await act(world, createRoom, city.actors.trainingAdmin, at, { ...room, ...ADDRESS });
		rooms.push({ ...room, id: roomId });
	}
	return rooms;
}

type Rooming = (planned: PlannedClass, sessions: readonly PlannedSession[]) => Room | null;

/** The smallest room that holds the class and is free on all its days. */
function roomsOf(rooms: readonly Room[]): Rooming {
	const taken = new Set<string>();
	const bySize = [...rooms].sort((a, b) => a.seats - b.seats);
	return ({ seats }, sessions) => {
		const days = sessions.map(({ on }) => on);
		const room = bySize.find(
			(one) => one.seats >= seats && days.every((day) => !taken.has(`${one.id} ${day}`))
		);
		for (const day of room ? days : []) taken.add(`${room?.id} ${day}`);
		return room ?? null;
	};
}

/** In the room, at a place in the field, or by a meeting that never takes place. */
function placeOf({ mode }: PlannedSession, place: string, room: Room | null) {
	if (mode === 'self_paced') return { place: '' };
	if (mode === 'online') return { place: '', meetingLink: 'https://rapat.contoh.go.id/kelas' };
	return mode === 'class' && room !== null ? { place: '', roomId: room.id } : { place };
}

/** Five weeks of notice, which is what an invitation in an Indonesian office takes at the least. */
const weeksBefore = (world: World, day: string): string => {
	const date = new Date(world.clock.at(day).getTime() - 35 * 86_400_000);
	return date.toISOString().slice(0, 10);
};

type Rota = (planned: PlannedClass, sessions: readonly PlannedSession[]) => Staff | null;

/** Widyaiswara in turn, nobody in two classes on one day; the one whose account is printed keeps this week free. */
function rota(world: World, city: City): Rota {
	const persona = personaOf(city, 'facilitator');
	const others = city.staff.filter(({ post, id }) => post.startsWith('Widyaiswara') && id !== persona.id);
	const order = randomOf(world, city, 'rota');
	const trainers = others
		.map((person) => ({ person, place: order.next() }))
		.sort((a, b) => a.place - b.place)
		.map(({ person }) => person);
	const busy = new Map<string, Set<string>>();
	let next = 0;
	return (planned, sessions) => {
		if (sessions.every(({ mode }) => mode === 'self_paced')) return null;
		const days = sessions.map(({ on }) => on);
		const turn = planned.persona
			? [persona]
			: trainers
					.map((_, index) => trainers[(next + index) % trainers.length])
					.filter((one) => one !== undefined);
		const free = turn.find(({ id }) => days.every((day) => !busy.get(id)?.has(day)));
		if (!free) throw new Error('every facilitator teaches elsewhere');
		next += 1;
		const taken = busy.get(free.id) ?? new Set();
		for (const day of days) taken.add(day);
		busy.set(free.id, taken);
		return free;
	};
}
