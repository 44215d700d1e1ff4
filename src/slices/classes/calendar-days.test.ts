import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#kernel/time.ts';
import { CALENDAR_VIEWS, dayOf, daysIn, rangeOf, stepped, whoseOf } from './calendar-days.ts';

test('a month is shown in whole weeks from Monday to Sunday, a week as itself, the agenda as the bare month', () => {
	expect(rangeOf('month', '2027-02-14')).toEqual({ from: '2027-02-01', to: '2027-02-28' });
	expect(rangeOf('month', '2026-11-26')).toEqual({ from: '2026-10-26', to: '2026-12-06' });
	expect(rangeOf('week', '2026-11-29')).toEqual({ from: '2026-11-23', to: '2026-11-29' });
	expect(rangeOf('agenda', '2026-11-29')).toEqual({ from: '2026-11-01', to: '2026-11-30' });
});

test('every view holds its own day, and a step back undoes a step on', () => {
	const day = fc.integer({ min: 0, max: 3000 }).map((away) => addDays('2024-01-01', away));
	fc.assert(
		fc.property(day, fc.constantFrom(...CALENDAR_VIEWS), (one, view) => {
			const range = rangeOf(view, one);
			expect(range.from <= one && one <= range.to).toBe(true);
			if (view !== 'agenda') expect(daysIn(range).length % 7).toBe(0);
			expect(rangeOf(view, stepped(view, stepped(view, one, 1), -1))).toEqual(range);
			expect(rangeOf(view, stepped(view, one, 1)).to > range.to).toBe(true);
		})
	);
});

test('what the address asks for is read, and nonsense is the agency and today', () => {
	const id = '0190b5a0-0000-7000-8000-000000000001';
	expect(whoseOf(`room:${id}`)).toEqual({ of: 'room', id });
	expect(whoseOf('room:1')).toEqual({ of: 'agency', id: null });
	expect(whoseOf('agency')).toEqual({ of: 'agency', id: null });
	expect(whoseOf(null)).toBeNull();
	expect(dayOf('2027-02-30', '2026-11-26')).toBe('2026-11-26');
	expect(dayOf('2027-02', '2026-11-26')).toBe('2027-02-01');
});
