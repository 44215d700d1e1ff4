import { redeemAccessCode } from '#platform/auth/access-code.ts';
import { headersOf, keepCookies } from '#platform/auth/cookies.ts';
import { PASSWORD_LENGTH } from '#platform/auth/password.ts';
import { signIn } from '#platform/auth/sign-in.ts';
import { typedText } from '#platform/auth/typed-text.ts';
import { formActions, openAction } from '#platform/http/form-action.ts';
import { publicPage } from '#platform/http/page.ts';

export const load = publicPage(async () => ({ minimum: PASSWORD_LENGTH.minimum }));

export const actions = formActions({
	default: openAction('auth.redeemAccessCode', async (form, event) => {
		const typed = { username: typedText(form, 'username'), password: typedText(form, 'newPassword') };
		await redeemAccessCode(headersOf(event), { ...typed, code: typedText(form, 'code') });
		keepCookies(event, (await signIn(headersOf(event), { ...typed, shared: false })).setCookies);
		return { to: '/' };
	})
});
