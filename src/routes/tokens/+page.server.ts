import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { makeToken, ownTokens, revokeToken } from '#platform/auth/api-token.ts';
import { say } from '#platform/i18n/say.server.ts';

export const load = page(async ({ db, actor }) => ({
	hat: actor.hat && { label: `${say(`app.role.${actor.hat.role}`)} · ${actor.hat.unitName}` },
	tokens: await ownTokens(db, actor)
}));

export const actions = formActions({
	make: formAction(makeToken),
	revoke: formAction(revokeToken, { then: () => ({ say: 'app.tokens.revoked' }) })
});
