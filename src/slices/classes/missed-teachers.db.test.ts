import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { splits } from '../../../tests/make/splits.ts';
import { recordAbsence } from './server/commands/record-absence.ts';
import { setSplitPlaces } from './server/commands/set-split-places.ts';
import { addSession } from './server/commands/write-session.ts';
import { calendarOf } from './server/queries/calendar.ts';
import { coverageOn } from './server/queries/coverage.ts';
import { placesFor } from './server/queries/split-places.ts';
import { cohortsOf, countersIn, peopleIn } from './server/queries/split-sheet.ts';

let it: Awaited<ReturnType<typeof splits>>;
const ALL = { limit: 100, offset: 0 };

/** Seven work in Pelayanan; six must be at the counter on every day: one may be away. */
beforeAll(async () => {
	it = await splits();
	await it.needs(it.unit.pelayanan, 'Petugas loket', 6);
});
beforeEach(() => it.nextDay());
afterAll(() => it.close());

const soft = async (sessionId: string, actor = it.splitter) => {
	const days = { from: it.today(), to: it.today() };
	const { sessions } = await it.sees((db) =>
		calendarOf(db, actor, { of: 'agency', id: null }, days, 'Asia/Jakarta')
	);
	return sessions.find(({ id }) => id === sessionId)?.soft.filter(({ kind }) => kind === 'counter');
};
const away = (name: string) =>
	it.does(it.splitter, recordAbsence, {
		nip: it.nip(name),
		kind: 'leave',
		startsOn: it.today(),
		endsOn: it.today()
	});
const mayTeach = (splitId: string, names: readonly string[], more: object = {}) =>
	it.does(it.splitter, setSplitPlaces, {
		splitId,
		rooms: [],
		facilitators: names.map((name) => it.who(name)),
		...more
	});

describe('whoever teaches', () => {
	test('is not at their counter: the next to leave it is one too many', async () => {
		await it.aClass({ facilitator: 'ani' });
		const { lines } = await it.sees((db) => coverageOn(db, it.unit.pelayanan, [it.today()]));
		expect(lines).toMatchObject([
			{ present: 6, required: 6, mayBeAway: 0, missing: ['ani'], from: 480, to: 600 }
		]);
	});

	test('is a soft conflict with its price as long as the counter is short without them, for who plans', async () => {
		const { sessionId } = await it.aClass({ facilitator: 'ani' });
		expect(await soft(sessionId)).toEqual([]);
		await away('budi');
		expect(await soft(sessionId)).toEqual([
			{
				kind: 'counter',
				minutes: 120,
				people: 1,
				name: expect.stringContaining('Petugas loket, Unit pelayanan')
			}
		]);
		expect(await soft(sessionId, it.kasi)).toEqual([]);
		// Said at once to whoever names them.
		const again = await it.does(it.splitter, addSession, {
			...it.session((await it.aClass({ from: '14:00', to: '15:00' })).classId, {
				from: '10:00',
				to: '11:00'
			}),
			facilitators: [{ nip: it.nip('ani') }, { nip: it.nip('trainer') }]
		});
		expect(again.missed).toBe(true);
		// On leave herself she is missed by nobody who plans this session.
		const other = await it.aClass({ from: '13:00', to: '14:00', facilitator: 'trainer' });
		expect(await soft(other.sessionId)).toEqual([]);
	});
});

describe('a split', () => {
	test('lets nobody teach whose counter can’t spare them, and takes those who can', async () => {
		await away('budi');
		const { classId } = await it.aClass({ seats: 5 });
		const splitId = await it.start([classId], ['stranger']);
		await mayTeach(splitId, ['ani']);
		await it.solve(splitId);
		expect(await it.places(splitId)).toEqual({ stranger: null });
		const lacking = await it.sheet(splitId);
		expect(cohortsOf(lacking)).toMatchObject([{ lacks: { facilitator: true } }]);
		expect(peopleIn(lacking, { at: 'none', search: '' }, ALL).people[0]?.why).toMatchObject({
			reason: { kind: 'noFacilitator' },
			changes: [{ kind: 'facilitator' }]
		});
		await mayTeach(splitId, ['ani', 'trainer']);
		await it.solve(splitId);
		expect(cohortsOf(await it.sheet(splitId))).toMatchObject([{ facilitator: 'trainer', placed: 1 }]);
	});

	test('counts whoever teaches beside those who learn: one of the two leaves the counter', async () => {
		const { classId } = await it.aClass({ seats: 5 });
		const splitId = await it.start([classId], ['budi', 'stranger']);
		await mayTeach(splitId, ['ani']);
		await it.solve(splitId);
		// With Ani to teach them, one of two goes; with nobody to teach, none would.
		expect(await it.places(splitId)).toEqual({ budi: null, stranger: classId });
		const [budi] = peopleIn(await it.sheet(splitId), { at: 'none', search: '' }, ALL).people;
		expect(budi?.why).toMatchObject({
			reason: { kind: 'short', present: 5, required: 6 },
			changes: [{ kind: 'substitute', people: 1 }]
		});
	});

	test('leaves whom somebody chose all the same, and shows the counter that is short', async () => {
		await away('budi');
		const { classId } = await it.aClass({ seats: 5 });
		const splitId = await it.start([classId], ['stranger']);
		const { loaded } = await it.sheet(splitId);
		await mayTeach(splitId, ['ani']);
		const places = await it.sees((db) => placesFor(db, it.splitter, splitId, loaded));
		expect(places.facilitators.map(({ name }) => name)).toContain('ani');
		await mayTeach(splitId, ['ani'], {
			classes: [{ classId, facilitatorId: it.who('ani') }]
		});
		await it.solve(splitId);
		const sheet = await it.sheet(splitId);
		expect(cohortsOf(sheet)).toMatchObject([{ facilitator: 'ani', facilitatorByHand: true, placed: 1 }]);
		expect(countersIn(sheet, ALL).short).toBe(1);
		const seen = await it.sees((db) => placesFor(db, it.splitter, splitId, sheet.loaded));
		expect(seen.classes[0]?.facilitators).toEqual([{ id: it.who('ani'), name: 'ani', missed: true }]);
	});
});
