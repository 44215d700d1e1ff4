import { isValidDate } from '#kernel/time.ts';
import { hasAbility } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import { page } from '#platform/http/page.ts';
import { dayAsked } from '#slices/people/history.ts';
import { unitTree } from '#slices/people/server/queries/units.ts';
import { unitTreeOn } from '#slices/people/server/queries/units-on.ts';

export const load = page(async ({ db, actor, url, today }) => {
	if (!hasAbility(actor, 'people.read')) throw missing();
	const day = dayAsked(url.searchParams.get('on'), today, isValidDate);
	const tree = day === null ? await unitTree(db, actor) : await unitTreeOn(db, actor, day);
	// One office a sheet: what stands right below the top of an agency, else the units that one reads from.
	const sheets = tree.roots.flatMap((root) =>
		root.children.some(({ children }) => children.length > 0)
			? [{ ...root, children: root.children.map((child) => ({ ...child, children: [] })) }, ...root.children]
			: [root]
	);
	return { day, today, sheets };
});
