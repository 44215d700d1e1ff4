import { redirect } from '@sveltejs/kit';
import { hasAbility } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import { page } from '#platform/http/page.ts';
import { canImport } from '#slices/people/access.ts';
import { unitTree } from '#slices/people/server/queries/units.ts';

export const load = page(async ({ db, actor, url }) => {
	const search = url.searchParams.get('q')?.trim();
	if (search) redirect(303, `/people/search?q=${encodeURIComponent(search)}`);
	// Whoever reads nobody else's record is at home on their own page.
	if (!hasAbility(actor, 'people.read')) {
		if (actor.personId === null) throw missing();
		redirect(303, `/people/${actor.personId}`);
	}
	return { ...(await unitTree(db, actor)), can: { import: canImport(actor) } };
});
