import { missing } from '#kernel/errors.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { codesOf } from '#slices/evaluation/server/codebook.ts';
import { codePassages } from '#slices/evaluation/server/commands/focus-passages.ts';
import { focusGroup } from '#slices/evaluation/server/focus-groups.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, id, url }) => {
	const group = await focusGroup(db, actor, id('group'));
	if (group.finishedAt !== null || (!group.can.work && !group.can.codeSecond)) throw missing();
	const { page: number, size, offset } = listQuery(url, { sorts: ['sort'], size: 20 });
	return {
		group: { id: group.id, title: group.title, second: group.can.codeSecond },
		passages: group.list.slice(offset, offset + size).map(({ codes, second, ...passage }) => ({
			...passage,
			mine: group.can.codeSecond ? second : codes
		})),
		coded: group.list.filter(({ codes, second }) => (group.can.codeSecond ? second : codes).length > 0)
			.length,
		codes: (await codesOf(db)).filter(({ active }) => active),
		paging: { page: number, size, total: group.list.length }
	};
});

export const actions = formActions({
	default: formAction(codePassages, {
		then: ({ count }) => ({ say: 'evaluation.focus.codesSaved', params: { count } })
	})
});
