import { isSelf } from '#kernel/actor.ts';
import { page } from '#platform/http/page.ts';
import { careerOf } from '#slices/needs/server/queries/career.ts';

export const load = page(async ({ db, actor, url, id, today }) => {
	const wanted = { level: url.searchParams.get('level'), title: url.searchParams.get('title') };
	return {
		self: isSelf(actor, id('id')),
		chosen: wanted,
		...(await careerOf(db, actor, id('id'), wanted, today))
	};
});
