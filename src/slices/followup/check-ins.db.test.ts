import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { answerCheckIn, checkIn, tickStep } from './server/commands.ts';
import { likenesses, responseOf } from './non-response.ts';
import { checkInResponse } from './server/queries/board.ts';
import { photo, unansweredFor } from './server/queries.ts';
import { plansAtWork } from './test-plan.ts';

let it: Awaited<ReturnType<typeof plansAtWork>>;
beforeAll(async () => void (it = await plansAtWork()));
beforeEach(() => it.newClass());
afterAll(() => it.close());

describe('how it goes', () => {
	test('a check-in moves the plan on, a hundred per cent ends it, and nothing is added after', async () => {
		const id = await it.approved();
		await it.tells(id, { obstacle: 'time' });
		expect(await it.sheet(id)).toMatchObject({
			status: 'running',
			checkIns: [{ progress: 40, note: 'Dua loket dibuka', obstacle: 'time', photoId: null, answer: null }]
		});
		await it.tells(id, { progress: 100 });
		expect(await it.sheet(id)).toMatchObject({ status: 'done' });
		await expect(it.tells(id)).rejects.toMatchObject({ code: 'followup.plan.is.done' });
	});

	test('nothing is told of a plan that nobody approved, and nobody tells for another', async () => {
		const id = await it.sent();
		await expect(it.tells(id)).rejects.toMatchObject({ code: 'followup.plan.is.submitted' });
		await it.decide(id);
		await expect(it.tells(id, {}, it.as('kasi'))).rejects.toMatchObject({ kind: 'forbidden' });
		await expect(it.tells(id, {}, it.as('budi'))).rejects.toMatchObject({ kind: 'missing' });
	});

	test('a step is ticked by its owner, once approved, and can be taken back', async () => {
		const waiting = await it.sent();
		const [first] = (await it.sheet(waiting)).steps;
		const tick = (done: boolean, by = it.as('ani'), stepId = first?.id) =>
			it.does(by, tickStep, { actionPlanId: waiting, stepId, done }, it.evening());
		await expect(tick(true)).rejects.toMatchObject({ code: 'followup.plan.is.submitted' });
		await it.decide(waiting);
		await tick(true);
		expect((await it.sheet(waiting)).steps.map(({ doneOn }) => doneOn)).toEqual([it.today(), null, null]);
		await tick(false);
		expect((await it.sheet(waiting)).steps.map(({ doneOn }) => doneOn)).toEqual([null, null, null]);
		await expect(tick(true, it.as('kasi'))).rejects.toMatchObject({ kind: 'forbidden' });
		await expect(tick(true, it.as('ani'), newId())).rejects.toMatchObject({ kind: 'missing' });
	});

	test('the supervisor answers; the first answer stands', async () => {
		const id = await it.approved();
		await it.tells(id);
		const open = await it.sees((db) => unansweredFor(db, it.as('kasi')));
		const mine = open.find((one) => one.actionPlanId === id);
		expect(mine).toMatchObject({ personName: 'ani', progress: 40 });
		const answers = (name: string) =>
			it.does(
				it.as(name, name === 'camat' ? ['followup.approveTeam'] : []),
				answerCheckIn,
				{ checkInId: mine?.id, answer: `Baik, kata ${name}` },
				it.evening()
			);
		await expect(answers('ani')).rejects.toMatchObject({ kind: 'forbidden' });
		await expect(answers('budi')).rejects.toMatchObject({ kind: 'missing' });
		const both = await Promise.allSettled([answers('kasi'), answers('camat')]);
		expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
		expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({
			code: 'followup.answer.given'
		});
		const [told] = (await it.sheet(id)).checkIns;
		expect(told?.answer).toBe(`Baik, kata ${told?.answeredBy}`);
	});
});

describe('check-ins that fall due', () => {
	test('30, 90 and 180 days after the class; one of its time answers it, sent twice is once', async () => {
		const id = await it.approved();
		const dues = async () => (await it.sheet(id)).dues;
		expect((await dues()).map(({ days, answered }) => [days, answered])).toEqual([
			[30, false],
			[90, false],
			[180, false]
		]);
		const at = (days: number) => new Date(it.at('18:00').getTime() + days * 86_400_000);
		const once = { actionPlanId: id, progress: 20, note: 'Mulai', obstacle: 'time' };
		const send = (days: number, key: string) => it.does(it.as('ani'), checkIn, once, { now: at(days), key });
		await send(3, 'key-of-day-3');
		expect((await dues()).some(({ answered }) => answered)).toBe(false);
		await Promise.all([send(28, 'key-of-day-28'), send(28, 'key-of-day-28')]);
		await send(28, 'key-of-day-28');
		expect((await it.sheet(id)).checkIns).toHaveLength(2);
		expect((await dues()).map(({ answered }) => answered)).toEqual([true, false, false]);
		await send(170, 'key-of-day-170');
		expect((await dues()).map(({ answered }) => answered)).toEqual([true, false, true]);
	});
});

