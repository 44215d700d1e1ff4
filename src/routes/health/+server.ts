import { json } from '@sveltejs/kit';
import { health } from '#app/server/health.ts';
import { publicEndpoint } from '#platform/http/page.ts';

export const GET = publicEndpoint(async () => {
	const report = await health();
	return json(report, { status: report.ok ? 200 : 503, headers: { 'cache-control': 'no-store' } });
});
