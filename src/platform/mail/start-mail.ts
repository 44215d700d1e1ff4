import { log } from '#platform/log/log.ts';
import { carrying, type Carrier, type Step } from './carrying.ts';
import { forgetLetters } from './turns.ts';

const LOOK_MS = 2000;
const FORGET_MS = 6 * 3_600_000;

/** What costs the mail server nothing needs no pause after it. */
const FREE: readonly Step[] = ['dropped', 'late'];

/**
 * Carries letters one after the other, never more in a minute than `perMinute`, until stopped; the letter under way is
 * waited for, so that none goes twice because of a restart.
 */
export function startMail(carrier: Carrier, perMinute: number): () => Promise<void> {
	const carry = carrying(carrier);
	let stopped = false;
	let running: Promise<void> | undefined;
	let timer: NodeJS.Timeout | undefined;
	const pauseAfter = (step: Step): number => {
		if (FREE.includes(step)) return 0;
		return step === 'nothing' || step === 'paused' ? LOOK_MS : 60_000 / perMinute;
	};
	const look = (): void => {
		running = carry()
			.catch((error: unknown): Step => {
				log.error({ err: error }, 'letters');
				return 'nothing';
			})
			.then((step) => {
				if (!stopped) timer = setTimeout(look, pauseAfter(step)).unref();
			});
	};
	const forget = setInterval(() => {
		void forgetLetters(carrier.worker).catch((error: unknown) => log.error({ err: error }, 'old letters'));
	}, FORGET_MS);
	forget.unref();
	look();
	return async () => {
		stopped = true;
		clearTimeout(timer);
		clearInterval(forget);
		await running;
	};
}
