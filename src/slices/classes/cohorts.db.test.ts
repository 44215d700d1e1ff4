import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Ability } from '#kernel/abilities.ts';
import type { Actor } from '#kernel/actor.ts';
import { splits } from '../../../tests/make/splits.ts';
import type { Taking } from './access.ts';
import { canSeeAbsence } from './cohort-access.ts';
import { applySplit } from './server/commands/apply-split.ts';
import { recordAbsence, removeAbsence } from './server/commands/record-absence.ts';
import { setSeatRules } from './server/commands/seat-rules.ts';
import { keepSplit } from './server/commands/solve-split.ts';
import { wishInSplit } from './server/commands/start-split.ts';
import { absencesFor } from './server/queries/absences.ts';
import { coverageOn } from './server/queries/coverage.ts';
import { personInSplit } from './server/queries/person-in-split.ts';
import { cohortsOf, countersIn, peopleIn, splitSheet } from './server/queries/split-sheet.ts';
import { programsToSplit, splitChoices, splitsOf } from './server/queries/splits.ts';
import { visibleAbsence } from './server/visible-absence.ts';

let it: Awaited<ReturnType<typeof splits>>;
let office: Actor;
const ALL = { limit: 100, offset: 0 };

beforeAll(async () => {
	it = await splits();
	office = it.splitter;
	// Seven work in Pelayanan; five must be at the counter on every day.
	await it.needs(it.unit.pelayanan, 'Petugas loket', 5);
});
beforeEach(() => it.nextDay());
afterAll(() => it.close());

describe('leave and duty', () => {
	test('are written by the unit’s office for its own people, once for a day, and taken back', async () => {
		const admin = it.as('kasi', ['people.staffing'], 'kota.marelan');
		const days = { kind: 'leave', startsOn: it.today(), endsOn: it.today() };
		const { absenceId } = await it.does(admin, recordAbsence, { nip: it.nip('ani'), ...days });
		await expect(it.does(admin, recordAbsence, { nip: it.nip('ani'), ...days })).rejects.toMatchObject({
			code: 'classes.absence.twice'
		});
		await expect(it.does(admin, recordAbsence, { nip: it.nip('stranger'), ...days })).rejects.toMatchObject({
			issues: [{ code: 'classes.absence.unknownNip' }]
		});
		await expect(it.does(it.as('ani'), removeAbsence, { absenceId })).rejects.toMatchObject({
			kind: 'forbidden'
		});
		const cover = await it.sees((db) => coverageOn(db, it.unit.pelayanan, [it.today()]));
		expect(cover.lines).toMatchObject([
			{ required: 5, staff: 7, present: 6, mayBeAway: 1, missing: ['ani'] }
		]);
		await it.does(admin, removeAbsence, { absenceId });
		const after = await it.sees((db) => coverageOn(db, it.unit.pelayanan, [it.today()]));
		expect(after.lines).toMatchObject([{ present: 7, mayBeAway: 2 }]);
	});

	test('are seen alike in SQL and by the predicate, by anybody in any role', async () => {
		for (const name of ['ani', 'stranger', 'camat', 'officer', 'kasi'])
			await it.does(office, recordAbsence, {
				nip: it.nip(name),
				kind: 'duty',
				startsOn: '2028-01-03',
				endsOn: '2028-01-04'
			});
		const abilities: Ability[] = ['people.staffing', 'classes.read', 'people.read'];
		const takings = await it.sees((db) =>
			sql<Taking>`select a.person_id as "personId", s.unit_path::text as "unitPath", s.supervisor_id as "supervisorId"
				from classes.absence a join people.staff s on s.agency_id = a.agency_id and s.person_id = a.person_id
				where a.agency_id = ${it.agencyId} order by a.person_id`.execute(db)
		);
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom('officer', 'camat', 'kasi', 'stranger', 'ani'),
				fc.array(
					fc.record({
						ability: fc.constantFrom(...abilities),
						unitPath: fc.constantFrom('', 'kota', 'kota.marelan', 'kota.marelan.pelayanan', 'kota.plaju')
					}),
					{ maxLength: 3 }
				),
				async (name, grants) => {
					const actor = { ...it.as(name), grants };
					const seen = await it.sees((db) =>
						sql<{ id: string }>`select a.person_id as id from classes.absence a
							left join people.staff s on s.agency_id = a.agency_id and s.person_id = a.person_id
							where a.agency_id = ${it.agencyId} and ${visibleAbsence(actor)} order by a.person_id`.execute(db)
					);
					const expected = takings.rows.filter((taking) => canSeeAbsence(actor, taking));
					expect(seen.rows.map(({ id }) => id)).toEqual(expected.map(({ personId }) => personId));
					const listed = await it.sees((db) =>
						absencesFor(db, actor, { today: '2027-01-01', past: true, search: '' }, ALL)
					);
					expect(listed.total).toBe(expected.length);
				}
			),
			{ numRuns: 40 }
		);
	});
});

