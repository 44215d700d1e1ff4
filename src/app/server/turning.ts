import { log } from '#platform/log/log.ts';

/**
 * Does the work every so many milliseconds, on request also at once, and never twice at once; a failure is logged under its
 * name and does not stop the next turn. Returns how to stop it: what is under way is finished first.
 */
export function turning(
	name: string,
	everyMs: number,
	work: () => Promise<unknown>,
	{ atOnce = false } = {}
): () => Promise<void> {
	let running: Promise<unknown> | undefined;
	const turn = (): void => {
		running ??= work()
			.catch((error: unknown) => log.error({ err: error }, name))
			.finally(() => (running = undefined));
	};
	const timer = setInterval(turn, everyMs);
	timer.unref();
	if (atOnce) turn();
	return async () => {
		clearInterval(timer);
		await running;
	};
}
