import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import forge from 'node-forge';

/** Whoever signs: the key and its certificate, with those that vouch for it. */
export type Signer = { key: KeyObject; certificate: X509Certificate; chain: readonly X509Certificate[] };

export type OpenedP12 = { ok: true; signer: Signer } | { ok: false; why: 'passphrase' | 'notP12' | 'noKey' };

/**
 * Opens a P12 (PFX, RFC 7292) file, old encryption (RC2, triple DES) included, as offices still have them: that is why
 * `node-forge` reads it and not OpenSSL. Of several certificates the one that fits the key is the signer's.
 */
export function openP12(content: Uint8Array, passphrase: string): OpenedP12 {
	let pfx;
	try {
		const bytes = forge.util.createBuffer(Buffer.from(content).toString('binary'));
		pfx = forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(bytes), passphrase);
	} catch (error) {
		// forge says so in words only; everything it can't read before that is no P12 at all.
		const text = error instanceof Error ? error.message : '';
		return {
			ok: false,
			why: /MAC could not be verified|password|decrypt/iu.test(text) ? 'passphrase' : 'notP12'
		};
	}
	const bags = (type: string) => pfx.getBags({ bagType: type })[type] ?? [];
	const key = [
		...bags(forge.pki.oids['pkcs8ShroudedKeyBag'] ?? ''),
		...bags(forge.pki.oids['keyBag'] ?? '')
	][0];
	const certificates = bags(forge.pki.oids['certBag'] ?? '').flatMap((bag) => x509(bag));
	const privateKey = key && privateKeyOf(key);
	const certificate = privateKey && certificates.find((one) => one.checkPrivateKey(privateKey));
	if (!privateKey || !certificate) return { ok: false, why: 'noKey' };
	return {
		ok: true,
		signer: { key: privateKey, certificate, chain: certificates.filter((one) => one !== certificate) }
	};
}

function x509({ cert, asn1 }: forge.pkcs12.Bag): X509Certificate[] {
	try {
		return [new X509Certificate(der(cert ? forge.pki.certificateToAsn1(cert) : asn1))];
	} catch {
		return [];
	}
}

/** forge reads RSA keys; others it leaves as they are in the file, PKCS #8. */
function privateKeyOf({ key, asn1 }: forge.pkcs12.Bag): KeyObject | undefined {
	try {
		const pkcs8 = key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key)) : asn1;
		return createPrivateKey({ key: der(pkcs8), format: 'der', type: 'pkcs8' });
	} catch {
		return undefined;
	}
}

const der = (asn1: forge.asn1.Asn1): Buffer => Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'binary');

/** A name of a certificate as people read it: its common name, else all of it on one line. */
export const commonName = (name: string): string =>
	// Node writes a comma within a name with a backslash before it.
	(/(?:^|\n)CN=(.+)/u.exec(name)?.[1] ?? name.replaceAll('\n', ', ')).replace(/\\(.)/gu, '$1');
