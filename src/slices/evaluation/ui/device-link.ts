/**
 * What lets one device link its owner's reactions from class to class: a secret that is made here, lies here and never
 * leaves. Only hashes of it go along, inside the sealed form; who has the server cannot make them (docs/decisions/0010).
 */
export type KeptLink = {
	/** 32 bytes, hexadecimal. */
	secret: string;
	/** The last form that was sent with it: class or session. */
	last: string | null;
};

export type SentLink = { address: string; key: string; before?: { address: string; key: string } };

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** One to a person: on a shared device nobody's answers follow another's. */
const nameOf = (owner: string): string => `asah.link:${owner}`;

/** Browsers give these tools to safe addresses only; elsewhere nothing is offered. */
export const canLink = (): boolean =>
	typeof crypto !== 'undefined' && typeof crypto.subtle?.sign === 'function';

export function keptLink(shelf: Shelf, owner: string): KeptLink | null {
	try {
		const kept: unknown = JSON.parse(shelf.getItem(nameOf(owner)) ?? 'null');
		if (typeof kept !== 'object' || kept === null || !('secret' in kept)) return null;
		if (typeof kept.secret !== 'string' || !/^[0-9a-f]{64}$/.test(kept.secret)) return null;
		const last = 'last' in kept && typeof kept.last === 'string' ? kept.last : null;
		return { secret: kept.secret, last };
	} catch {
		return null;
	}
}

export function startLink(shelf: Shelf, owner: string): KeptLink {
	const kept = { secret: hex(crypto.getRandomValues(new Uint8Array(32))), last: null };
	shelf.setItem(nameOf(owner), JSON.stringify(kept));
	return kept;
}

/** With the secret goes every way back to what was sent with it. */
export const forgetLink = (shelf: Shelf, owner: string): void => shelf.removeItem(nameOf(owner));

export function linkSent(shelf: Shelf, owner: string, formId: string): void {
	const kept = keptLink(shelf, owner);
	if (kept) shelf.setItem(nameOf(owner), JSON.stringify({ ...kept, last: formId }));
}

/** What goes along with this form, and what leads to the one before. */
export async function linkFor(kept: KeptLink, agencyId: string, formId: string): Promise<SentLink> {
	const now = await hashesOf(kept.secret, agencyId, formId);
	if (kept.last === null || kept.last === formId) return now;
	return { ...now, before: await hashesOf(kept.secret, agencyId, kept.last) };
}

/** HMAC-SHA-256 of purpose, agency and form under the secret: another for every form, so that no two look related. */
async function hashesOf(
	secret: string,
	agencyId: string,
	formId: string
): Promise<{ address: string; key: string }> {
	const bytes = Uint8Array.from(secret.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
	const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
	const hash = async (purpose: string) =>
		hex(
			new Uint8Array(
				await crypto.subtle.sign(
					'HMAC',
					key,
					new TextEncoder().encode(`asah reaction ${purpose} ${agencyId} ${formId}`)
				)
			)
		);
	return { address: await hash('address'), key: await hash('key') };
}

const hex = (bytes: Uint8Array): string =>
	Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
