import { addDays } from '#kernel/time.ts';
import type { PlannedClass } from './catalogue/planned-class.ts';
import type { Clock } from './clock.ts';
import type { Taught } from './programs.ts';

/** A session as it is typed into the form: wall clock, no ids but the module's. */
export type PlannedSession = {
	topic: string;
	moduleId: string;
	mode: 'class' | 'field' | 'online' | 'self_paced' | 'workplace';
	on: string;
	from: string;
	to: string;
};

/** Hours of 45 minutes that fit before and after lunch, and days between two days of teaching. */
type Rhythm = { slots: readonly (readonly [string, number])[]; everyDays: number };

const FULL_DAYS: Rhythm = { slots: [['08:00', 4], ['12:30', 4]], everyDays: 1 }; // prettier-ignore
const RHYTHMS: Readonly<Record<string, Rhythm>> = {
	KL06: { slots: [['08:30', 4]], everyDays: 1 },
	KL07: { slots: [['08:00', 5]], everyDays: 1 },
	KL11: { slots: [['08:30', 4]], everyDays: 1 },
	NK01: { slots: [['14:00', 2]], everyDays: 14 },
	NK02: { slots: [['14:00', 2]], everyDays: 14 },
	NK03: { slots: [['19:00', 3]], everyDays: 2 },
	NK04: { slots: [['13:00', 4]], everyDays: 1 },
	NK05: { slots: [['08:00', 4]], everyDays: 1 },
	NK06: { slots: [['08:00', 4], ['12:30', 2]], everyDays: 1 }, // prettier-ignore
	NK07: { slots: [['09:00', 5]], everyDays: 1 },
	NK08: { slots: [['08:00', 4]], everyDays: 1 },
	NK09: { slots: [['19:00', 2]], everyDays: 2 },
	NK10: { slots: [['14:00', 2]], everyDays: 7 },
	NK12: { slots: [['08:00', 4]], everyDays: 1 }
};

/** Sessions of a class, its curriculum's modules laid one after the other over the days. */
export function sessionsOf(clock: Clock, planned: PlannedClass, { plan, modules }: Taught): PlannedSession[] {
	const rhythm = RHYTHMS[plan.form] ?? FULL_DAYS;
	const hours = modules.reduce((sum, module) => sum + module.hours, 0);
	const slots =
		'workdays' in planned.when ? slotsFor(rhythm, hours, planned.when.workdays.length) : rhythm.slots;
	const days = daysOf(clock, planned, rhythm);
	const queue = modules.map((module) => ({ ...module, left: module.hours, part: 1 }));
	const sessions: PlannedSession[] = [];
	for (const day of days) {
		for (const [start, room] of slots) {
			let free = room;
			while (free > 0 && queue[0]) {
				const module = queue[0];
				const taken = Math.min(free, module.left);
				const from = room - free;
				sessions.push({
					topic:
						module.left < module.hours || taken < module.left
							? `${module.name} (${module.part})`
							: module.name,
					moduleId: module.id,
					mode: modeOf(module.mode),
					on: day,
					from: later(start, from),
					to: later(start, from + taken)
				});
				free -= taken;
				module.left -= taken;
				module.part += 1;
				if (module.left <= 0) queue.shift();
			}
		}
		if (queue.length === 0) return sessions;
	}
	throw new Error(`${plan.code} does not fit into its days`);
}

/** The same hours over a given number of days: what is going on now is told to the day. */
function slotsFor(rhythm: Rhythm, hours: number, days: number): Rhythm['slots'] {
	const perDay = Math.ceil(hours / days);
	const first = rhythm.slots[0]?.[0] ?? '08:00';
	return perDay <= 5
		? [[first, perDay]]
		: [
				[first, 4],
				['12:30', perDay - 4]
			];
}

function daysOf(clock: Clock, { when }: PlannedClass, rhythm: Rhythm): string[] {
	if ('workdays' in when) return when.workdays.map((away) => clock.workday(away));
	const first = clock.day(when.week, when.weekday ?? 0);
	if (rhythm.everyDays > 1)
		return Array.from({ length: 8 }, (_, index) => addDays(first, index * rhythm.everyDays));
	// Working days one after the other, over the weekend when it takes longer than a week.
	return Array.from({ length: 15 }, (_, index) => clock.day(when.week, index + (when.weekday ?? 0))).filter(
		(day) => new Date(`${day}T00:00:00Z`).getUTCDay() % 6 !== 0
	);
}

const MODES = ['class', 'field', 'online', 'self_paced', 'workplace'] as const;

function modeOf(text: string): PlannedSession['mode'] {
	return MODES.find((mode) => mode === text) ?? 'class';
}

function later(clock: string, hours: number): string {
	const minutes = Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)) + hours * 45;
	return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
