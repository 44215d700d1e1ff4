import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sharedFor } from './shared-for.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('those who ask at once, or a moment later, share one piece of work; then it is done anew', async () => {
	const shared = sharedFor<number>(1000);
	let times = 0;
	const work = async () => ++times;
	expect(await Promise.all([shared('a', work), shared('a', work)])).toEqual([1, 1]);
	await vi.advanceTimersByTimeAsync(900);
	expect(await shared('a', work)).toBe(1);
	expect(await shared('b', work)).toBe(2);
	await vi.advanceTimersByTimeAsync(200);
	expect(await shared('a', work)).toBe(3);
});

test('a failure is told to those who wait and kept for nobody', async () => {
	const shared = sharedFor<number>(1000);
	const failing = () => Promise.reject(new Error('away'));
	const both = await Promise.allSettled([shared('a', failing), shared('a', failing)]);
	expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	expect(await shared('a', async () => 7)).toBe(7);
});
