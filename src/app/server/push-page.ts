import type { RequestEvent, ServerLoadEvent } from '@sveltejs/kit';
import type { Actor } from '#kernel/actor.ts';
import { signedOut } from '#kernel/errors.ts';
import { sessionOf } from '#platform/auth/auth.ts';
import { headersOf } from '#platform/auth/cookies.ts';
import { deviceOf } from '#platform/auth/device.ts';
import { typedText } from '#platform/auth/typed-text.ts';
import type { Db } from '#platform/db/db.ts';
import { fieldsOf, formAction, openAction } from '#platform/http/form-action.ts';
import { getLocale } from '#platform/i18n/messages.ts';
import { say } from '#platform/i18n/say.server.ts';
import { addDevice, removeDevice } from '#platform/push/devices.ts';
import { pusher } from '#platform/push/push.ts';
import { ownDevices } from '#platform/push/subscriptions.ts';
import { tryDevice } from '#platform/push/try-device.ts';

type Asking = { db: Db; actor: Actor; event: ServerLoadEvent };

/** What PushDevices.svelte shows; null for an account that nothing is told to. A page with it also has `pushActions`. */
export async function pushData({ db, actor, event }: Asking) {
	if (actor.personId === null) return null;
	return {
		/** Null: this installation does not push. */
		key: pusher()?.publicKey ?? null,
		devices: await ownDevices(db, actor, await sessionIdOf(event)),
		zone: event.locals.ctx.agency?.timeZone
	};
}
export type PushData = NonNullable<Awaited<ReturnType<typeof pushData>>>;

export const pushActions = {
	addDevice: formAction(addDevice, {
		// Whose browser this is, the session says; a form could say anything.
		input: async (form, event) => ({
			...fieldsOf(form),
			sessionId: (await sessionIdOf(event)) ?? '',
			label: deviceOf(event.request.headers.get('user-agent')) ?? undefined
		}),
		then: () => ({ say: 'app.push.added' })
	}),
	removeDevice: formAction(removeDevice, { then: () => ({ say: 'app.push.removed' }) }),
	tryDevice: openAction('push.tryDevice', async (form, event) => {
		const { actor, requestId } = event.locals.ctx;
		if (!actor) throw signedOut();
		const note = {
			title: say('app.push.trialTitle'),
			body: say('app.push.trialText'),
			href: event.url.pathname,
			language: getLocale(),
			tag: 'trial'
		};
		await tryDevice(actor, typedText(form, 'deviceId'), note, requestId);
		return { say: 'app.push.tried' };
	})
};

const sessionIdOf = async (event: RequestEvent): Promise<string | null> =>
	(await sessionOf(headersOf(event)))?.sessionId ?? null;
