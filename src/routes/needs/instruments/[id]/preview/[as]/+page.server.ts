import { missing } from '#kernel/errors.ts';
import { page } from '#platform/http/page.ts';
import { screensOf, shownSlots } from '#slices/needs/filling.ts';
import { RATERS } from '#slices/needs/instrument.ts';
import { previewCompetencies } from '#slices/needs/server/queries/duties.ts';
import { instrumentById } from '#slices/needs/server/queries/instruments.ts';

/** The real form, with nobody in it and nothing to send. */
export const load = page(async ({ db, actor, id, text, url, today }) => {
	const as = RATERS.find((one) => one === text('as'));
	if (as === undefined) throw missing();
	const sheet = await instrumentById(db, actor, id('id'), url.searchParams.get('version'));
	const competencies = await previewCompetencies(db, sheet.definition, today);
	const ids = competencies.map((one) => one.competencyId);
	const screens = screensOf(sheet.definition, shownSlots(sheet.definition, as, ids, new Map()));
	const at = Number(url.searchParams.get('at') ?? '1');
	return {
		instrument: { id: sheet.id, name: sheet.name },
		raters: RATERS.filter((one) =>
			sheet.definition.sections.some((section) => section.items.some((item) => item.raters.includes(one)))
		),
		today,
		form: {
			as,
			definition: sheet.definition,
			competencies,
			answers: [],
			person: { personId: '', name: '', postTitle: '', unitName: '' }
		},
		index:
			Number.isInteger(at) && at >= 1 && at <= screens.length
				? at - 1
				: screens.length === 0 || at > screens.length
					? null
					: 0
	};
});
