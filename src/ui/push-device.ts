import { PUSH_SCOPE, pushRegistration } from './push-registration.ts';

/** Why notices cannot be turned on in this browser. */
export type Hindrance = 'insecure' | 'homeScreen' | 'unsupported' | 'denied' | 'dismissed' | 'noService';

export type Subscribed = { endpoint: string; p256dh: string; auth: string };

/** What is known before anybody is asked; null: nothing stands in the way. */
export function whatHinders(): Hindrance | null {
	if (!isSecureContext) return 'insecure';
	const able = 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;
	if (!able) return isApple() ? 'homeScreen' : 'unsupported';
	return Notification.permission === 'denied' ? 'denied' : null;
}

/** iPhones and iPads give web push only to pages on the home screen; newer iPads call themselves Macs. */
const isApple = (): boolean =>
	/iPhone|iPad|iPod/.test(navigator.userAgent) ||
	(/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);

/** Whether the browser itself still has a subscription: permission may have been taken back in its settings. */
export const isSubscribed = async (): Promise<boolean> => {
	const registration = await pushRegistration();
	return (await registration?.pushManager.getSubscription()) != null;
};

/**
 * Asks for permission and subscribes, anew each time: what was sent to an earlier user of this browser finds nobody.
 * Called from a press, or browsers do not ask.
 */
export async function subscribe(key: string): Promise<Subscribed | Hindrance> {
	const permission = await Notification.requestPermission();
	if (permission !== 'granted') return permission === 'denied' ? 'denied' : 'dismissed';
	try {
		const registration = await navigator.serviceWorker.register('/push-worker.js', { scope: PUSH_SCOPE });
		await untilActive(registration);
		await (await registration.pushManager.getSubscription())?.unsubscribe();
		const made = await registration.pushManager.subscribe({
			userVisibleOnly: true,
			applicationServerKey: key
		});
		const { endpoint, keys } = made.toJSON();
		const [p256dh, auth] = [keys?.['p256dh'], keys?.['auth']];
		return endpoint && p256dh && auth ? { endpoint, p256dh, auth } : 'noService';
	} catch {
		return 'noService';
	}
}

/** Of our own scope only: `navigator.serviceWorker.ready` waits for one that controls this page, and none does. */
const untilActive = (registration: ServiceWorkerRegistration): Promise<void> =>
	new Promise((resolve) => {
		const worker = registration.installing ?? registration.waiting;
		if (worker === null) return resolve();
		worker.addEventListener('statechange', () => {
			if (worker.state === 'activated' || worker.state === 'redundant') resolve();
		});
	});
