import { createHash } from 'node:crypto';
import { addDays } from '#kernel/time.ts';
import { newId } from '#kernel/ids.ts';
import { OBSTACLES } from '#slices/followup/model.ts';
import { afterCheckIn } from '#slices/followup/rules.ts';
import {
	checkInsInBulk,
	plansInBulk,
	type CheckInInBulk,
	type PlanInBulk
} from '#slices/followup/server/bulk.ts';
import type { Random } from '../random.ts';
import type { HeldClass } from './attendance.ts';
import { ACTIONS, ANSWERS, CHECK_IN_NOTES, STUCK_NOTES } from './catalogue/action-plans.ts';
import { counterPicture } from './picture.ts';
import { personaOf, randomOf, write, type City, type Staff, type World } from './world.ts';

const DAYS_TO_STEP = [30, 60, 90];

type Written = { plan: PlanInBulk; checkIns: Omit<CheckInInBulk, 'actionPlanId'>[] };

/** Action plans after the classes that ask for one, their check-ins at 30, 60 and 90 days, some of them late. */
export async function followUp(world: World, city: City, classes: readonly HeldClass[]): Promise<void> {
	const photos = await keepPhotos(world, city);
	const written: Written[] = [];
	for (const one of classes) {
		if (one.planned.stage !== 'certified') continue;
		for (const person of one.passed) {
			const random = randomOf(world, city, 'follow', one.index, person.nip);
			const isMain = isPersona(city, person);
			if (person.supervisorId === null || (!isMain && !random.chance(0.45))) continue;
			const plan = isMain ? personaPlan(world, one, person) : planOf(world, one, person, random);
			if (plan === null) continue;
			written.push(isMain ? personaCheckIns(world, plan, photos) : withCheckIns(world, plan, random, photos));
		}
	}
	await write(world, city, async (tx) => {
		const ids = await plansInBulk(
			tx,
			city.agencyId,
			written.map(({ plan }) => plan)
		);
		await checkInsInBulk(
			tx,
			city.agencyId,
			written.flatMap(({ checkIns }, at) => checkIns.map((one) => ({ ...one, actionPlanId: ids[at] ?? '' })))
		);
	});
}

const isPersona = (city: City, person: Staff): boolean => person.id === personaOf(city, 'employee').id;

function planOf(world: World, one: HeldClass, person: Staff, random: Random): PlanInBulk | null {
	const { clock } = world;
	const actions = ACTIONS[one.code];
	if (!actions) return null;
	const action = random.pick(actions);
	const submitted = addDays(one.endsOn, random.int(3, 20));
	const decided = addDays(submitted, random.int(1, 12));
	if (submitted >= clock.today) return null;
	const returned = random.chance(0.04);
	const waiting = decided >= clock.today || random.chance(0.03);
	const pace = random.weighted([['prompt', 0.5], ['slow', 0.35], ['stuck', 0.15]] as const); // prettier-ignore
	const steps = action.steps.map((what, at) => {
		const dueOn = addDays(one.endsOn, DAYS_TO_STEP[at] ?? 90);
		const doneOn = addDays(dueOn, pace === 'prompt' ? -random.int(0, 6) : random.int(4, 35));
		const never = waiting || returned || (pace === 'stuck' && at > 0) || doneOn >= clock.today;
		return { what, dueOn, doneOn: never ? null : doneOn };
	});
	return {
		classId: one.classId,
		personId: person.id,
		supervisorId: person.supervisorId ?? '',
		goal: action.goal,
		indicator: action.indicator,
		status: waiting ? 'submitted' : returned ? 'returned' : 'approved',
		note: returned ? 'Tuliskan ukurannya: dari berapa menjadi berapa?' : '',
		submittedAt: clock.at(submitted, '16:10'),
		decidedAt: waiting ? null : clock.at(decided, '08:50'),
		steps
	};
}

