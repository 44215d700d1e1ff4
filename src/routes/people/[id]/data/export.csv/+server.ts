import { asRows, everythingAbout } from '#app/server/my-data.ts';
import { csvResponse } from '#platform/http/csv.ts';
import { endpoint } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { noteLook } from '#slices/people/server/access-log.ts';

/** The same as a sheet: part, name of the value, value. */
export const GET = endpoint(async ({ db, actor, id, today, now }) => {
	const personId = id('id');
	const data = await everythingAbout(db, actor, personId, now);
	noteLook({ actor, personId, day: today, at: now, exported: true });
	return csvResponse(
		`data-saya-${today}`,
		[say('people.export.part'), say('people.export.name'), say('people.export.value')],
		asRows(data)
	);
});
