import { missing } from '#kernel/errors.ts';
import { publicEndpoint } from '#platform/http/page.ts';
import { agencyByCode } from '#app/server/agency-by-code.ts';
import { statusList } from '#slices/credentials/server/badge-of.ts';

/** Which badges of the agency no longer hold, one bit each. */
export const GET = publicEndpoint(async ({ params, url }) => {
	const code = params['agency'] ?? '';
	const agencyId = await agencyByCode(code);
	const number = Number(params['list']);
	const list =
		agencyId === undefined || !Number.isSafeInteger(number)
			? undefined
			: await statusList(agencyId, url.origin, code, number, new Date());
	if (!list) throw missing();
	return new Response(JSON.stringify(list), {
		headers: {
			'content-type': 'application/vc+ld+json',
			'access-control-allow-origin': '*',
			'cache-control': 'public, max-age=60'
		}
	});
});
