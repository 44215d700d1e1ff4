import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '#kernel/time.ts';
import { classroom } from '../../../tests/make/classroom.ts';
import { TEMPLATE_CHOICES, templateOf } from './class-templates.ts';
import { isWeekend } from './class-plan.ts';
import { copyClass } from './server/commands/copy-class.ts';
import { holdTemplate } from './server/commands/hold-template.ts';
import { setSeatRules } from './server/commands/seat-rules.ts';
import { addHoliday } from './server/commands/write-holiday.ts';
import { createRoom } from './server/commands/write-room.ts';
import {
	makeTemplate,
	retireTemplate,
	saveTemplate,
	takeTemplate
} from './server/commands/write-template.ts';
import { seatRulesOf } from './server/queries/seat-rules.ts';
import { sessionsOf } from './server/queries/sessions.ts';
import { previewOf, templateById, templatesFor } from './server/queries/templates.ts';

let it: Awaited<ReturnType<typeof classroom>>;
let made = 0;
beforeAll(async () => void (it = await classroom()));
beforeEach(() => it.nextDay());
afterAll(() => it.close());

const aTemplate = (more: object = {}) =>
	it.does(it.office, saveTemplate, {
		name: `Bimtek ${++made}`,
		mode: 'class',
		seats: 20,
		sessions: [
			{ day: 1, from: '08:00', minutes: 60, topic: 'Pembukaan', mode: 'class' },
			{
				day: 1,
				from: '09:00',
				minutes: 90,
				topic: 'Materi',
				teaches: true,
				mode: 'class',
				lead: 'narasumber'
			},
			{ day: 2, from: '08:00', minutes: 90, topic: 'Praktik', teaches: true, mode: 'class', room: 'any' },
			{ topic: '' }
		],
		...more
	});
const hold = (templateId: string, startsOn: string, more: object = {}) =>
	it.does(it.office, holdTemplate, {
		templateId,
		programId: it.need.programId,
		name: 'Kelas dari templat',
		startsOn,
		...more
	});
const sessions = async (classId: string) =>
	(await it.sees((db) => sessionsOf(db, it.office, classId, false))).map((session) => ({
		topic: session.topic,
		on: new Date(session.starts_at.getTime() + 7 * 3_600_000).toISOString().slice(0, 10),
		from: new Date(session.starts_at.getTime() + 7 * 3_600_000).toISOString().slice(11, 16),
		room: session.room_id,
		module: session.module_id,
		facilitators: session.facilitators.map(({ name }) => name)
	}));

describe('a class of a template', () => {
	test('falls on working days, teaches the curriculum, and is what the preview showed', async () => {
		const { templateId } = await aTemplate();
		// A Thursday whose Friday is a holiday.
		await it.does(it.office, addHoliday, { onDay: '2028-03-10', name: 'Hari uji', kind: 'regional' });
		const { plan } = await it.sees((db) => templateById(db, it.office, templateId));
		const shown = await it.sees((db) => previewOf(db, it.office, plan, it.need.programId, '2028-03-09'));
		expect(shown).toMatchObject([
			{ on: '2028-03-09', topic: 'Pembukaan', module: null, hours: 0, over: [] },
			{ on: '2028-03-09', topic: 'Materi', hours: 2, facilitators: ['narasumber'] },
			{ on: '2028-03-13', wanted: '2028-03-10', topic: 'Praktik', over: ['Hari uji', null], anyRoom: true }
		]);
		const answer = await hold(templateId, '2028-03-09');
		const kept = await sessions(answer.classId);
		expect(kept.map(({ on, topic }) => [on, topic])).toEqual(shown.map(({ on, topic }) => [on, topic]));
		expect(kept.map(({ module }) => module !== null)).toEqual([false, true, true]);
		// No room was there yet, and nobody named to teach.
		expect(answer).toMatchObject({ sessions: 3, rooms: 1, facilitators: 1, modules: 0 });
	});

	test('takes the smallest free room that holds it, the next when that is taken, and none that is too small', async () => {
		const room = async (seats: number) =>
			(await it.does(it.office, createRoom, { code: `T${++made}`, name: `Ruang ${made}`, seats })).roomId;
		await room(10);
		const [large, fitting] = [await room(80), await room(25)];
		const { templateId } = await aTemplate();
		const rooms: (string | null)[] = [];
		for (const left of [0, 0, 1]) {
			const answer = await hold(templateId, '2028-05-08');
			expect(answer.rooms).toBe(left);
			rooms.push((await sessions(answer.classId))[2]?.room ?? null);
		}
		expect(rooms).toEqual([fitting, large, null]);
	});

	test('is taught by whoever is named for a part, where they are free', async () => {
		const { templateId } = await aTemplate();
		const teachers = [{ kind: 'narasumber', nip: it.nip('trainer') }];
		const first = await hold(templateId, '2028-06-05', { teachers });
		expect(first.facilitators).toBe(0);
		expect((await sessions(first.classId))[1]?.facilitators).toEqual(['trainer']);
		const second = await hold(templateId, '2028-06-05', { teachers });
		expect(second.facilitators).toBe(1);
		await expect(
			hold(templateId, '2028-06-05', { teachers: [{ kind: 'narasumber', nip: '1'.repeat(18) }] })
		).rejects.toMatchObject({ issues: [{ path: 'teachers.0.nip' }] });
	});

	test('has its seats and rules, counted from its own first day', async () => {
		const { templateId } = await aTemplate({
			approval: 'office',
			asksDays: 7,
			answerHours: 12,
			quotas: [{ unitId: it.unit.marelan, most: 3 }]
		});
		const { classId } = await hold(templateId, '2028-07-10', { seats: 12 });
		expect(await it.sees((db) => seatRulesOf(db, it.office, classId))).toMatchObject({
			approval: 'office',
			asksUntil: '2028-07-03',
			answerHours: 12,
			quotas: [{ unitId: it.unit.marelan, most: 3 }]
		});
	});
});

