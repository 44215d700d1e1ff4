import { log } from '#platform/log/log.ts';
import type { Step } from '#platform/mail/carrying.ts';
import { pushing, type PushCarrier } from './pushing.ts';
import { forgetEndedDevices } from './subscriptions.ts';

const LOOK_MS = 2000;
const FORGET_MS = 3_600_000;
/** A push service answers in a tenth of a second from far away: four at once tell a city within half an hour. */
const LANES = 4;

/** Carries letters by push until stopped; those under way are waited for. */
export function startPush(carrier: PushCarrier, lanes = LANES): () => Promise<void> {
	const stops = Array.from({ length: lanes }, () => startLane(pushing(carrier)));
	const forget = setInterval(() => {
		void forgetEndedDevices(carrier.worker).catch((error: unknown) =>
			log.error({ err: error }, 'old devices')
		);
	}, FORGET_MS);
	forget.unref();
	return async () => {
		clearInterval(forget);
		await Promise.all(stops.map((stop) => stop()));
	};
}

function startLane(carry: () => Promise<Step>): () => Promise<void> {
	let stopped = false;
	let running: Promise<void> | undefined;
	let timer: NodeJS.Timeout | undefined;
	const look = (): void => {
		running = carry()
			.catch((error: unknown): Step => {
				log.error({ err: error }, 'push letters');
				return 'nothing';
			})
			.then((step) => {
				if (!stopped) timer = setTimeout(look, step === 'nothing' ? LOOK_MS : 0).unref();
			});
	};
	look();
	return async () => {
		stopped = true;
		clearTimeout(timer);
		await running;
	};
}
