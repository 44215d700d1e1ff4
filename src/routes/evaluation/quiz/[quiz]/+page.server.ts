import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { ITEM_SORTS } from '#slices/evaluation/item-order.ts';
import { quizItems } from '#slices/evaluation/server/items.ts';
import { tieItem } from '#slices/evaluation/server/commands/tie-item.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, id, url }) => ({
	sheet: await quizItems(db, actor, id('quiz')),
	sort: listQuery(url, { sorts: [...ITEM_SORTS] }).sort,
	chosen: url.searchParams.get('item')
}));

export const actions = formActions({
	tie: formAction(tieItem, { then: () => ({ say: 'evaluation.items.tied' }) })
});
