import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { decidePrivacy } from '#slices/people/server/commands/privacy-requests.ts';
import { privacyDesk } from '#slices/people/server/queries/privacy.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url }) => {
	const list = listQuery(url, { sorts: ['on'], size: 50 });
	const desk = await privacyDesk(db, actor, list);
	return {
		...desk,
		list,
		log: desk.log.map((look) => ({ ...look, hat: look.hat === null ? null : say(`app.role.${look.hat}`) }))
	};
});

export const actions = formActions({
	decide: formAction(decidePrivacy, { then: () => ({ say: 'people.decide.done' }) })
});
