import { addDays } from '#kernel/time.ts';
import { registrationsInBulk, type BulkRegistration } from '#slices/classes/server/bulk.ts';
import { decideRequest, withdraw } from '#slices/classes/server/commands/decide-registration.ts';
import { requestSeat } from '#slices/classes/server/commands/request-seat.ts';
import { normal } from '../random.ts';
import type { Abilities, Competency, Required } from './ability.ts';
import { COUNTER_UNIT, fits } from './audience.ts';
import type { SetUpClass } from './classes.ts';
import { officesOf, type Office } from './plan.ts';
import { treatedOffices } from './treated.ts';
import {
	act,
	actorOf,
	personaOf,
	randomOf,
	read,
	write,
	type City,
	type Staff,
	type World
} from './world.ts';

/** People of a class by id, as the product placed them. */
export type Seats = ReadonlyMap<string, readonly Staff[]>;

const REFUSALS = [
	'Loket hanya dijaga dua orang pada hari itu; ikut angkatan berikutnya.',
	'Sedang menyelesaikan laporan akhir triwulan.',
	'Sudah ada dua orang dari seksi yang berangkat.'
];
const EXCUSES = ['Anak sakit.', 'Ditugaskan mendampingi pimpinan pada hari yang sama.', 'Pindah tugas.'];

type Choosing = {
	competencies: readonly Competency[];
	abilities: Abilities;
	required: Required;
	offices: ReadonlyMap<string, Office>;
	treated: ReadonlySet<string>;
	/** Person → days already given away, and codes of programs already chosen for. */
	diary: Map<string, { days: Set<string>; programs: Set<string> }>;
};

/**
 * Who asks for which class, whom their supervisor lets go, who waits, who gives the seat back. Those who need it most
 * tend to come, as far as their supervisors see it.
 */
export async function fillClasses(
	world: World,
	city: City,
	classes: readonly SetUpClass[],
	model: Pick<Choosing, 'competencies' | 'abilities' | 'required'>
): Promise<Seats> {
	const choosing: Choosing = {
		...model,
		offices: await officesOf(world, city),
		treated: treatedOffices(world, city),
		diary: new Map()
	};
	const rows: BulkRegistration[] = [];
	const leaving: { one: SetUpClass; person: Staff; why: string }[] = [];
	for (const one of classes.filter(({ planned }) => planned.stage !== 'planned')) {
		const random = randomOf(world, city, 'fill', one.index);
		const comers = chooseFor(world, city, one, choosing);
		// Every other class somebody asks who cannot be spared.
		const refused = one.index % 2 === 0 && comers.length > 8 ? comers.splice(3, 1) : [];
		for (const person of refused) await refuse(world, city, one, person, random.pick(REFUSALS));
		for (const person of comers) {
			const asked = askedAt(world, one, random.int(0, 9), random.int(8, 15));
			const bySupervisor = random.chance(0.4);
			rows.push({
				classId: one.classId,
				personId: person.id,
				requestedAt: asked,
				requestedBy: bySupervisor ? person.supervisorId : person.id,
				decidedBy: person.supervisorId,
				decidedAt: bySupervisor ? asked : new Date(asked.getTime() + random.int(1, 60) * 3_600_000)
			});
			if (random.chance(0.02) && !isPersona(city, person))
				leaving.push({ one, person, why: random.pick(EXCUSES) });
		}
	}
	await write(world, city, (tx) => registrationsInBulk(tx, city.agencyId, rows));
	for (const { one, person, why } of leaving) await giveBack(world, city, one, person, why);
	return seatsOf(world, city);
}

