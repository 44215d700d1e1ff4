const HERE = 'http://here.invalid';
const DOORS = ['/again', '/sign-in', '/sign-out', '/two-factor', '/access-code'];

/**
 * Where to go after signing in: a path of this site and nothing else, '/' when `next` is none. A link that leads to
 * our sign-in page must not be able to lead on to a stranger's ('//evil', '/\evil', 'javascript:').
 */
export function nextAddress(next: string | null | undefined): string {
	if (!next || !/^\/(?![/\\])/.test(next) || !URL.canParse(next, HERE)) return '/';
	const url = new URL(next, HERE);
	if (url.origin !== HERE || DOORS.includes(url.pathname)) return '/';
	const address = url.pathname + url.search + url.hash;
	// Walking up and down may end at two slashes: '/.//evil' stands for '//evil'.
	return address.startsWith('//') ? '/' : address;
}

/** Another of the doors, keeping where to go afterwards. */
export const withNext = (door: string, next: string): string =>
	next === '/' ? door : `${door}?next=${encodeURIComponent(next)}`;
