import { endpoint } from '#platform/http/page.ts';
import { m } from '#platform/i18n/messages.ts';
import { badgeOf } from '#slices/credentials/server/badge-of.ts';

export const GET = endpoint(async ({ actor, id, url }) => {
	const { number, badge } = await badgeOf(actor, id('id'), url.origin, (facts) =>
		m['credentials.badge.narrative'](facts)
	);
	return new Response(JSON.stringify(badge, null, '\t'), {
		headers: {
			'content-type': 'application/vc+ld+json',
			'content-disposition': `attachment; filename="${number.replace(/[^\w.-]+/g, '-')}.badge.json"`
		}
	});
});
