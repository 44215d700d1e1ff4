import { redirect } from '@sveltejs/kit';
import { hasAbility } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import { page } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { GIVEN_ROLES } from '#slices/people/model.ts';
import { officesWithoutAdmin, roleHolders } from '#slices/people/server/queries/roles.ts';

export const load = page(async ({ db, actor, url, today }) => {
	if (!hasAbility(actor, 'people.grant')) throw missing();
	const search = url.searchParams.get('q')?.trim();
	if (search) redirect(303, `/people/search?q=${encodeURIComponent(search)}`);
	const holders = await roleHolders(db, actor, today);
	return {
		today,
		held: holders.length,
		roles: GIVEN_ROLES.map((role) => ({
			role,
			name: say(`app.role.${role}`),
			holders: holders.filter((one) => one.role === role)
		})),
		bare: await officesWithoutAdmin(db, actor, today)
	};
});
