import { missing } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { page } from '#platform/http/page.ts';
import { compareEditions } from '#slices/competencies/compare-editions.ts';
import { editionsOf, versionById } from '#slices/competencies/server/queries/dictionary.ts';

export const load = page(async ({ db, actor, url }) => {
	const [from, to] = ['from', 'to'].map((name) => {
		const id = url.searchParams.get(name);
		if (id === null || !isId(id)) throw missing();
		return id;
	});
	if (from === undefined || to === undefined) throw missing();
	const before = await versionById(db, actor, from);
	const after = await versionById(db, actor, to);
	const changes = compareEditions(await editionsOf(db, from), await editionsOf(db, to));
	return {
		before,
		after,
		same: changes.filter(({ kind }) => kind === 'same').length,
		changes: changes.filter(({ kind }) => kind !== 'same')
	};
});
