import { isId } from '#kernel/ids.ts';
import { page } from '#platform/http/page.ts';
import { findPeople } from '#slices/people/server/queries/people.ts';
import { unitHits, unitPlace } from '#slices/people/server/queries/units.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url }) => {
	const list = listQuery(url, { sorts: ['name', 'post', 'unit'], size: 50 });
	const asked = url.searchParams.get('unit') ?? '';
	const unitId = isId(asked) ? asked : null;
	const unit = unitId === null ? null : await unitPlace(db, unitId);
	if (list.search === '' && unit === null) return { list, unit: null, people: [], total: 0, units: [] };
	const found = await findPeople(db, actor, { ...list, unitId: unit && unitId });
	// Units are an answer to words, and only once: on the first page of a search everywhere.
	const units = list.page === 1 && unit === null ? await unitHits(db, actor, list.search) : [];
	return { list, unit: unit && { name: unit.name }, units, ...found };
});
