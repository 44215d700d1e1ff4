import { missing } from '#kernel/errors.ts';
import { publicEndpoint } from '#platform/http/page.ts';
import { agencyByCode } from '#app/server/agency-by-code.ts';
import { agencyDidDocument } from '#slices/credentials/server/badge-of.ts';

/** The agency's did:web document: with which keys its badges are proved. */
export const GET = publicEndpoint(async ({ params, url }) => {
	const code = params['agency'] ?? '';
	const agencyId = await agencyByCode(code);
	if (agencyId === undefined) throw missing();
	return new Response(JSON.stringify(await agencyDidDocument(agencyId, url.origin, code)), {
		headers: {
			'content-type': 'application/did+json',
			'access-control-allow-origin': '*',
			'cache-control': 'public, max-age=300'
		}
	});
});
