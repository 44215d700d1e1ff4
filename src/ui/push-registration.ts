/** A scope without pages: the worker shows notices and stands between no page and the server. */
export const PUSH_SCOPE = '/push/';

/** This browser's registration for notices, if somebody turned them on here. */
export async function pushRegistration(): Promise<ServiceWorkerRegistration | undefined> {
	if (!('serviceWorker' in navigator)) return undefined;
	return navigator.serviceWorker.getRegistration(PUSH_SCOPE);
}

/** Whoever uses this browser next sees neither what stands on the screen nor what is still under way. */
export async function forgetPush(): Promise<void> {
	try {
		const registration = await pushRegistration();
		if (registration === undefined) return;
		await (await registration.pushManager.getSubscription())?.unsubscribe();
		for (const shown of await registration.getNotifications()) shown.close();
	} catch {
		// The server sends nothing any more to a session that has ended, whatever the browser keeps.
	}
}
