import { createHash, sign, verify, type KeyObject } from 'node:crypto';
import jsonld from 'jsonld';
import { fromMultibase, toMultibase } from './base58.ts';
import { offlineContext, type Contexts } from './offline-context.ts';

export type Json = { readonly [name: string]: unknown };
export type Proof = {
	type: 'DataIntegrityProof';
	cryptosuite: 'eddsa-rdfc-2022';
	created: string;
	verificationMethod: string;
	proofPurpose: 'assertionMethod';
};
export type Proved<T extends Json = Json> = T & { proof: Proof & { proofValue: string } };

/** Adds a Data Integrity proof. @law W3C vc-di-eddsa 1.0 §3.2, eddsa-rdfc-2022 */
export async function proved<T extends Json>(
	document: T,
	{ key, verificationMethod, created }: { key: KeyObject; verificationMethod: string; created: string },
	contexts?: Contexts
): Promise<Proved<T>> {
	const proof: Proof = {
		type: 'DataIntegrityProof',
		cryptosuite: 'eddsa-rdfc-2022',
		created,
		verificationMethod,
		proofPurpose: 'assertionMethod'
	};
	const signature = sign(null, await hashData(document, proof, contexts), key);
	return { ...document, proof: { ...proof, proofValue: toMultibase(signature) } };
}

/** Do these words bear this key's proof? A document that is not JSON-LD as we know it answers no. */
export async function isProved(document: Json, key: KeyObject, contexts?: Contexts): Promise<boolean> {
	const { proof, ...unsecured } = document;
	if (!isJson(proof) || proof['type'] !== 'DataIntegrityProof' || proof['cryptosuite'] !== 'eddsa-rdfc-2022')
		return false;
	if (proof['proofPurpose'] !== 'assertionMethod') return false;
	const { proofValue, ...options } = proof;
	const signature = typeof proofValue === 'string' ? fromMultibase(proofValue) : undefined;
	if (signature?.length !== 64) return false;
	try {
		return verify(null, await hashData(unsecured, options, contexts), key, signature);
	} catch {
		// A context that we do not carry, or words that are not in any: nothing that we proved.
		return false;
	}
}

/** The hash of the proof's own options, then that of the document (§3.2.4). */
export async function hashData(document: Json, options: Json, contexts?: Contexts): Promise<Buffer> {
	return Buffer.concat([
		await hashOf({ '@context': document['@context'], ...options }, contexts),
		await hashOf(document, contexts)
	]);
}

async function hashOf(document: Json, contexts?: Contexts): Promise<Buffer> {
	const canonical = await jsonld.canonize(document, {
		algorithm: 'RDFC-1.0',
		format: 'application/n-quads',
		documentLoader: offlineContext(contexts),
		// A word outside the contexts would be left out in silence, and could then be changed without being noticed.
		safe: true
	});
	return createHash('sha256').update(canonical).digest();
}

export const isJson = (value: unknown): value is Json =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
