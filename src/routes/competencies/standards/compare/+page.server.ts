import { missing } from '#kernel/errors.ts';
import { isValidDate } from '#kernel/time.ts';
import { page } from '#platform/http/page.ts';
import { canEditStandards } from '#slices/competencies/access.ts';
import { changedRules } from '#slices/competencies/compare-rules.ts';
import { affectedBy } from '#slices/competencies/server/queries/affected.ts';
import { rulesOn } from '#slices/competencies/server/queries/required.ts';
import { competenciesToName } from '#slices/competencies/server/queries/standards.ts';
import { movedGaps } from '#slices/needs/public.server.ts';

export const load = page(async ({ db, actor, url }) => {
	const day = (name: string): string => {
		const asked = url.searchParams.get(name) ?? '';
		if (!isValidDate(asked)) throw missing();
		return asked;
	};
	const change = { kind: 'days', from: day('from'), to: day('to') } as const;
	return {
		...change,
		changes: changedRules(await rulesOn(db, change.from), await rulesOn(db, change.to)),
		competencies: await competenciesToName(db),
		effect: canEditStandards(actor)
			? { affected: await affectedBy(db, change), moved: await movedGaps(db, change) }
			: null
	};
});
