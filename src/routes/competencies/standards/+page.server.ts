import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { partsFor } from '#slices/competencies/access.ts';
import { draftStandard } from '#slices/competencies/server/commands/standards.ts';
import { rulesOn } from '#slices/competencies/server/queries/required.ts';
import { competenciesToName, standardsFor } from '#slices/competencies/server/queries/standards.ts';
import { scopeWords } from '#slices/competencies/ui/scope-words.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, today }) => {
	const list = listQuery(url, { sorts: ['scope'], size: 50 });
	const search = (url.searchParams.get('q') ?? '').trim().toLowerCase();
	const competencies = await competenciesToName(db);
	const names = new Map(competencies.map((one) => [one.id, `${one.code} ${one.name}`]));
	const rules = (await rulesOn(db, today)).filter((rule) =>
		`${scopeWords(rule)} ${names.get(rule.competencyId ?? '') ?? ''} ${rule.legalBasis}`
			.toLowerCase()
			.includes(search)
	);
	return {
		today,
		standards: await standardsFor(db, actor),
		competencies,
		rules: rules.slice(list.offset, list.offset + list.size),
		paging: { page: list.page, size: list.size, total: rules.length },
		can: partsFor(actor)
	};
});

export const actions = formActions({
	draft: formAction(draftStandard, {
		then: ({ standardId }) => ({ to: `/competencies/standards/${standardId}` })
	})
});
