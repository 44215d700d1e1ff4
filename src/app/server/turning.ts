import { log } from '#platform/log/log.ts';

/**
 * Does the work every so many milliseconds, never twice at once; a failure is logged under its name and does not stop the
 * next turn. Returns how to stop it: what is under way is finished first.
 */
export function turning(name: string, everyMs: number, work: () => Promise<unknown>): () => Promise<void> {
	let running: Promise<unknown> | undefined;
	const timer = setInterval(() => {
		running ??= work()
			.catch((error: unknown) => log.error({ err: error }, name))
			.finally(() => (running = undefined));
	}, everyMs);
	timer.unref();
	return async () => {
		clearInterval(timer);
		await running;
	};
}
