import { describe, expect, test } from 'vitest';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list';
import fc from 'fast-check';
import { sampleFacts } from '../../../../tests/make/certificate-facts.ts';
import { fromMultibase, toMultibase } from './base58.ts';
import { agencyDid, agencyOfDid, didDocument, keyName } from './did-web.ts';
import { multikey, newKeyPair, publicKey, secretKey } from './ed25519.ts';
import { CONTEXTS } from './offline-context.ts';
import { openBadge } from './open-badge.ts';
import { hashData, isProved, proved, type Json } from './proof.ts';
import { bitOf, listOf, statusListCredential } from './status-list.ts';

const home = 'https://asah.medan.go.id';
const did = agencyDid(home, 'medan');
const pair = newKeyPair();
const key = secretKey(pair.secret);
const lists = `${home}/verify/medan/status`;
const signing = {
	key,
	verificationMethod: keyName(did, pair.publicMultibase),
	created: '2026-03-02T00:00:00Z'
};
const badge = (statusPosition = 7) =>
	proved(
		openBadge({
			verifyUrl: `${home}/verify/medan/7K3M-9QX2-P4TD`,
			lists,
			issuer: did,
			number: '0042/PPP/MEDAN/III/2026',
			statusPosition,
			programId: '019a0000-0000-7000-8000-000000000001',
			facts: sampleFacts(),
			narrative: 'Lulus dan diakui 40 JP.'
		}),
		signing
	);

/** Somebody else's verifier, which has the same contexts and the agency's did:web document at hand. */
const world = (revoked: number[]) => {
	const document = didDocument(did, [pair.publicMultibase]);
	return async (url: string) => {
		const [method] = document.verificationMethod;
		const found =
			url === did
				? document
				: url === method?.id
					? { '@context': 'https://w3id.org/security/multikey/v1', ...method }
					: url === `${lists}/1`
						? await proved(statusListCredential(`${lists}/1`, did, revoked, new Date()), signing)
						: CONTEXTS[url];
		if (!found) throw new Error(`not in this world: ${url}`);
		return { contextUrl: null, documentUrl: url, document: found };
	};
};
const verified = async (credential: Json, revoked: number[] = []): Promise<boolean> => {
	const suite = new DataIntegrityProof({ cryptosuite });
	const documentLoader = world(revoked);
	const result = await vc.verifyCredential({ credential, suite, documentLoader, checkStatus });
	// The library answers the bit beside the proof and leaves it to the reader what a set one means.
	return result.verified && !result.statusResult?.results?.some(({ status }) => status);
};

describe('the W3C test vector of eddsa-rdfc-2022 (vc-di-eddsa, appendix B.1)', () => {
	const examples = {
		'https://www.w3.org/ns/credentials/examples/v2': {
			'@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' }
		}
	};
	const alumni = {
		'@context': ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/ns/credentials/examples/v2'],
		id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
		type: ['VerifiableCredential', 'AlumniCredential'],
		name: 'Alumni Credential',
		description: 'A minimum viable example of an Alumni Credential.',
		issuer: 'https://vc.example/issuers/5678',
		validFrom: '2023-01-01T00:00:00Z',
		credentialSubject: { id: 'did:example:abcdefgh', alumniOf: 'The School of Examples' }
	};
	const w3c = secretKey(
		(fromMultibase('z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq') ?? Buffer.alloc(34)).subarray(2)
	);
	const own = 'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2';
	const options = {
		key: w3c,
		created: '2023-02-24T23:36:38Z',
		verificationMethod: `did:key:${own}#${own}`
	};

	test('gives the published key, hashes and proof', async () => {
		expect(multikey(w3c)).toBe(own);
		const credential = await proved(alumni, options, examples);
		const { proofValue, ...config } = credential.proof;
		expect((await hashData(alumni, config, examples)).toString('hex')).toBe(
			'bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0' +
				'517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017'
		);
		expect(proofValue).toBe(
			'z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme'
		);
		expect(await isProved(credential, w3c, examples)).toBe(true);
	});

	test('refuses to fetch a context that it does not carry', async () => {
		await expect(proved(alumni, options)).rejects.toThrow();
	});
});

describe('the badge of a certificate', () => {
	test('is verified by another implementation, and by ours', async () => {
		const credential = await badge();
		expect(await verified(credential)).toBe(true);
		const open = publicKey(pair.publicMultibase);
		expect(open && (await isProved(credential, open))).toBe(true);
	});

	test('is revoked for the other implementation by its bit in the list, and by no other bit', async () => {
		expect(await verified(await badge(7), [7])).toBe(false);
		expect(await verified(await badge(7), [6, 8])).toBe(true);
	});

	test.each([
		['another name', (one: Json) => ({ ...one, name: 'Pelatihan lain' })],
		['a word that no context knows', (one: Json) => ({ ...one, tambahan: 'x' })],
		['another day', (one: Json) => ({ ...one, validFrom: '2020-01-01T00:00:00Z' })]
	])('with %s is refused by both', async (_, change) => {
		const credential = change(await badge());
		expect(await verified(credential)).toBe(false);
		expect(await isProved(credential, key)).toBe(false);
	});

	test('is not proved by another key', async () => {
		expect(await isProved(await badge(), secretKey(newKeyPair().secret))).toBe(false);
	});

	test('carries no NIP', async () => {
		expect(JSON.stringify(await badge())).not.toContain(sampleFacts().recipient.nip);
	});
});

test('base58 gives back every run of bytes, leading zeros too', () => {
	fc.assert(
		fc.property(fc.uint8Array({ minLength: 1, maxLength: 70 }), (bytes) => {
			expect(fromMultibase(toMultibase(bytes))).toEqual(Buffer.from(bytes));
		})
	);
	expect(fromMultibase('z0OIl')).toBeUndefined();
});

test('a did:web holds the agency, with a port too, and only ours are read', () => {
	expect(agencyDid('http://localhost:3000', 'medan')).toBe('did:web:localhost%3A3000:verify:medan');
	expect(agencyOfDid('did:web:localhost%3A3000:verify:medan')).toBe('medan');
	expect(agencyOfDid('did:web:example.com:issuers:1')).toBeUndefined();
});

test('positions run on into a second list', () => {
	expect([listOf(131_071), bitOf(131_071), listOf(131_072), bitOf(131_072)]).toEqual([1, 131_071, 2, 0]);
});
