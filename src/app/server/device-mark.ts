import { randomBytes } from 'node:crypto';
import type { Cookies } from '@sveltejs/kit';

const DEVICE_COOKIE = 'asah_device';
const YEAR_S = 60 * 60 * 24 * 365;

/** A random mark of this browser, made at its first visit: tells devices apart, and says nothing about whose they are. */
export function deviceMark(event: { cookies: Cookies; url: URL }): string {
	const known = event.cookies.get(DEVICE_COOKIE);
	if (known !== undefined && /^[\w-]{43}$/.test(known)) return known;
	const made = randomBytes(32).toString('base64url');
	event.cookies.set(DEVICE_COOKIE, made, {
		path: '/hadir',
		httpOnly: true,
		sameSite: 'lax',
		secure: event.url.protocol === 'https:',
		maxAge: YEAR_S
	});
	return made;
}
