import { monitorEventLoopDelay } from 'node:perf_hooks';
import { randomFor } from '../demo/random.ts';
import { addDays } from '#kernel/time.ts';
import { violationsOf } from '#slices/classes/cohorts/check.ts';
import { frameOf } from '#slices/classes/cohorts/frame.ts';
import { type Mixing, type Nominee, type Problem, type Slot } from '#slices/classes/cohorts/problem.ts';
import { programOf } from '#slices/classes/cohorts/program.ts';
import { splitCohorts } from '#slices/classes/cohorts/solve.ts';
import { countersOf, type Away, type Member, type Span } from '#slices/classes/coverage.ts';
import { withSolver } from '#slices/classes/server/cohorts/solver.ts';

// Splitting 2,000 nominated people over 40 cohorts: each chooses among 12 slots (three pairs of days, two rooms, two
// facilitators) of 60 rooms and 80 facilitators; 180 units keep their counters. Two instances: hours and rooms still to
// be chosen, and classes whose sessions are fixed.
const SECONDS = 30;
const GAP = 0.01;
const PEOPLE = 2000;
const UNITS = 180;
const COHORTS = 40;
const ROOMS = 60;
const FACILITATORS = 80;
const KECAMATAN = 21;
const SEATS = 50;

const kecamatanOf = (unit: number): number => unit % KECAMATAN;
/** Monday to Thursday of twelve weeks: a training of two days begins on one of them. */
const STARTS = Array.from({ length: 12 }, (_, week) =>
	[0, 1, 2, 3].map((day) => addDays('2027-01-04', week * 7 + day))
).flat();

function instance(seed: number, choosing: boolean, mixing: Mixing): Problem {
	const random = randomFor(seed, 'cohorts');
	const cohorts = Array.from({ length: COHORTS }, (_, cohort) => {
		const days = Array.from({ length: choosing ? 3 : 1 }, () => random.pick(STARTS));
		const rooms = Array.from({ length: choosing ? 2 : 1 }, () =>
			choosing ? random.int(0, ROOMS - 1) : cohort
		);
		const people = Array.from({ length: choosing ? 2 : 1 }, () =>
			choosing ? random.int(0, FACILITATORS - 1) : cohort
		);
		const slots = days.flatMap((day, d) =>
			rooms.flatMap((room, r) =>
				people.map((who, f): Slot => ({
					id: `${cohort}-${d}-${r}-${f}`,
					spans: [0, 1].map((later) => ({ day: addDays(day, later), from: 8 * 60, to: 16 * 60 })),
					seats: 40 + (room % 3) * 10,
					placeId: String(room % KECAMATAN),
					roomId: String(room),
					facilitatorId: String(who)
				}))
			)
		);
		return { id: String(cohort), seats: SEATS, slots };
	});
	const staff = Array.from({ length: UNITS }, (_, unit) =>
		Array.from({ length: random.int(10, 18) }, (_, n): Member & { id: string } => ({
			id: `${unit}-${n}`,
			personId: `${unit}-${n}`,
			postTitle: n % 3 === 0 ? 'Perawat Terampil' : 'Pengadministrasi Umum'
		}))
	);
	const away: Away[] = [];
	const people: Nominee[] = [];
	const everybody = staff.flatMap((members, unit) => members.map((member) => ({ member, unit })));
	for (const { member, unit } of everybody) {
		const gone: Span[] = [];
		if (random.chance(0.15)) {
			const first = addDays(random.pick(STARTS), 0);
			for (let day = 0; day < random.int(1, 10); day += 1)
				gone.push({ day: addDays(first, day), from: 0, to: 1440 });
			away.push(...gone.map((span) => ({ ...span, personId: member.personId, why: 'leave' as const })));
		}
		if (people.length >= PEOPLE || !random.chance(0.85)) continue;
		people.push({
			id: member.personId,
			unitId: String(unit),
			gap: random.int(1, 6),
			neverSent: random.chance(0.4),
			away: gone,
			wishes: random.chance(0.15)
				? { [String(random.int(0, COHORTS - 1))]: random.chance(0.5) ? 'wanted' : 'forbidden' }
				: {}
		});
	}
	const days = [
		...new Set(cohorts.flatMap(({ slots }) => slots.flatMap(({ spans }) => spans.map((it) => it.day))))
	];
	const counters = staff.flatMap((members, unit) => {
		const nurses = members.filter(({ postTitle }) => postTitle.startsWith('Perawat')).length;
		const needs = [
			{ roleName: 'Perawat jaga', weekdays: 63, from: 8 * 60, to: 14 * 60, people: Math.max(1, nurses - 2) },
			{
				roleName: 'Petugas loket',
				weekdays: 31,
				from: 8 * 60,
				to: 16 * 60,
				people: Math.ceil(members.length * 0.4)
			}
		].slice(unit % 2);
		return days.flatMap((day) => countersOf(String(unit), day, needs, members, []));
	});
	return {
		people,
		cohorts,
		counters,
		away,
		mixing,
		fixed: {},
		shares: [],
		distance: (unitId, placeId) => {
			const apart = Math.abs(kecamatanOf(Number(unitId)) - Number(placeId));
			return apart === 0 ? 0 : apart <= 2 ? 1 : 2;
		}
	};
}

const rows = [];
const held = monitorEventLoopDelay({ resolution: 5 });
for (const [what, problem] of [
	['hours, rooms, facilitators to choose', instance(1, true, 'free')],
	['the same, another city', instance(2, true, 'free')],
	['sessions fixed', instance(3, false, 'free')],
	['sessions fixed, units mixed', instance(4, false, 'mixed')],
	['sessions fixed, units together', instance(5, false, 'together')]
] as const) {
	const frame = frameOf(problem);
	const { program } = programOf(problem, frame);
	held.reset();
	held.enable();
	const cpu = process.cpuUsage();
	const start = performance.now();
	const clock = () => (performance.now() - start) / 1000;
	const split = await withSolver((solve) =>
		splitCohorts(problem, solve, { seconds: SECONDS, gap: GAP, clock })
	);
	const seconds = clock();
	held.disable();
	const used = process.cpuUsage(cpu);
	const wrong = violationsOf(problem, split).length;
	rows.push({
		what,
		nominated: problem.people.length,
		groups: frame.groups.length,
		unknowns: program.worth.length,
		rows: program.limits.length,
		placed: Object.keys(split.places).length,
		objective: split.worth,
		bound: Math.round(split.bound),
		'gap, %': Number((split.gap * 100).toFixed(3)),
		seconds: Number(seconds.toFixed(1)),
		'cpu, s': Number(((used.user + used.system) / 1e6).toFixed(1)),
		'loop held, ms': Math.round(held.max / 1e6),
		'rules broken': wrong,
		ok: split.gap <= GAP && seconds <= SECONDS && wrong === 0
	});
}
console.table(rows);
if (rows.some(({ ok }) => !ok)) process.exitCode = 1;
