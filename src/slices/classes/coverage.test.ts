import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	countersOf,
	coverageOf,
	holdersOf,
	mayBeAway,
	overlaps,
	shortWithout,
	weekdayBit,
	type Away,
	type Member,
	type Need
} from './coverage.ts';

const MONDAY = '2027-03-01';
const staff: Member[] = ['a', 'b', 'c', 'd'].map((personId, index) => ({
	personId,
	postTitle: index < 2 ? 'Perawat Terampil' : 'Pengadministrasi Umum'
}));
const need = (roleName: string, people: number, from = 480, to = 960): Need => ({
	roleName,
	weekdays: 31,
	from,
	to,
	people
});
const away = (personId: string, from: number, to: number): Away => ({
	personId,
	day: MONDAY,
	from,
	to,
	why: 'class'
});
const covered = (needs: Need[], gone: Away[]) =>
	coverageOf(
		countersOf(
			'u',
			MONDAY,
			needs,
			staff,
			gone.flatMap(({ from, to }) => [from, to])
		),
		gone
	);

describe('who can fill a role', () => {
	test('is told by a word that it shares with a post, and else by working there', () => {
		expect(holdersOf('Perawat jaga', staff).map(({ personId }) => personId)).toEqual(['a', 'b']);
		expect(holdersOf('Petugas loket', staff)).toHaveLength(4);
	});
});

describe('how many may be away', () => {
	test('are those present beyond the minimum, and nobody where it is short already', () => {
		expect(mayBeAway(2, 5)).toBe(3);
		expect(mayBeAway(2, 1)).toBe(0);
	});

	test('follows weekdays: nobody is needed on a Sunday', () => {
		expect(weekdayBit(MONDAY)).toBe(1);
		expect(weekdayBit('2027-03-07')).toBe(64);
		expect(countersOf('u', '2027-03-07', [need('Petugas loket', 2)], staff, [])).toEqual([]);
	});

	test('looks at the thinnest hour: two away at different hours are not away together', () => {
		const apart = covered([need('Petugas loket', 3)], [away('a', 480, 600), away('b', 780, 900)]);
		expect(Math.min(...apart.map((one) => one.present))).toBe(3);
		const together = covered([need('Petugas loket', 3)], [away('a', 480, 600), away('b', 540, 660)]);
		expect(Math.min(...together.map((one) => one.present))).toBe(2);
	});

	test('counts nobody twice who could fill two roles', () => {
		const both = covered([need('Petugas loket', 2), need('Petugas pendaftaran', 2)], []);
		expect(both.find(({ roles }) => roles.length === 2)).toMatchObject({
			required: 4,
			present: 4,
			mayBeAway: 0
		});
		expect(both.find(({ roles }) => roles.length === 1)).toMatchObject({ mayBeAway: 2 });
	});

	test('says which counters would be short without somebody, and none when they hold no place there', () => {
		const lines = covered([need('Perawat jaga', 2, 480, 840)], []);
		const session = [{ day: MONDAY, from: 600, to: 720 }];
		expect(shortWithout(lines, 'a', session)).toMatchObject([{ roles: ['Perawat jaga'] }]);
		expect(shortWithout(lines, 'c', session)).toEqual([]);
		expect(shortWithout(lines, 'a', [{ day: MONDAY, from: 840, to: 900 }])).toEqual([]);
	});
});

/** Can these people fill all roles needed at this hour, each in one? Tried person by person. */
function filled(
	roles: readonly { people: number; holders: ReadonlySet<string> }[],
	present: readonly string[]
): boolean {
	const open = roles.filter(({ people }) => people > 0);
	const [role] = open;
	if (!role) return true;
	return present.some(
		(person) =>
			role.holders.has(person) &&
			filled(
				open.map((one) => (one === role ? { ...one, people: one.people - 1 } : one)),
				present.filter((other) => other !== person)
			)
	);
}

test('all counters are kept exactly when everybody there can be given a role at every hour', () => {
	const absent = fc.record({
		who: fc.constantFrom('a', 'b', 'c', 'd'),
		from: fc.integer({ min: 7, max: 15 }),
		hours: fc.integer({ min: 1, max: 6 })
	});
	const roles = fc.array(
		fc.record({
			name: fc.constantFrom('Perawat jaga', 'Petugas loket', 'Kasir', 'Administrasi umum'),
			people: fc.integer({ min: 1, max: 2 }),
			from: fc.integer({ min: 7, max: 12 }),
			hours: fc.integer({ min: 1, max: 6 })
		}),
		{ minLength: 1, maxLength: 3 }
	);
	fc.assert(
		fc.property(fc.array(absent, { maxLength: 4 }), roles, (gone, wanted) => {
			const leave = gone.map(({ who, from, hours }) => away(who, from * 60, (from + hours) * 60));
			const needs = wanted.map(({ name, people, from, hours }) =>
				need(name, people, from * 60, (from + hours) * 60)
			);
			const kept = covered(needs, leave).every(({ present, required }) => present >= required);
			const tried = Array.from({ length: 24 }, (_, hour) => {
				const now = { day: MONDAY, from: hour * 60, to: hour * 60 + 1 };
				const present = staff
					.map(({ personId }) => personId)
					.filter((id) => !leave.some((one) => one.personId === id && overlaps(one, now)));
				const open = needs.filter(({ from, to }) => from <= now.from && now.to <= to);
				return filled(
					open.map(({ roleName, people }) => ({
						people,
						holders: new Set(holdersOf(roleName, staff).map(({ personId }) => personId))
					})),
					present
				);
			});
			expect(kept).toBe(tried.every((one) => one));
		}),
		{ numRuns: 300 }
	);
});