/** Who is on their way: those that fit, need it, are free and have not been; the fullest need first. */
function chooseFor(world: World, city: City, one: SetUpClass, choosing: Choosing): Staff[] {
	const { competencies, abilities, required, offices, treated, diary } = choosing;
	const { plan } = one.program;
	const top = one.unit === null ? '' : (offices.get(one.unit)?.path ?? '');
	const outcome = plan.versions.at(-1)?.outcomes[0];
	const at = competencies.findIndex(({ code }) => code === outcome?.competency);
	const competencyId = competencies[at]?.id ?? '';
	// What is learned in one's own time binds nobody to a day.
	const days = one.sessions.flatMap(({ on, mode }) => (mode === 'self_paced' ? [] : [on]));
	// The first three classes of Pelayanan Publik Prima are the experiment: all counters of the trained kecamatan, a
	// third of each counter at a time so that none stands empty; nobody of the others.
	const cohort = plan.code === 'PPP' && one.unit === null;
	const candidates = city.staff.filter((person) => {
		if (!fits(plan.audience, person) || !within(person.path, top)) return false;
		if (plan.code === 'PPP' && person.unitName === COUNTER_UNIT && !treated.has(person.office)) return false;
		if (cohort ? person.unitName !== COUNTER_UNIT : isPersona(city, person)) return false;
		const diaryOf = diary.get(person.id);
		return !diaryOf?.programs.has(plan.code) && !days.some((day) => diaryOf?.days.has(day));
	});
	const random = randomOf(world, city, 'choose', one.index);
	const ranked = candidates
		.map((person) => {
			const gap =
				(required.get(person.level)?.get(competencyId) ?? 1) - (abilities.get(person.id)?.[at] ?? 0);
			return { person, score: gap + normal(random) * 0.8 };
		})
		.sort((a, b) => b.score - a.score);
	const comers = cohort
		? cohortOf(candidates, one.times)
		: ranked
				.slice(0, Math.round(one.planned.seats * (one.planned.demand ?? 0.97)))
				.map(({ person }) => person);
	for (const forced of PERSONA_CLASSES.filter(
		(it) => it.code === plan.code && it.stage === one.planned.stage
	)) {
		const person = personaOf(city, forced.role);
		const isFree = !days.some((day) => diary.get(person.id)?.days.has(day));
		if (isFree && !comers.includes(person) && !cohort && sameWeek(world, one, forced.week))
			comers.unshift(person);
	}
	for (const person of comers) {
		const own = diary.get(person.id) ?? { days: new Set<string>(), programs: new Set<string>() };
		for (const day of days) own.days.add(day);
		own.programs.add(plan.code);
		diary.set(person.id, own);
	}
	return comers;
}

/** People with printed accounts go only where the story needs them, so that each finds something to do. */
const PERSONA_CLASSES = [
	{ role: 'employee', code: 'KPK', stage: 'finished', week: 0 },
	{ role: 'employee', code: 'ELP', stage: 'running', week: 0 },
	{ role: 'supervisor', code: 'MPK', stage: 'certified', week: -19 }
] as const;

const sameWeek = (world: World, one: SetUpClass, week: number): boolean =>
	one.planned.stage !== 'certified' || one.startsOn.startsWith(world.clock.day(week));

const within = (path: string, top: string): boolean =>
	top === '' || path === top || path.startsWith(`${top}.`);

/** One third of every counter: whoever has been before is no longer among the people. */
function cohortOf(people: readonly Staff[], before: number): Staff[] {
	const counters = new Map<string, Staff[]>();
	for (const person of people) counters.set(person.office, [...(counters.get(person.office) ?? []), person]);
	return [...counters.values()].flatMap((counter) =>
		counter.slice(0, Math.ceil(counter.length / (3 - before)))
	);
}

const isPersona = (city: City, person: Staff): boolean =>
	Object.values(city.personas).some(({ nip }) => nip === person.nip);

function askedAt(world: World, one: SetUpClass, after: number, hour: number): Date {
	const { clock } = world;
	const opened = one.planned.stage === 'open' ? clock.day(-3, 2) : addDays(one.startsOn, -30);
	return clock.at(addDays(opened, after), `${String(hour).padStart(2, '0')}:20`);
}

async function refuse(world: World, city: City, one: SetUpClass, person: Staff, why: string): Promise<void> {
	const supervisor = city.staff.find(({ id }) => id === person.supervisorId);
	if (!supervisor) return;
	const at = askedAt(world, one, 4, 10);
	const { registrationId } = await act(world, requestSeat, actorOf(city, person), at, {
		classId: one.classId
	});
	await act(world, decideRequest, actorOf(city, supervisor), new Date(at.getTime() + 7_200_000), {
		registrationId,
		decision: 'reject',
		note: why
	});
}

async function giveBack(
	world: World,
	city: City,
	one: SetUpClass,
	person: Staff,
	why: string
): Promise<void> {
	const registration = await read(world, city, (db) =>
		db
			.selectFrom('classes.registration')
			.select('id')
			.where('agency_id', '=', city.agencyId)
			.where('class_id', '=', one.classId)
			.where('person_id', '=', person.id)
			.executeTakeFirstOrThrow()
	);
	const at = one.planned.stage === 'open' ? world.clock.day(-1) : addDays(one.startsOn, -4);
	await act(world, withdraw, actorOf(city, person), world.clock.at(at, '11:15'), {
		registrationId: registration.id,
		note: why
	});
}

/** Who holds a seat now, by class and in the order of NIP. */
async function seatsOf(world: World, city: City): Promise<Seats> {
	const rows = await read(world, city, (db) =>
		db
			.selectFrom('classes.registration')
			.select(['class_id', 'person_id'])
			.where('agency_id', '=', city.agencyId)
			.where('status', '=', 'enrolled')
			.execute()
	);
	const classesOf = new Map<string, string[]>();
	for (const { class_id, person_id } of rows)
		classesOf.set(person_id, [...(classesOf.get(person_id) ?? []), class_id]);
	const seats = new Map<string, Staff[]>();
	for (const person of city.staff)
		for (const classId of classesOf.get(person.id) ?? [])
			seats.set(classId, [...(seats.get(classId) ?? []), person]);
	return seats;
}
