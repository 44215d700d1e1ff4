/** The agency's own identifier: did:web of the address under which its certificates are checked. */
export function agencyDid(origin: string, agency: string): string {
	// The port's colon would be read as a step of the path.
	return `did:web:${new URL(origin).host.replace(':', '%3A')}:verify:${agency}`;
}

/** The agency's code in such an identifier, whatever the host; undefined for those of others. */
export const agencyOfDid = (did: string): string | undefined =>
	/^did:web:[^:]+:verify:([a-z][a-z0-9-]{1,30})$/u.exec(did)?.[1];

/** Keys are named by themselves, so that a retired one keeps its name. */
export const keyName = (did: string, publicMultibase: string): string => `${did}#${publicMultibase}`;

/** What stands at <address>/did.json. Retired keys stay: what was made with them is still theirs. */
export const didDocument = (did: string, publicKeys: readonly string[]) => ({
	'@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
	id: did,
	verificationMethod: publicKeys.map((key) => ({
		id: keyName(did, key),
		type: 'Multikey',
		controller: did,
		publicKeyMultibase: key
	})),
	assertionMethod: publicKeys.map((key) => keyName(did, key))
});
