import { expect, test } from 'vitest';
import { say } from './say.server.ts';

test('a refusal says its days and times as people write them', () => {
	expect(say('needs.rate.notYet', { opensOn: '2026-03-09' })).toContain('9 Maret 2026');
	expect(
		say('classes.registration.alreadyEnrolled', { who: 'Eka Handayani', when: '2026-11-22T06:07' })
	).toContain('Eka Handayani pada 22 Nov 2026, 06.07');
});
test('from one day to another is said once where it is one day', () => {
	const closed = (from: string, to: string) =>
		say('classes.room.closedThen', { room: 'Aula', from, to, reason: 'cat' });
	expect(closed('2026-11-24', '2026-11-24')).toContain('Aula ditutup 24 November 2026: cat');
	expect(closed('2026-11-24', '2026-11-26')).toContain('Aula ditutup 24–26 November 2026: cat');
});
test('how many is said as people write figures; a year stays a year', () => {
	expect(say('people.import.undoBlocked', { count: 14_351 })).toContain('14.351');
	expect(say('people.nip.appointmentFuture', { year: 2031 })).toContain('2031');
});
test.each(['1999-02-30', '2091-13-01', '2026-11-22T25:61', '0000-00-00'])(
	'what somebody typed as a day and is none (%s) is repeated as it was typed',
	(typed) => {
		expect(say('needs.rate.notYet', { opensOn: typed })).toContain(typed);
	}
);
test('a code without a sentence stays readable', () => {
	expect(say('no such code')).toBe('no such code');
});
