import { isSelf } from '#kernel/actor.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { CORRECTABLE, DATA_GROUPS, PRIVACY_KINDS } from '#slices/people/privacy.ts';
import { noteLook } from '#slices/people/server/access-log.ts';
import { askCorrection, withdrawCorrection } from '#slices/people/server/commands/correct-record.ts';
import { askPrivacy, endPrivacyRequest } from '#slices/people/server/commands/privacy-requests.ts';
import { ownData } from '#slices/people/server/queries/privacy.ts';

export const load = page(async ({ db, actor, id, today, now }) => {
	const personId = id('id');
	const data = await ownData(db, actor, personId);
	noteLook({ actor, personId, day: today, at: now });
	return {
		...data,
		personId,
		looks: data.looks.map((look) => ({
			...look,
			hat: look.hat === null ? null : say(`app.role.${look.hat}`)
		})),
		groups: DATA_GROUPS.map((group) => ({
			group,
			what: say(`people.kept.${group}.what`),
			why: say(`people.kept.${group}.why`),
			basis: say(`people.kept.${group}.basis`)
		})),
		correctable: CORRECTABLE,
		kinds: PRIVACY_KINDS,
		can: { ask: isSelf(actor, personId) }
	};
});

export const actions = formActions({
	correct: formAction(askCorrection, { then: () => ({ say: 'people.correction.asked' }) }),
	withdraw: formAction(withdrawCorrection, { then: () => ({ say: 'people.correction.withdrawn' }) }),
	ask: formAction(askPrivacy, { then: () => ({ say: 'people.privacy.asked' }) }),
	end: formAction(endPrivacyRequest, { then: () => ({ say: 'people.privacy.ended' }) })
});
