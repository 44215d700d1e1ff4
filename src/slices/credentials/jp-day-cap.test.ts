import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#kernel/time.ts';
import { roomUnderDayCap, type HoursAmongDays } from './jp-day-cap.ts';

const days = (startsOn: string, endsOn: string, hours: number): HoursAmongDays => ({
	startsOn: `2026-03-${startsOn}`,
	endsOn: `2026-03-${endsOn}`,
	hours
});

test.each<[string, HoursAmongDays[], number]>([
	['nothing else: three a day', [], 6],
	['a full day beside it leaves the other day', [days('02', '02', 3)], 3],
	['both days full leave nothing', [days('02', '03', 6)], 0],
	['more than full, as an older rule let it, leaves nothing and takes nothing', [days('02', '03', 9)], 0],
	['a long record takes the days that are free first', [days('02', '05', 6)], 6],
	['a long record that fills its days takes these, too', [days('02', '05', 9)], 3],
	['another week does not matter', [days('09', '10', 6)], 6]
])('two days of e-learning beside %s', (_, counted, room) => {
	expect(roomUnderDayCap('2026-03-02', '2026-03-03', 3, counted)).toBe(room);
});

test('whatever people claim and in whatever order, no run of days ever holds more than its cap', () => {
	const claim = fc.record({
		from: fc.integer({ min: 0, max: 9 }),
		length: fc.integer({ min: 0, max: 5 }),
		hours: fc.integer({ min: 1, max: 20 })
	});
	fc.assert(
		fc.property(fc.array(claim, { maxLength: 8 }), (claims) => {
			const counted: HoursAmongDays[] = [];
			for (const { from, length, hours } of claims) {
				const startsOn = addDays('2026-03-01', from);
				const endsOn = addDays(startsOn, length);
				counted.push({
					startsOn,
					endsOn,
					hours: Math.min(hours, roomUnderDayCap(startsOn, endsOn, 3, counted))
				});
			}
			// The kindest spread, tried out: earliest end first, into the earliest free day.
			const free = new Map<string, number>();
			const spread = counted
				.toSorted((a, b) => a.endsOn.localeCompare(b.endsOn))
				.every(({ startsOn, endsOn, hours }) => {
					let left = hours;
					for (let on = startsOn; on <= endsOn; on = addDays(on, 1)) {
						const put = Math.min(left, free.get(on) ?? 3);
						free.set(on, (free.get(on) ?? 3) - put);
						left -= put;
					}
					return left === 0;
				});
			expect(spread).toBe(true);
		})
	);
});
