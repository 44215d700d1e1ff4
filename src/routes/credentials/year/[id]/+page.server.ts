import { isSelf } from '#kernel/actor.ts';
import { page } from '#platform/http/page.ts';
import { settingOn } from '#slices/credentials/jp-setting.ts';
import { jpSettings } from '#slices/credentials/server/jp-settings.ts';
import { countedOfYear, headFor, targetsOf } from '#slices/credentials/server/queries/hours.ts';
import { noteLook } from '#slices/people/server/access-log.ts';

export const load = page(async ({ db, actor, id, url, today, now }) => {
	const head = await headFor(db, actor, id('id'));
	noteLook({ actor, personId: head.personId, day: today, at: now });
	const asked = Number(url.searchParams.get('year'));
	const thisYear = Number(today.slice(0, 4));
	const year = Number.isInteger(asked) && asked >= 2010 && asked <= thisYear ? asked : thisYear;
	return {
		head,
		year,
		thisYear,
		own: isSelf(actor, head.personId),
		entries: await countedOfYear(db, head.personId, year),
		...(await targetsOf(db, head.kind, year)),
		setting: settingOn(await jpSettings(db), `${year}-12-31`)
	};
});
