// Shows notices and opens what they tell of. It keeps nothing and answers no request: it is registered for /push/, where
// no page is, and only in browsers whose owner turned notices on.
self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('push', (event) => {
	const { title, body = '', href = '/', language, tag } = read(event.data);
	event.waitUntil(
		self.registration.showNotification(title || 'Asah', {
			body,
			lang: language,
			// A second copy, and a newer notice of the same thing, take the place of the first.
			tag,
			icon: '/asah-192.png',
			data: { href }
		})
	);
});

self.addEventListener('notificationclick', (event) => {
	event.notification.close();
	event.waitUntil(open(event.notification.data?.href));
});

/** A browser that was promised a notice takes the permission away when nothing is shown; so something always is. */
function read(data) {
	try {
		return data?.json() ?? {};
	} catch {
		return {};
	}
}

/** The page itself when it is open already; only ever a page of ours. */
async function open(href) {
	const url = new URL(typeof href === 'string' ? href : '/', self.location.origin);
	if (url.origin !== self.location.origin) return;
	const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
	const there = pages.find((page) => page.url === url.href);
	await (there ? there.focus() : self.clients.openWindow(url.href));
}