/** One check-in for every step that was done, and one from whoever is stuck. */
function withCheckIns(world: World, plan: PlanInBulk, random: Random, photos: readonly string[]): Written {
	const { clock } = world;
	if (plan.status !== 'approved') return { plan, checkIns: [] };
	const done = plan.steps.filter(({ doneOn }) => doneOn !== null);
	const stuck = done.length < plan.steps.length && done.length > 0 && random.chance(0.3);
	const checkIns = done.map((step, at) => {
		const last = at === plan.steps.length - 1;
		return checkIn(world, plan, random, photos, {
			on: step.doneOn ?? clock.today,
			progress: last ? 100 : Math.round((100 * (at + 1)) / plan.steps.length),
			note: random.pick(CHECK_IN_NOTES),
			obstacle: random.chance(0.15) ? random.pick(OBSTACLES) : null
		});
	});
	const lastOn = done.at(-1)?.doneOn ?? clock.today;
	if (stuck && addDays(lastOn, 21) < clock.today)
		checkIns.push(
			checkIn(world, plan, random, photos, {
				on: addDays(lastOn, 20),
				progress: checkIns.at(-1)?.progress ?? 0,
				note: random.pick(STUCK_NOTES),
				obstacle: random.pick(OBSTACLES)
			})
		);
	const progress = checkIns.at(-1)?.progress;
	const status = progress === undefined || afterCheckIn(progress) !== 'done' ? 'running' : 'done';
	return { plan: { ...plan, status: checkIns.length === 0 ? plan.status : status }, checkIns };
}

type Told = { on: string; progress: number; note: string; obstacle: CheckInInBulk['obstacle'] };

function checkIn(
	world: World,
	plan: PlanInBulk,
	random: Random,
	photos: readonly string[],
	{ on, progress, note, obstacle }: Told
): Omit<CheckInInBulk, 'actionPlanId'> {
	const { clock } = world;
	const answered = addDays(on, random.int(1, 6));
	const silent = answered >= clock.today || random.chance(0.12);
	return {
		at: clock.at(on, '15:30'),
		progress,
		note,
		obstacle,
		photoId: random.chance(0.2) ? random.pick(photos) : null,
		answer: silent
			? null
			: { by: plan.supervisorId, at: clock.at(answered, '08:20'), words: random.pick(ANSWERS) }
	};
}

/** The clerk whose account is printed: two steps done and told, the third due the day after tomorrow. */
function personaPlan(world: World, one: HeldClass, person: Staff): PlanInBulk | null {
	const { clock } = world;
	const action = ACTIONS[one.code]?.[0];
	if (!action || one.code !== 'PPP') return null;
	const [first, second, third] = action.steps;
	return {
		classId: one.classId,
		personId: person.id,
		supervisorId: person.supervisorId ?? '',
		goal: action.goal,
		indicator: action.indicator,
		status: 'running',
		note: 'Setuju. Mulai dari jam sibuk.',
		submittedAt: clock.at(clock.day(-38), '16:10'),
		decidedAt: clock.at(clock.day(-37), '08:50'),
		steps: [
			{ what: first, dueOn: clock.day(-30), doneOn: clock.day(-31, 4) },
			{ what: second, dueOn: clock.day(-12), doneOn: clock.day(-10, 3) },
			{ what: third, dueOn: addDays(clock.today, 2), doneOn: null }
		]
	};
}

function personaCheckIns(world: World, plan: PlanInBulk, photos: readonly string[]): Written {
	const { clock } = world;
	const told = (on: string, progress: number, note: string, words: string) => ({
		at: clock.at(on, '15:30'),
		progress,
		note,
		obstacle: null,
		photoId: photos[0] ?? null,
		answer: { by: plan.supervisorId, at: clock.at(addDays(on, 2), '08:20'), words }
	});
	return {
		plan,
		checkIns: [
			told(clock.day(-31, 4), 30, CHECK_IN_NOTES[0], ANSWERS[0]),
			told(clock.day(-10, 3), 65, CHECK_IN_NOTES[1], ANSWERS[2])
		]
	};
}

/** A dozen pictures of blocks, as phones would have brought them. */
async function keepPhotos(world: World, city: City): Promise<string[]> {
	const { clock } = world;
	const photos = Array.from({ length: 12 }, (_, index) => ({
		id: newId(),
		content: counterPicture(2 + (index % 7), 1 + (index % 3)),
		name: `loket-${index + 1}.png`
	}));
	await write(world, city, (tx) =>
		tx
			.insertInto('platform.file')
			.values(
				photos.map(({ id, content, name }) => ({
					agency_id: city.agencyId,
					id,
					room: 'followup',
					name,
					mime: 'image/png',
					size: content.length,
					sha256: createHash('sha256').update(content).digest('hex'),
					content,
					account_id: city.actors.employee.accountId,
					created_at: clock.at(clock.day(-31, 4), '15:30')
				}))
			)
			.execute()
	);
	return photos.map(({ id }) => id);
}