test('the board says who of those asked for a check-in gave one, and whether they differ', async () => {
	const id = await it.approved();
	await it.approved('budi');
	const at = (days: number) => new Date(it.at('18:00').getTime() + days * 86_400_000);
	const on = (days: number) => at(days).toISOString().slice(0, 10);
	const filter = { programId: null, classId: it.classId(), unitId: null };
	const camat = it.as('camat', ['followup.read']);
	const response = async (days: number, by = camat) =>
		responseOf(await it.sees((db) => checkInResponse(db, by, on(days), filter)));
	expect(await response(29)).toEqual({ asked: 0, answered: 0 });
	expect(await response(31)).toEqual({ asked: 2, answered: 0 });
	const told = { actionPlanId: id, progress: 100, note: 'Selesai' };
	await it.does(it.as('ani'), checkIn, told, { now: at(32) });
	expect(await response(33)).toEqual({ asked: 2, answered: 1 });
	// Ani is done and is not asked again; Budi is.
	expect(await response(100)).toEqual({ asked: 2, answered: 1 });
	expect(await response(33, it.as('stranger', ['followup.read']))).toEqual({ asked: 0, answered: 0 });
	const compared = likenesses(await it.sees((db) => checkInResponse(db, camat, on(33), filter)));
	expect(compared.map((one) => [one.trait, one.likeness])).toEqual(
		['sex', 'postKind', 'unitKind', 'pretest'].map((trait) => [trait, 'unknown'])
	);
});

describe('a check-in that waited for a line', () => {
	const MINUTE = 60_000;
	const send = async (id: string, days: number, writtenAgo: number) => {
		const now = new Date(it.at('18:00').getTime() + days * 86_400_000);
		const writtenAt = now.getTime() - writtenAgo;
		await it.does(
			it.as('ani'),
			checkIn,
			{ actionPlanId: id, progress: 20, note: 'Tanpa sinyal', writtenAt },
			{ now }
		);
		const [told] = (await it.sheet(id)).checkIns;
		return { now, told };
	};

	test('says when it was written and when it came, and answers what was due when it was written', async () => {
		const id = await it.approved();
		const { now, told } = await send(id, 75, 45 * 86_400_000);
		expect(told).toMatchObject({ at: new Date(now.getTime() - 45 * 86_400_000), arrivedAt: now });
		expect((await it.sheet(id)).dues.map(({ answered }) => answered)).toEqual([true, false, false]);
		const open = await it.sees((db) => unansweredFor(db, it.as('kasi')));
		expect(open.find((one) => one.actionPlanId === id)).toMatchObject({ arrivedAt: now });
	});

	test.each([
		['a minute ago, which is at once', MINUTE],
		['in an hour, by a clock that is ahead', -60 * MINUTE],
		['before the plan was approved', 400 * 86_400_000]
	])('is of the moment it came when the device says %s', async (_, ago) => {
		const { now, told } = await send(await it.approved(), 10, ago);
		expect(told).toMatchObject({ at: now, arrivedAt: null });
	});
});

describe('the same from a second tab within a day', () => {
	const photo = (pixels: string) => ({
		name: 'loket.pdf',
		bytes: Buffer.from(`%PDF-1.7 ${pixels}`)
	});
	test('is told once, also when it was the last and the plan is done', async () => {
		const id = await it.approved();
		for (const tab of ['first', 'second'])
			await it.does(
				it.as('ani'),
				checkIn,
				{ actionPlanId: id, progress: 100, note: 'Selesai', photo: photo('loket') },
				{ now: it.at('18:00'), key: `key-of-the-${tab}-tab` }
			);
		expect(await it.sheet(id)).toMatchObject({ status: 'done', checkIns: [{ note: 'Selesai' }] });
	});

	test('with other words, progress or picture it is another telling', async () => {
		const id = await it.approved();
		await it.tells(id, { note: 'Mulai', progress: 20 });
		await it.tells(id, { note: 'Mulai juga', progress: 20 });
		await it.tells(id, { note: 'Mulai', progress: 30 });
		await it.tells(id, { note: 'Mulai', progress: 30, photo: photo('loket') });
		await it.tells(id, { note: 'Mulai', progress: 30, photo: photo('ruang') });
		expect((await it.sheet(id)).checkIns).toHaveLength(5);
	});
});

