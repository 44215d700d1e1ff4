import { ADDRESS_HEADER } from './better-auth.ts';

/** As much of SvelteKit's `event` as signing in and out needs. */
export type Visit = {
	url: URL;
	request: Request;
	getClientAddress: () => string;
	cookies: {
		getAll: () => { name: string; value: string }[];
		set: (name: string, value: string, options: CookieOptions) => void;
	};
};

type CookieOptions = { path: string; httpOnly: boolean; sameSite: 'lax'; secure: boolean; maxAge?: number };

/**
 * Puts better-auth's cookies on the response: httpOnly, lax, and secure exactly when the visitor came by https (behind
 * a proxy that the settings trust, too), so that a city without a certificate can still sign in.
 */
export function keepCookies(
	{ cookies, url }: Pick<Visit, 'cookies' | 'url'>,
	setCookies: readonly string[]
): void {
	for (const line of setCookies) {
		const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
		if (name === undefined || value === undefined) continue;
		const maxAge = /;\s*Max-Age=(\d+)/i.exec(line)?.[1];
		cookies.set(name, decodeURIComponent(value), {
			path: '/',
			httpOnly: true,
			sameSite: 'lax',
			secure: url.protocol === 'https:',
			...(maxAge === undefined ? {} : { maxAge: Number(maxAge) })
		});
	}
}

/**
 * The headers better-auth gets to see: cookies as they are after what this request has already set, the browser's name,
 * and the address as the server knows it. Nothing else of what the visitor sent.
 */
export function headersOf({ cookies, request, getClientAddress }: Visit): Headers {
	return new Headers({
		cookie: cookies
			.getAll()
			.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
			.join('; '),
		'user-agent': (request.headers.get('user-agent') ?? '').slice(0, 300),
		[ADDRESS_HEADER]: getClientAddress()
	});
}

export const addressOf = (headers: Headers): string => headers.get(ADDRESS_HEADER) ?? '';
