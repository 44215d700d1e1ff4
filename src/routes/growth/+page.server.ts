import { hasAbility } from '#kernel/actor.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { unwish, wish } from '#slices/growth/server/commands.ts';
import { dismissedBy, openGaps, suggestionsFor, wishesIn } from '#slices/growth/server/queries.ts';

export const load = page(async ({ db, actor, today }) => ({
	personId: actor.personId,
	gaps: actor.personId === null ? [] : await openGaps(db, actor.personId),
	suggestions: actor.personId === null ? [] : (await suggestionsFor(db, actor.personId, today)).slice(0, 6),
	dismissed: actor.personId === null ? [] : await dismissedBy(db, actor.personId),
	team: hasAbility(actor, 'growth.read') ? await wishesIn(db, actor) : []
}));

export const actions = formActions({
	wish: formAction(wish, {
		then: ({ status }) => ({ say: status === 'wished' ? 'growth.wish.done' : 'growth.wish.later' })
	}),
	unwish: formAction(unwish)
});
