import { redirect } from '@sveltejs/kit';
import { headersOf, keepCookies } from '#platform/auth/cookies.ts';
import { deviceOf } from '#platform/auth/device.ts';
import { PASSWORD_LENGTH } from '#platform/auth/password.ts';
import {
	changePassword,
	confirmTwoFactor,
	endOtherSessions,
	endSession,
	newRecoveryCodes,
	offerTwoFactor,
	securityOf,
	stopTwoFactor
} from '#platform/auth/security.ts';
import { typedText } from '#platform/auth/typed-text.ts';
import { formActions, openAction } from '#platform/http/form-action.ts';
import { page, signInAddress } from '#platform/http/page.ts';

export const load = page(async ({ event, url }) => {
	const security = await securityOf(headersOf(event), (setCookies) => keepCookies(event, setCookies));
	if (!security) redirect(303, signInAddress(url));
	return {
		name: security.name,
		username: security.username,
		twoFactor: security.twoFactor,
		sessions: security.sessions.map(({ userAgent, ...session }) => ({
			...session,
			device: deviceOf(userAgent)
		})),
		zone: event.locals.ctx.agency?.timeZone,
		minimum: PASSWORD_LENGTH.minimum
	};
});

export const actions = formActions({
	password: openAction('auth.changePassword', async (form, event) => {
		const typed = { password: typedText(form, 'password'), newPassword: typedText(form, 'newPassword') };
		keepCookies(event, await changePassword(headersOf(event), typed));
		return {};
	}),
	offer: openAction('auth.offerTwoFactor', async (form, event) => ({
		answer: await offerTwoFactor(headersOf(event), typedText(form, 'password'))
	})),
	confirm: openAction('auth.confirmTwoFactor', async (form, event) => {
		const { recoveryCodes, setCookies } = await confirmTwoFactor(headersOf(event), typedText(form, 'code'));
		keepCookies(event, setCookies);
		return { answer: { recoveryCodes } };
	}),
	stop: openAction('auth.stopTwoFactor', async (form, event) => {
		keepCookies(event, await stopTwoFactor(headersOf(event), typedText(form, 'password')));
		return {};
	}),
	recovery: openAction('auth.newRecoveryCodes', async (form, event) => ({
		answer: { recoveryCodes: await newRecoveryCodes(headersOf(event), typedText(form, 'password')) }
	})),
	end: openAction('auth.endSession', async (form, event) => {
		keepCookies(event, await endSession(headersOf(event), typedText(form, 'sessionId')));
		return {};
	}),
	endOthers: openAction('auth.endOtherSessions', async (_form, event) => {
		await endOtherSessions(headersOf(event));
		return {};
	})
});
