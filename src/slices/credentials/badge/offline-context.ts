import credentials from './contexts/credentials-v2.json' with { type: 'json' };
import openBadges from './contexts/open-badges-3.0.3.json' with { type: 'json' };

export const CREDENTIALS_V2 = 'https://www.w3.org/ns/credentials/v2';
export const OPEN_BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';

export type Contexts = Readonly<Record<string, unknown>>;

/** Both as published; carried, because a context fetched later could change what an old proof says. */
export const CONTEXTS: Contexts = { [CREDENTIALS_V2]: credentials, [OPEN_BADGES]: openBadges };

/** Gives the contexts that we carry and nothing else: nothing is ever fetched. */
export const offlineContext =
	(more: Contexts = {}) =>
	(url: string): Promise<{ contextUrl: null; documentUrl: string; document: unknown }> => {
		const document = more[url] ?? CONTEXTS[url];
		if (document === undefined) return Promise.reject(new Error(`context not carried: ${url}`));
		return Promise.resolve({ contextUrl: null, documentUrl: url, document });
	};
