import { isSelf } from '#kernel/actor.ts';
import { page } from '#platform/http/page.ts';
import { settingOn } from '#slices/credentials/jp-setting.ts';
import { jpSettings } from '#slices/credentials/server/jp-settings.ts';
import { countedEntry } from '#slices/credentials/server/queries/hours.ts';
import { noteLook } from '#slices/people/server/access-log.ts';

export const load = page(async ({ db, actor, id, today, now }) => {
	const sheet = await countedEntry(db, actor, id('id'));
	noteLook({ actor, personId: sheet.head.personId, day: today, at: now });
	return {
		...sheet,
		own: isSelf(actor, sheet.head.personId),
		setting: settingOn(await jpSettings(db), sheet.entry.endsOn)
	};
});
