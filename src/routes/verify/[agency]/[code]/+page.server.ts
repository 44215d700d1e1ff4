import { publicPage } from '#platform/http/page.ts';
import { agencyByCode } from '#app/server/agency-by-code.ts';
import { reading } from '#platform/db/pools.ts';
import { proofByCode } from '#slices/credentials/server/queries/certificates.ts';

/** Anybody with the code sees whether the certificate is genuine; a wrong code is an answer, not an error. */
export const load = publicPage(async ({ params, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' });
	const agencyId = await agencyByCode(params['agency'] ?? '');
	const proof =
		agencyId === undefined
			? undefined
			: await reading(agencyId, (db) => proofByCode(db, params['code'] ?? ''));
	return { proof: proof ?? null, code: params['code'] ?? '' };
});