describe('templates of an agency', () => {
	test('are made of a class with its rules, and a class of them is the class again', async () => {
		const { classId } = await it.aClass({ facilitator: 'trainer' });
		await it.does(it.office, setSeatRules, {
			classId,
			approval: 'office',
			quotas: [{ postKind: 'general', most: 2 }]
		});
		const { templateId } = await it.does(it.office, makeTemplate, { classId, name: 'Seperti dulu' });
		const { plan, programId } = await it.sees((db) => templateById(db, it.office, templateId));
		expect(programId).toBe(it.need.programId);
		expect(plan).toMatchObject({
			approval: 'office',
			quotas: [{ unitId: null, postKind: 'general', most: 2 }],
			sessions: [{ day: 1, from: '08:00', minutes: 120, teaches: true, topic: 'Antrean', teachers: [] }]
		});
		expect(plan.sessions[0]?.facilitators).toHaveLength(1);
		const again = await hold(templateId, '2028-09-04');
		expect(await sessions(again.classId)).toMatchObject([{ on: '2028-09-04', from: '08:00' }]);
		// "Same as last year" brings the rules for seats as well.
		const copy = await it.does(it.office, copyClass, { classId, startsOn: '2028-09-05', name: 'Lagi' });
		expect(await it.sees((db) => seatRulesOf(db, it.office, copy.classId))).toMatchObject({
			approval: 'office',
			quotas: [{ postKind: 'general', most: 2 }]
		});
	});

	test('are renamed and changed; a form made before somebody else saved is refused, and so is a name twice', async () => {
		const { templateId } = await aTemplate();
		const facts = {
			templateId,
			mode: 'online',
			seats: 5,
			sessions: [{ day: 1, from: '10:00', minutes: 45, topic: 'Baru', mode: 'online' }]
		};
		await it.does(it.office, saveTemplate, { ...facts, name: `Nama baru ${made}`, seen: 1 });
		const changed = await it.sees((db) => templateById(db, it.office, templateId));
		expect(changed).toMatchObject({
			name: `Nama baru ${made}`,
			edition: 2,
			plan: { mode: 'online', seats: 5 }
		});
		expect(changed.plan.sessions).toHaveLength(1);
		await expect(
			it.does(it.office, saveTemplate, { ...facts, name: 'Terlambat', seen: 1 })
		).rejects.toMatchObject({ code: 'classes.stale', params: { who: 'officer' } });
		await expect(aTemplate({ name: `Nama baru ${made}` })).rejects.toMatchObject({
			code: 'classes.template.nameTaken'
		});
	});

	test('a session without hour or length is pointed at, and none at all is refused', async () => {
		await expect(aTemplate({ sessions: [{ topic: 'Tanpa jam', day: 1 }] })).rejects.toMatchObject({
			issues: [{ path: 'sessions.0.from', code: 'classes.template.sessionIncomplete' }]
		});
		await expect(aTemplate({ sessions: [] })).rejects.toMatchObject({
			issues: [{ code: 'classes.template.sessionsNeeded' }]
		});
	});

	test('one that is retired makes no more classes, until it is taken back', async () => {
		const { templateId } = await aTemplate();
		await it.does(it.office, retireTemplate, { templateId, retired: true });
		await expect(hold(templateId, '2028-10-02')).rejects.toMatchObject({ code: 'classes.template.retired' });
		await it.does(it.office, retireTemplate, { templateId, retired: false });
		expect((await hold(templateId, '2028-10-02')).sessions).toBe(3);
	});

	test('are the office’s alone, to see and to write', async () => {
		const { templateId } = await aTemplate();
		await expect(it.sees((db) => templatesFor(db, it.kasi))).rejects.toMatchObject({ kind: 'missing' });
		await expect(it.sees((db) => templateById(db, it.kasi, templateId))).rejects.toMatchObject({
			kind: 'missing'
		});
		await expect(it.does(it.kasi, retireTemplate, { templateId, retired: true })).rejects.toMatchObject({
			kind: 'forbidden'
		});
	});
});

describe('the templates that Asah ships', () => {
	test.each(TEMPLATE_CHOICES.map(({ choice }) => choice))(
		'%s can be taken over, and makes a class on working days',
		async (choice) => {
			const { templateId } = await it.does(it.office, takeTemplate, { choice });
			const answer = await hold(templateId, addDays('2029-01-01', made++ * 60));
			const kept = await sessions(answer.classId);
			expect(kept).toHaveLength(templateOf(choice)?.sessions.length ?? 0);
			expect(kept.some(({ on }) => isWeekend(on))).toBe(false);
			const { choices } = await it.sees((db) => templatesFor(db, it.office));
			expect(choices.map((one) => one.choice)).not.toContain(choice);
		}
	);
});
