const CACHES = ['asah-hadir-pages', 'asah-hadir-parts'];

/** Makes this page open without a signal from now on. Quietly does nothing where a browser has no such thing (plain http). */
export async function keepForOffline(page = location.pathname): Promise<void> {
	if (!('serviceWorker' in navigator)) return;
	try {
		const registration = await navigator.serviceWorker.register('/hadir-worker.js', { scope: '/hadir' });
		const parts = performance
			.getEntriesByType('resource')
			.map(({ name }) => name)
			.filter((name) => new URL(name).pathname.startsWith('/_app/'));
		const worker = registration.active ?? (await ready(registration));
		worker?.postMessage({ page, parts: [...new Set(parts)] });
	} catch {
		// A browser that forbids it works as before, with a signal.
	}
}

/** The page of somebody who signs out holds their name. */
export async function forgetOfflinePages(): Promise<void> {
	if (!('caches' in globalThis)) return;
	await Promise.all(CACHES.map((name) => caches.delete(name)));
}

const ready = (registration: ServiceWorkerRegistration): Promise<ServiceWorker | null> =>
	new Promise((resolve) => {
		const worker = registration.installing ?? registration.waiting;
		if (worker === null) return resolve(registration.active);
		worker.addEventListener('statechange', () => {
			if (worker.state === 'activated') resolve(worker);
		});
	});
