import ICAL from 'ical.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { classroom } from '../../../tests/make/classroom.ts';
import { moveSession } from './server/commands/move-session.ts';
import { makeFeed, revokeFeed } from './server/commands/write-feed.ts';
import { cancelSession } from './server/commands/write-session.ts';
import { feedOf, type FeedWords } from './server/feed.ts';

let it: Awaited<ReturnType<typeof classroom>>;
beforeAll(async () => void (it = await classroom()));
beforeEach(() => it.nextDay());
afterAll(() => it.close());

const WORDS: FeedWords = {
	title: (name) => `Kelas ${name}`,
	summary: ({ topic, teaches }) => (teaches ? `Mengajar: ${topic}` : topic),
	description: ({ code }) => `${code}; dengan koma, titik koma; dan ${'kata '.repeat(40)}`
};

const feed = (secret: string, now = it.at('06:00')) => feedOf(secret, now, WORDS, 'https://asah.test', it.db);
const secretOf = async (name: string): Promise<string> => (await it.does(it.as(name), makeFeed, {})).secret;
/** Read by a program that is not ours. */
const read = (text: string) => {
	const calendar = new ICAL.Component(ICAL.parse(text));
	return {
		calendar,
		events: calendar.getAllSubcomponents('vevent').map((event) => ({
			uid: String(event.getFirstPropertyValue('uid')),
			status: String(event.getFirstPropertyValue('status')),
			sequence: Number(event.getFirstPropertyValue('sequence')),
			summary: String(event.getFirstPropertyValue('summary')),
			start: String(event.getFirstPropertyValue('dtstart')),
			end: String(event.getFirstPropertyValue('dtend'))
		}))
	};
};

describe('the calendar of a person at a secret address', () => {
	test('is RFC 5545 that another program reads: UTC, folded lines, one UID for life', async () => {
		const { classId, sessionId } = await it.aClass({ from: '08:00', to: '10:00', facilitator: 'trainer' });
		await it.enrolled(classId, 'ani');
		const secret = await secretOf('ani');
		const text = await feed(secret);
		expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
		const { calendar, events } = read(text);
		expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
		expect(events).toMatchObject([
			{
				status: 'CONFIRMED',
				sequence: 0,
				summary: 'Antrean',
				start: `${it.today()}T01:00:00Z`,
				end: `${it.today()}T03:00:00Z`
			}
		]);
		expect(events[0]?.uid).toContain(sessionId);
		expect(read(await feed(await secretOf('trainer'))).events[0]?.summary).toBe('Mengajar: Antrean');

		await it.does(it.office, moveSession, { sessionId, on: it.today(), from: '09:00' });
		const moved = read(await feed(secret)).events;
		expect(moved).toMatchObject([
			{ uid: events[0]?.uid, sequence: 1, start: `${it.today()}T02:00:00Z`, status: 'CONFIRMED' }
		]);
		await it.does(it.office, cancelSession, { sessionId });
		expect(read(await feed(secret)).events).toMatchObject([
			{ uid: events[0]?.uid, sequence: 2, status: 'CANCELLED' }
		]);
	});

	test('is nobody else’s: a new address kills the old one, and it can be taken back', async () => {
		const old = await secretOf('budi');
		await feed(old);
		const fresh = await secretOf('budi');
		await expect(feed(old)).rejects.toMatchObject({ kind: 'missing' });
		await feed(fresh);
		await it.does(it.as('budi'), revokeFeed, {});
		await expect(feed(fresh)).rejects.toMatchObject({ kind: 'missing' });
		for (const wrong of ['', 'x', `${fresh.slice(0, -1)}x`, '0'.repeat(75)])
			await expect(feed(wrong)).rejects.toMatchObject({ kind: 'missing' });
	});

	test('ends with the person’s service, and after three years', async () => {
		const secret = await secretOf('eko');
		await expect(feed(secret, new Date('2035-01-01'))).rejects.toMatchObject({ kind: 'missing' });
		await it.owner.query('update people.person set active = false where id = $1', [it.who('eko')]);
		await expect(feed(secret)).rejects.toMatchObject({ kind: 'missing' });
	});

	test('shows what one attends, not what one asked for or left', async () => {
		const { classId } = await it.aClass({ seats: 1 });
		await it.enrolled(classId, 'citra', 'dewi');
		const count = async (name: string) =>
			read(await feed(await secretOf(name))).events.filter(({ start }) => start.startsWith(it.today()))
				.length;
		expect(await count('citra')).toBe(1);
		expect(await count('dewi')).toBe(0);
	});
});
