// Without a signal: the check-in page and the facilitator's code page open from this device. Nothing else is touched:
// this worker is registered for /hadir alone. What is scanned is kept by the page itself (kept-scans.ts).
const PAGES = 'asah-hadir-pages';
const PARTS = 'asah-hadir-parts';
const PATIENCE_MS = 5000;
const KEPT_MS = 36 * 3600 * 1000;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// The page tells what it is made of, once it stands.
self.addEventListener('message', (event) => {
	const parts = Array.isArray(event.data?.parts) ? event.data.parts : [];
	event.waitUntil(
		(async () => {
			const cache = await caches.open(PARTS);
			for (const part of parts) if (!(await cache.match(part))) await cache.add(part).catch(() => undefined);
			if (typeof event.data?.page === 'string') await keepPage(new Request(event.data.page));
		})()
	);
});

self.addEventListener('fetch', (event) => {
	const { request } = event;
	const { origin, pathname } = new URL(request.url);
	if (request.method !== 'GET' || origin !== self.location.origin) return;
	if (request.mode === 'navigate') event.respondWith(opened(request, pathname));
	else if (pathname.startsWith('/_app/') || pathname.startsWith('/favicon'))
		event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
});

/** From the network; from this device when there is none, or when it does not answer. */
async function opened(request, pathname) {
	const kept = await caches.match(pathname, { cacheName: PAGES });
	const fresh = fetch(request).then(async (response) => {
		if (response.ok && !response.redirected) await put(pathname, response.clone());
		return response;
	});
	if (!kept || isOld(kept)) return fresh;
	const late = new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
	return Promise.race([fresh.catch(() => kept), late]);
}

async function keepPage(request) {
	const response = await fetch(request).catch(() => null);
	if (response?.ok && !response.redirected) await put(new URL(request.url).pathname, response);
}

async function put(pathname, response) {
	const headers = new Headers(response.headers);
	headers.set('x-kept-at', String(Date.now()));
	const body = await response.blob();
	await (await caches.open(PAGES)).put(pathname, new Response(body, { status: 200, headers }));
}

const isOld = (response) => Date.now() - Number(response.headers.get('x-kept-at') ?? 0) > KEPT_MS;
