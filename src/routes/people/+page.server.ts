import { redirect } from '@sveltejs/kit';
import { hasAbility } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import { isValidDate } from '#kernel/time.ts';
import { page } from '#platform/http/page.ts';
import { canImport, canOrganise, canWatchPrivacy } from '#slices/people/access.ts';
import { foldedTree } from '#slices/people/folded-tree.ts';
import { dayAsked } from '#slices/people/history.ts';
import { unitTree } from '#slices/people/server/queries/units.ts';
import { unitTreeOn } from '#slices/people/server/queries/units-on.ts';

export const load = page(async ({ db, actor, url, today }) => {
	const search = url.searchParams.get('q')?.trim();
	if (search) redirect(303, `/people/search?q=${encodeURIComponent(search)}`);
	// Whoever reads nobody else's record is at home on their own page.
	if (!hasAbility(actor, 'people.read')) {
		if (actor.personId === null) throw missing();
		redirect(303, `/people/${actor.personId}`);
	}
	const day = dayAsked(url.searchParams.get('on'), today, isValidDate);
	const tree = day === null ? await unitTree(db, actor) : await unitTreeOn(db, actor, day);
	const unfolded = url.searchParams.get('open');
	return {
		...tree,
		roots: foldedTree(tree.roots, unfolded),
		unfolded,
		day,
		today,
		can: {
			import: canImport(actor),
			welcome: canOrganise(actor, ''),
			grant: hasAbility(actor, 'people.grant'),
			correct: hasAbility(actor, 'people.correct'),
			privacy: canWatchPrivacy(actor)
		}
	};
});
