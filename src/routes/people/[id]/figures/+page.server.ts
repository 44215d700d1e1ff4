import { isSelf } from '#kernel/actor.ts';
import { page } from '#platform/http/page.ts';
import { figuresOfPerson } from '#slices/impact/server/queries/people-figures.ts';
import { noteLook } from '#slices/people/server/access-log.ts';

export const load = page(async ({ db, actor, id, today, now }) => {
	const personId = id('id');
	const found = await figuresOfPerson(db, actor, personId);
	noteLook({ actor, personId, day: today, at: now });
	return { ...found, personId, own: isSelf(actor, personId) };
});