describe('a photo as evidence', () => {
	const segment = (marker: number, text: string) =>
		Buffer.concat([Buffer.from([0xff, marker, 0, text.length + 2]), Buffer.from(text, 'latin1')]);
	/** A JPEG as a phone writes it: where, when and by what beside the pixels. */
	const phoneJpeg = () =>
		Buffer.concat([
			Buffer.from([0xff, 0xd8]),
			segment(0xe0, 'JFIF\0'),
			segment(0xe1, 'Exif\0\0GPS 3.5952,98.6722 Canon 2027:01:02'),
			segment(0xfe, 'di rumah'),
			segment(0xda, 'scan'),
			Buffer.from('pixels', 'latin1'),
			Buffer.from([0xff, 0xd9])
		]);
	const shows = (actionPlanId: string, name: string, bytes: Uint8Array) =>
		it.tells(actionPlanId, { note: 'Lihat foto', photo: { name, bytes } });

	test('is kept without place, time and device; owner and supervisor see it, nobody else', async () => {
		const id = await it.approved();
		await shows(id, 'loket.jpg', phoneJpeg());
		const photoId = (await it.sheet(id)).checkIns[0]?.photoId ?? '';
		const seen = (by: ReturnType<typeof it.as>) => it.sees((db) => photo(db, by, photoId));
		const { mime, content } = await seen(it.as('ani'));
		expect(mime).toBe('image/jpeg');
		const text = content.toString('latin1');
		for (const told of ['GPS', 'Canon', '2027:01:02', 'di rumah', 'Exif']) expect(text).not.toContain(told);
		expect(text).toContain('pixels');
		expect((await seen(it.as('kasi'))).content.equals(content)).toBe(true);
		for (const by of [it.as('budi'), it.as('stranger', ['followup.read'])])
			await expect(seen(by)).rejects.toMatchObject({ kind: 'missing' });
	});

	test.each([
		['a Windows program called foto.jpg', 'foto.jpg', Buffer.from('MZ\x90\0\x03PE\0\0', 'latin1')],
		['a Linux program called foto.jpg', 'foto.jpg', Buffer.from('\x7fELF\x02\x01', 'latin1')],
		['a script called foto.jpg', 'foto.jpg', Buffer.from('#!/bin/sh\nrm -rf /')],
		['an SVG, which could carry a script', 'foto.svg', Buffer.from('<svg onload="x()"/>')],
		['an empty file', 'foto.png', Buffer.alloc(0)]
	])('%s is refused, and the check-in with it', async (_, name, bytes) => {
		const id = await it.approved();
		await expect(shows(id, name, bytes)).rejects.toMatchObject({
			kind: 'invalid',
			issues: [{ path: 'photo', code: 'followup.photo.kind' }]
		});
		expect((await it.sheet(id)).checkIns).toEqual([]);
		expect(await it.sheet(id)).toMatchObject({ status: 'approved' });
	});

	test('a PDF is a document, whatever its name says', async () => {
		const id = await it.approved();
		await shows(id, 'foto.jpg', Buffer.from('%PDF-1.7 laporan'));
		expect((await it.sheet(id)).checkIns[0]).toMatchObject({ mime: 'application/pdf', thumbId: null });
	});

	test('the small picture of the device is kept beside it and seen by the same people', async () => {
		const id = await it.approved();
		const small = { name: 'loket.jpg', bytes: phoneJpeg() };
		await it.tells(id, { photo: { name: 'loket.jpg', bytes: phoneJpeg() }, thumb: small });
		const thumbId = (await it.sheet(id)).checkIns[0]?.thumbId ?? '';
		const { content } = await it.sees((db) => photo(db, it.as('kasi'), thumbId));
		expect(content.toString('latin1')).not.toContain('GPS');
		await expect(it.sees((db) => photo(db, it.as('budi'), thumbId))).rejects.toMatchObject({
			kind: 'missing'
		});
	});

	test('one of 40 MB is refused with its size and nothing of the check-in is kept; what fits goes', async () => {
		const id = await it.approved();
		const huge = Buffer.concat([phoneJpeg(), Buffer.alloc(40 * 1024 * 1024)]);
		await expect(shows(id, 'foto.jpg', huge)).rejects.toMatchObject({
			issues: [{ path: 'photo', code: 'followup.photo.tooLarge', params: { size: 40, maximum: 8 } }]
		});
		expect((await it.sheet(id)).checkIns).toEqual([]);
	});
});
