import { describe, expect, test } from 'vitest';
import { partsByDay, priceOf, softConflicts, USUAL_HOURS, type Timed } from './conflicts.ts';

const around = {
	hours: USUAL_HOURS,
	holidays: new Map([['2026-12-25', 'Natal']]),
	ramadans: [{ startsOn: '2026-02-19', endsOn: '2026-03-20' }]
};
const session = (facts: Partial<Timed>): Timed => ({
	on: '2026-11-25',
	from: '08:00',
	minutes: 120,
	mode: 'class',
	people: 20,
	roomSeats: null,
	classSeats: 20,
	guestsElsewhere: [],
	missedAt: [],
	...facts
});
const kinds = (facts: Partial<Timed>) =>
	softConflicts(session(facts), around).map(({ kind, minutes }) => [kind, minutes]);

describe('soft conflicts and their price', () => {
	test.each<[string, Partial<Timed>, (string | number)[][]]>([
		['an ordinary Wednesday morning', {}, []],
		['a holiday', { on: '2026-12-25' }, [['holiday', 120]]],
		['a Saturday', { on: '2026-11-28' }, [['weekend', 120]]],
		['over Friday prayer', { on: '2026-11-27', from: '11:00', minutes: 150 }, [['friday', 90]]],
		['after hours', { from: '15:00', minutes: 120 }, [['outside', 60]]],
		['fasting, after three', { on: '2026-02-25', from: '14:00', minutes: 120 }, [['ramadan', 60]]],
		[
			'a speaker from outside who is elsewhere',
			{ guestsElsewhere: [{ name: 'Sari', minutes: 30 }] },
			[['guest', 30]]
		],
		[
			'facilitators who are missed at their counters',
			{
				missedAt: [
					{ name: 'Loket', minutes: 45 },
					{ name: 'Loket', minutes: 15 }
				]
			},
			[['counter', 60]]
		],
		['a room that is too small', { roomSeats: 15 }, [['small', 0]]],
		['at one’s own pace, at night', { mode: 'self_paced', from: '22:00' }, []],
		['over midnight into a holiday', { on: '2026-12-24', from: '23:00' }, [['holiday', 60], ['outside', 60]]] // prettier-ignore
	])('%s', (_, facts, expected) => {
		expect(kinds(facts).sort()).toEqual(expected);
	});

	test('the price is hours of people, or chairs that are missing; the dearest comes first', () => {
		const [first, second] = softConflicts(session({ on: '2026-12-25', roomSeats: 15 }), around);
		expect(first && priceOf(first)).toBe(40);
		expect(first?.name).toBe('Natal');
		expect(second && priceOf(second)).toBe(5);
	});

	test('a counter that lacks whoever teaches costs their hours, not those of the class', () => {
		const [only] = softConflicts(session({ missedAt: [{ name: 'Loket, Pelayanan', minutes: 90 }] }), around);
		expect(only).toMatchObject({ people: 1, name: 'Loket, Pelayanan' });
		expect(only && priceOf(only)).toBe(1.5);
	});

	test('a session is cut at midnight', () => {
		expect(partsByDay({ on: '2026-12-31', from: '22:30', minutes: 150 })).toEqual([
			{ day: '2026-12-31', from: 1350, to: 1440 },
			{ day: '2027-01-01', from: 0, to: 60 }
		]);
	});
});
