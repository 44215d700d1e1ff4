import { headersOf, keepCookies, type Visit } from './cookies.ts';

/** For tests: a browser that keeps its cookies, at an address of its own. */
export function visitor(address: string, options: { https?: boolean; userAgent?: string } = {}) {
	const jar = new Map<
		string,
		{ value: string; secure: boolean; maxAge?: number; httpOnly: boolean; sameSite: string }
	>();
	const visit: Visit = {
		url: new URL(options.https ? 'https://asah.example/' : 'http://localhost:3000/'),
		request: new Request('http://localhost:3000/', {
			headers: { 'user-agent': options.userAgent ?? 'Peramban Uji' }
		}),
		getClientAddress: () => address,
		cookies: {
			getAll: () => [...jar].map(([name, { value }]) => ({ name, value })),
			set: (name, value, { path: _, ...cookie }) => {
				if (cookie.maxAge === 0) jar.delete(name);
				else jar.set(name, { value, ...cookie });
			}
		}
	};
	return {
		jar,
		headers: () => headersOf(visit),
		keep: (setCookies: string[]) => keepCookies(visit, setCookies),
		/** The browser as it was, e.g. stolen cookies. */
		copyTo: (other: { jar: typeof jar }) => {
			for (const [name, cookie] of jar) other.jar.set(name, cookie);
		}
	};
}
