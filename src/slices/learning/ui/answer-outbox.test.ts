import { describe, expect, test } from 'vitest';
import type { Sent } from '#ui/post-action.ts';
import { answerClock, flush, put, waiting, waitingFor, type Entry } from './answer-outbox.ts';

function shelf(start: Record<string, string> = {}) {
	const kept = new Map(Object.entries(start));
	return {
		getItem: (name: string) => kept.get(name) ?? null,
		setItem: (name: string, value: string) => void kept.set(name, value),
		removeItem: (name: string) => void kept.delete(name)
	};
}
let serial = 0;
const entry = (questionId: string, ...choiceIds: string[]): Entry => ({
	attemptId: 't',
	questionId,
	choiceIds,
	answeredAt: '2026-03-09T02:00:00.000Z',
	key: `key-${(serial += 1)}`
});

describe('answers waiting on the device', () => {
	test('of each question only the newest waits', () => {
		const kept = shelf();
		for (const each of [entry('q1', 'a'), entry('q2', 'c'), entry('q1', 'b')]) put(kept, each);
		expect(waiting(kept).map(({ questionId, choiceIds }) => [questionId, ...choiceIds])).toEqual([
			['q2', 'c'],
			['q1', 'b']
		]);
		expect(waitingFor(kept, 't', 'q1')?.choiceIds).toEqual(['b']);
	});

	test('survive a reload, and leave nothing behind once sent', async () => {
		const kept = shelf();
		put(kept, entry('q1', 'a'));
		const afterReload = shelf({ 'asah.answers': kept.getItem('asah.answers') ?? '' });
		expect(await flush(afterReload, async () => ({ kind: 'saved' }))).toEqual({
			stopped: 'empty',
			refusals: []
		});
		expect(afterReload.getItem('asah.answers')).toBeNull();
	});

	test('stay when the connection is lost in the middle, and go on in their order', async () => {
		const kept = shelf();
		for (const name of ['q1', 'q2', 'q3']) put(kept, entry(name, 'a'));
		const arrived: string[] = [];
		const send =
			(online: () => boolean) =>
			async (each: Entry): Promise<Sent> => {
				if (!online()) return { kind: 'unsent' };
				arrived.push(each.questionId);
				return { kind: 'saved' };
			};
		expect(
			(
				await flush(
					kept,
					send(() => arrived.length < 1)
				)
			).stopped
		).toBe('unsent');
		expect(waiting(kept).map(({ questionId }) => questionId)).toEqual(['q2', 'q3']);
		expect(
			(
				await flush(
					kept,
					send(() => true)
				)
			).stopped
		).toBe('empty');
		expect(arrived).toEqual(['q1', 'q2', 'q3']);
	});

	test('an answer changed while the older one is on its way is sent too', async () => {
		const kept = shelf();
		put(kept, entry('q1', 'a'));
		const arrived: string[][] = [];
		await flush(kept, async (each) => {
			arrived.push(each.choiceIds);
			if (arrived.length === 1) put(kept, entry('q1', 'b'));
			return { kind: 'saved' };
		});
		expect(arrived).toEqual([['a'], ['b']]);
	});

	test('one that can never be saved is told and does not hold up the rest', async () => {
		const kept = shelf();
		for (const name of ['q1', 'q2']) put(kept, entry(name, 'a'));
		const told = await flush(kept, async ({ questionId }) =>
			questionId === 'q1' ? { kind: 'refused', message: 'Sudah diserahkan.' } : { kind: 'saved' }
		);
		expect(told).toEqual({ stopped: 'empty', refusals: ['Sudah diserahkan.'] });
		expect(waiting(kept)).toEqual([]);
	});

	test('stay when the session has ended', async () => {
		const kept = shelf();
		put(kept, entry('q1', 'a'));
		expect((await flush(kept, async () => ({ kind: 'signedOut' }))).stopped).toBe('signedOut');
		expect(waiting(kept)).toHaveLength(1);
	});

	test.each(['', 'nonsense', '{}', '[1,null,{"attemptId":"t"}]'])(
		'a shelf spoiled by %j is an empty one',
		(text) => {
			expect(waiting(shelf({ 'asah.answers': text }))).toEqual([]);
		}
	);

	test('a full shelf says so instead of losing the answer in silence', () => {
		const full = {
			...shelf(),
			setItem: () => {
				throw new Error('quota');
			}
		};
		expect(put(full, entry('q1', 'a'))).toBe(false);
	});
});

test('the answer clock follows the server and never runs back', () => {
	let device = 1_000;
	const now = answerClock(Date.parse('2026-03-09T02:00:00Z'), () => device);
	expect(now()).toBe('2026-03-09T02:00:00.000Z');
	device = 500;
	expect(now()).toBe('2026-03-09T02:00:00.001Z');
	device = 3_000;
	expect(now()).toBe('2026-03-09T02:00:02.000Z');
});
