import { publicPage } from '#platform/http/page.ts';
import { agencyByCode } from '#app/server/agency-by-code.ts';
import { lookUp } from '#app/server/public-look-up.ts';
import { reading } from '#platform/db/pools.ts';
import { proofByCode } from '#slices/credentials/server/queries/certificates.ts';

/** Anybody with the code sees whether the certificate is genuine; a wrong code is an answer, not an error. */
export const load = publicPage(async ({ params, setHeaders, getClientAddress }) => {
	setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' });
	const proof = await lookUp('code', getClientAddress(), new Date(), async () => {
		const agencyId = await agencyByCode(params['agency'] ?? '');
		const answer =
			agencyId === undefined
				? undefined
				: await reading(agencyId, (db) => proofByCode(db, params['code'] ?? ''));
		return { found: answer !== undefined, answer };
	});
	return { proof: proof ?? null, code: params['code'] ?? '' };
});
