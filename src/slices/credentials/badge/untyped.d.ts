// Packages of Digital Bazaar bring no types; only what is called here is said.
declare module 'jsonld' {
	const jsonld: {
		canonize: (document: unknown, options: Record<string, unknown>) => Promise<string>;
	};
	export default jsonld;
}
declare module '@digitalbazaar/data-integrity' {
	export const DataIntegrityProof: new (options: { cryptosuite: unknown }) => object;
}
declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
	export const cryptosuite: unknown;
}
declare module '@digitalbazaar/vc' {
	export function verifyCredential(options: object): Promise<{
		verified: boolean;
		statusResult?: { results?: { status: boolean }[] };
	}>;
}
declare module '@digitalbazaar/vc-bitstring-status-list' {
	export function checkStatus(options: object): Promise<unknown>;
}