describe('a split', () => {
	test('sends no more than the counter can spare on each day, says why of the rest, and seats them at once', async () => {
		const first = await it.aClass({ seats: 5 });
		it.nextDay();
		const second = await it.aClass({ seats: 5 });
		const splitId = await it.start(
			[first.classId, second.classId],
			['ani', 'budi', 'citra', 'dewi', 'eko', 'stranger']
		);
		expect((await it.sees((db) => splitsOf(db, office, ALL))).splits[0]).toMatchObject({
			id: splitId,
			people: 6
		});
		await it.solve(splitId);
		// Two of Pelayanan on each of the two days, and the stranger, whose unit has no minimum.
		expect(await it.placed(splitId)).toBe(5);
		const found = await it.sheet(splitId);
		expect(found.split).toMatchObject({ status: 'solved', gap: 0 });
		expect(countersIn(found, ALL)).toMatchObject({ short: 0, rows: [{ worst: 0 }] });
		const [without] = peopleIn(found, { at: 'none', search: '' }, ALL).people;
		expect(without?.why).toMatchObject({
			reason: { kind: 'short', unit: 'Unit pelayanan, Unit marelan', present: 4, required: 5 },
			changes: [
				{
					kind: 'substitute',
					people: 1,
					hours: 2,
					role: 'Petugas loket',
					unit: 'Unit pelayanan, Unit marelan'
				}
			]
		});

		const answer = await it.does(office, applySplit, { splitId }, { key: 'apply-the-split' });
		expect(answer).toEqual({ splitId, enrolled: 5 });
		expect(await it.does(office, applySplit, { splitId }, { key: 'apply-the-split' })).toEqual(answer);
		await expect(it.does(office, applySplit, { splitId })).rejects.toMatchObject({
			code: 'classes.split.applied'
		});
		const seated = { ...(await it.statuses(first.classId)), ...(await it.statuses(second.classId)) };
		expect(Object.values(seated)).toEqual(Array.from({ length: 5 }, () => 'enrolled'));
		expect(
			(await it.told('classes.enrolled', first.classId)) + (await it.told('classes.enrolled', second.classId))
		).toBe(5);
	});

	test('keeps to the quotas of a class, says so of the rest, and what one more in them would do', async () => {
		const { classId } = await it.aClass({ seats: 10 });
		await it.does(office, setSeatRules, {
			classId,
			approval: 'supervisor',
			quotas: [{ unitId: it.unit.pelayanan, most: 1 }]
		});
		const splitId = await it.start([classId], ['ani', 'budi', 'stranger']);
		await it.solve(splitId);
		expect(await it.placed(splitId)).toBe(2);
		const [without] = peopleIn(await it.sheet(splitId), { at: 'none', search: '' }, ALL).people;
		expect(without?.why).toMatchObject({
			reason: { kind: 'share', seats: 1 },
			changes: [{ kind: 'share', day: it.today() }]
		});
		await expect(it.moves(splitId, without?.name ?? '', classId, true)).rejects.toMatchObject({
			code: 'classes.split.share'
		});
		expect(await it.does(office, applySplit, { splitId })).toMatchObject({ enrolled: 2 });
	});

	test('leaves who was put by hand, refuses the impossible and warns where a counter falls short', async () => {
		const { classId } = await it.aClass({ seats: 4 });
		const splitId = await it.start([classId], ['ani', 'budi', 'citra', 'dewi']);
		await it.does(office, recordAbsence, {
			nip: it.nip('dewi'),
			kind: 'leave',
			startsOn: it.today(),
			endsOn: it.today()
		});
		await it.solve(splitId);
		expect(await it.placed(splitId)).toBe(1);
		await expect(it.moves(splitId, 'dewi', classId)).rejects.toMatchObject({ code: 'classes.split.away' });
		await expect(it.moves(splitId, 'dewi', classId, true)).rejects.toMatchObject({
			code: 'classes.split.away'
		});
		const [loose] = Object.entries(await it.places(splitId)).filter(
			([name, at]) => at === null && name !== 'dewi'
		);
		const name = loose?.[0] ?? '';
		await expect(it.moves(splitId, name, classId)).rejects.toMatchObject({
			code: 'classes.split.short',
			params: { unit: 'Unit pelayanan, Unit marelan', day: it.today(), present: 4, required: 5 }
		});
		await it.moves(splitId, name, classId, true);
		expect(countersIn(await it.sheet(splitId), ALL).short).toBe(1);
		await it.solve(splitId);
		expect((await it.places(splitId))[name]).toBe(classId);
		expect(await it.placed(splitId)).toBe(1);
		const page = await it.sees((db) => personInSplit(db, office, splitId, it.who('dewi')));
		expect(page.choices).toMatchObject([{ possible: false, here: false }]);
		await it.moves(splitId, name);
		expect((await it.places(splitId))[name]).toBeNull();
	});

	test('takes a request as a wish, and closes it when another class is given', async () => {
		const morning = await it.aClass({ seats: 1 });
		it.nextDay();
		const later = await it.aClass({ seats: 1 });
		await it.asks('ani', morning.classId);
		await it.asks('budi', morning.classId);
		const splitId = await it.start([morning.classId, later.classId], []);
		await it.does(office, wishInSplit, {
			splitId,
			personId: it.who('ani'),
			classId: morning.classId,
			wish: 'forbidden'
		});
		await it.solve(splitId);
		expect(await it.places(splitId)).toEqual({ ani: later.classId, budi: morning.classId });
		await it.does(office, applySplit, { splitId });
		expect(await it.statuses(morning.classId)).toEqual({ ani: 'withdrawn', budi: 'enrolled' });
		expect(await it.statuses(later.classId)).toEqual({ ani: 'enrolled' });
	});

	test('seats whoever waits in the class that it gives them', async () => {
		const { classId } = await it.aClass({ seats: 1 });
		await it.enrolled(classId, 'stranger');
		await it.yes(it.kasi, await it.asks('ani', classId));
		expect(await it.statuses(classId)).toEqual({ stranger: 'enrolled', ani: 'waiting' });
		await it.owner.query('update classes.class set seats = 2 where id = $1', [classId]);
		const splitId = await it.start([classId], []);
		await it.solve(splitId);
		expect(await it.does(office, applySplit, { splitId })).toMatchObject({ enrolled: 1 });
		expect(await it.statuses(classId)).toEqual({ stranger: 'enrolled', ani: 'enrolled' });
	});

	test('applied by two people at once is applied once', async () => {
		const { classId } = await it.aClass({ seats: 5 });
		const splitId = await it.start([classId], ['ani', 'stranger']);
		await it.solve(splitId);
		const answers = await Promise.allSettled([
			it.does(office, applySplit, { splitId }),
			it.does({ ...office, accountId: 'account-other' }, applySplit, { splitId })
		]);
		expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		expect(await it.statuses(classId)).toEqual({ ani: 'enrolled', stranger: 'enrolled' });
		expect(await it.told('classes.enrolled', classId)).toBe(2);
	});

	test('that no longer holds seats nobody at all', async () => {
		const { classId } = await it.aClass({ seats: 2 });
		const splitId = await it.start([classId], ['ani', 'stranger']);
		await it.solve(splitId);
		expect(await it.placed(splitId)).toBe(2);
		await it.enrolled(classId, 'camat');
		await expect(it.does(office, applySplit, { splitId })).rejects.toMatchObject({
			code: 'classes.split.stale'
		});
		expect(await it.statuses(classId)).toEqual({ camat: 'enrolled' });
	});

	test('is not kept when it breaks a rule, whoever sends it', async () => {
		const { classId } = await it.aClass({ seats: 5 });
		const splitId = await it.start([classId], ['ani', 'budi', 'citra']);
		const all = ['ani', 'budi', 'citra'].map((name) => ({ personId: it.who(name), classId }));
		await expect(
			it.does(office, keepSplit, { splitId, places: all, bound: 9999, seconds: 1 })
		).rejects.toMatchObject({ code: 'classes.split.moved' });
		await expect(
			it.does(it.kasi, keepSplit, { splitId, places: [], bound: 0, seconds: 0 })
		).rejects.toMatchObject({ kind: 'forbidden' });
	});

	test('is there for the training office alone, with what it can begin from', async () => {
		const { classId } = await it.aClass({ seats: 5 });
		const splitId = await it.start([classId], ['ani']);
		await expect(it.sees((db) => splitSheet(db, it.kasi, splitId))).rejects.toMatchObject({
			kind: 'missing'
		});
		await expect(it.sees((db) => splitsOf(db, it.kasi, ALL))).rejects.toMatchObject({ kind: 'missing' });
		expect((await it.sees((db) => programsToSplit(db, office))).length).toBeGreaterThan(0);
		const choices = await it.sees((db) =>
			splitChoices(db, office, { programId: it.need.programId, lineId: null })
		);
		expect(choices.classes.map(({ id }) => id)).toContain(classId);
		expect(cohortsOf(await it.sheet(splitId))).toMatchObject([{ placed: 0, days: [it.today()] }]);
	});
});
