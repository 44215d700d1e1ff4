import { redirect } from '@sveltejs/kit';
import { publicPage } from '#platform/http/page.ts';

/** A form without scripts: `?agency=medan&code=…` leads to the address that the QR carries. */
export const load = publicPage(async ({ url }) => {
	const agency = url.searchParams.get('agency')?.trim().toLowerCase();
	const code = url.searchParams.get('code')?.trim();
	if (agency && code) redirect(303, `/verify/${encodeURIComponent(agency)}/${encodeURIComponent(code)}`);
	return {};
});
