import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	answerBy,
	approvalFor,
	DEFAULT_POLICY,
	givenSeats,
	isNoShow,
	stillAsks,
	stillOffered,
	yesLeadsTo,
	type Candidate,
	type Quota
} from './seat-rules.ts';

const who = (personId: string, unitPath = 'kota.dinas', postKind = 'general'): Candidate => ({
	personId,
	unitPath,
	postKind
});
const names = (given: readonly Candidate[]): string => given.map(({ personId }) => personId).join('');

describe('who of the queue gets a free seat', () => {
	const queue = [who('a'), who('b', 'kota.camat.lurah'), who('c', 'kota.camat')];

	test('the first first; whoever is busy keeps their place and is passed over', () => {
		expect(names(givenSeats(queue, 2, []))).toBe('ab');
		expect(names(givenSeats(queue, 2, [], new Set(['a'])))).toBe('bc');
		expect(givenSeats(queue, 0, [])).toEqual([]);
		expect(givenSeats(queue, -2, [])).toEqual([]);
	});

	test('a full quota lets the next one in who is not under it', () => {
		const camat: Quota = { unitPath: 'kota.camat', postKind: null, most: 3, taken: 3 };
		expect(names(givenSeats(queue, 3, [camat]))).toBe('a');
		expect(names(givenSeats(queue, 3, [{ ...camat, taken: 2 }]))).toBe('ab');
		expect(names(givenSeats(queue, 3, [{ ...camat, postKind: 'structural' }]))).toBe('abc');
	});

	test('a unit whose name begins alike is another unit', () => {
		const quota: Quota = { unitPath: 'kota.camat', postKind: null, most: 1, taken: 1 };
		expect(names(givenSeats([who('a', 'kota.camatan')], 1, [quota]))).toBe('a');
	});

	test('whoever has left the service is under no quota of a unit', () => {
		const quota: Quota = { unitPath: 'kota', postKind: null, most: 1, taken: 1 };
		expect(names(givenSeats([{ personId: 'a', unitPath: null, postKind: null }], 1, [quota]))).toBe('a');
	});

	test('never more than free, never beyond a quota, never out of order, and nobody is passed over for nothing', () => {
		const person = fc.record({
			unitPath: fc.constantFrom('k', 'k.a', 'k.a.b', 'k.c'),
			postKind: fc.constantFrom('general', 'functional')
		});
		const quota = fc.record({
			unitPath: fc.constantFrom(null, 'k', 'k.a', 'k.c'),
			postKind: fc.constantFrom(null, 'general'),
			most: fc.integer({ min: 1, max: 4 }),
			taken: fc.integer({ min: 0, max: 3 })
		});
		fc.assert(
			fc.property(
				fc.array(person, { maxLength: 12 }),
				fc.array(quota, { maxLength: 3 }),
				fc.integer({ min: 0, max: 12 }),
				(people, quotas, free) => {
					const line = people.map((one, at) => ({ ...one, personId: String(at) }));
					const given = givenSeats(line, free, quotas);
					expect(given.length).toBeLessThanOrEqual(free);
					const places = given.map(({ personId }) => Number(personId));
					expect(places).toEqual(places.toSorted((a, b) => a - b));
					const under = (it: Quota, one: Candidate): boolean =>
						givenSeats([one], 1, [{ ...it, most: 1, taken: 1 }]).length === 0;
					const full = (it: Quota): boolean =>
						it.taken + given.filter((one) => under(it, one)).length >= it.most;
					for (const it of quotas)
						expect(given.filter((one) => under(it, one)).length).toBeLessThanOrEqual(
							Math.max(0, it.most - it.taken)
						);
					if (given.length < free)
						for (const left of line.filter((one) => !given.includes(one)))
							expect(quotas.some((it) => under(it, left) && full(it))).toBe(true);
				}
			)
		);
	});
});

describe('who must agree', () => {
	test('the class says who, and whoever left seats empty twice in a year needs the office', () => {
		expect(approvalFor('none', 0, DEFAULT_POLICY)).toBe('none');
		expect(approvalFor('supervisor', 1, DEFAULT_POLICY)).toBe('supervisor');
		expect(approvalFor('none', 2, DEFAULT_POLICY)).toBe('office');
	});

	test('a supervisor’s yes goes on to the office only where the office has to agree', () => {
		expect(yesLeadsTo('supervisor', 'requested', false)).toBe('seat');
		expect(yesLeadsTo('office', 'requested', false)).toBe('approved');
		expect(yesLeadsTo('office', 'approved', true)).toBe('seat');
		expect(yesLeadsTo('office', 'requested', true)).toBe('seat');
	});
});

describe('times', () => {
	const now = new Date('2027-03-01T03:00:00Z');

	test('one asks until the end of the last day', () => {
		expect(() => stillAsks('2027-03-01', '2027-03-01')).not.toThrow();
		expect(() => stillAsks(null, '2027-03-01')).not.toThrow();
		expect(() => stillAsks('2027-02-28', '2027-03-01')).toThrow('classes.request.tooLate');
	});

	test('a seat is offered while there is time to ask before the first session, else given', () => {
		expect(answerBy(null, now, null)).toBeNull();
		expect(answerBy(24, now, new Date('2027-03-05T01:00:00Z'))).toEqual(new Date('2027-03-02T03:00:00Z'));
		expect(answerBy(24, now, new Date('2027-03-02T01:00:00Z'))).toBeNull();
	});

	test('an offer is answered while it lasts', () => {
		expect(() => stillOffered(new Date('2027-03-01T03:00:00Z'), now)).not.toThrow();
		expect(() => stillOffered(new Date('2027-03-01T02:59:59Z'), now)).toThrow('classes.offer.lapsed');
		expect(() => stillOffered(null, now)).toThrow('classes.offer.lapsed');
	});

	test('a seat was left empty when every mark says absent; an excuse or no sheet is no reproach', () => {
		expect(isNoShow(['absent', 'absent'])).toBe(true);
		expect(isNoShow(['absent', 'excused'])).toBe(false);
		expect(isNoShow(['late'])).toBe(false);
		expect(isNoShow([])).toBe(false);
	});
});
