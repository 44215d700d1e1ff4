import { isId } from '#kernel/ids.ts';
import { missing } from '#kernel/errors.ts';
import { POST_LEVELS } from '#kernel/posts.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { canOrganise } from '#slices/people/access.ts';
import { welcomeStaff } from '#slices/people/server/commands/order-movement.ts';
import { officeChoices, unitChoices } from '#slices/people/server/queries/choices.ts';

export const load = page(async ({ db, actor, url, today }) => {
	if (!canOrganise(actor, '')) throw missing();
	const offices = await officeChoices(db, actor);
	const asked = url.searchParams.get('office') ?? '';
	const office = isId(asked) ? asked : (offices[0]?.id ?? null);
	return {
		today,
		office,
		offices,
		units: office === null ? [] : await unitChoices(db, actor, office),
		levels: Object.entries(POST_LEVELS).map(([code, { key }]) => ({
			value: code,
			label: say(`competencies.postLevel.${key}`)
		}))
	};
});

export const actions = formActions({
	default: formAction(welcomeStaff, {
		then: ({ personId, waits }) => (waits ? { say: 'people.order.waits' } : { to: `/people/${personId}` })
	})
});
