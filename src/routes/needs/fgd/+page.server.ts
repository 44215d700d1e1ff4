import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canConsolidate } from '#slices/needs/proposal-access.ts';
import { openForum } from '#slices/needs/server/commands/hold-forum.ts';
import { forumsOf } from '#slices/needs/server/queries/forums.ts';

export const load = page(async ({ db, actor, today }) => ({
	forums: await forumsOf(db, actor),
	today,
	year: Number(today.slice(0, 4)) + 1,
	can: { run: canConsolidate(actor) }
}));

export const actions = formActions({
	default: formAction(openForum, { then: ({ forumId }) => ({ to: `/needs/fgd/${forumId}` }) })
});
