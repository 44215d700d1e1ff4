import { json } from '@sveltejs/kit';
import { endpoint } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { PLACES } from './places.ts';

/** The pages inside the rooms that this hat may open, for Ctrl+K; asked for when it is pressed, not with every page. */
export const GET = endpoint(({ actor }) =>
	Promise.resolve(
		json(
			PLACES.filter(([, , , may]) => may(actor)).map(([href, name, question]) => ({
				href,
				label: say(name),
				...(question === null ? {} : { hint: say(question) })
			}))
		)
	)
);
