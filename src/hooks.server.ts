import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { AppError, STATUS } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { log } from '#platform/log/log.ts';
import { inLanguage, inZone, LANGUAGE_COOKIE } from '#platform/i18n/language.server.ts';
import { say } from '#platform/i18n/say.server.ts';
import { contextOf, OWN_DOORS, ownContextOf } from '#app/server/context.ts';
import { startApp } from '#app/server/start.ts';

export const init: ServerInit = startApp;

export const handle: Handle = async ({ event, resolve }) => {
	const started = performance.now();
	const requestId = newId();
	event.locals.ctx = { requestId, actor: null, hats: [], agency: null, unread: 0 };
	const response = await inLanguage(event.cookies.get(LANGUAGE_COOKIE), async (locale) => {
		// Machines bring a token, not a session, and are met in their own endpoints.
		if (event.route.id !== null && !event.route.id.startsWith('/api/'))
			event.locals.ctx = await (OWN_DOORS.has(event.route.id) ? ownContextOf : contextOf)(event, requestId);
		const { agency } = event.locals.ctx;
		if (agency) inZone(agency.timeZone);
		return resolve(event, {
			transformPageChunk: ({ html }) =>
				// One pass over the page, not one for each: the two stand together in app.html.
				html.replace(MARKS, `lang="${locale}" data-theme="${themeOf(event.cookies.get('asah_theme'))}"`)
		});
	});
	if (event.locals.ctx.actor && !response.headers.has('cache-control'))
		response.headers.set('cache-control', 'private, no-store');
	log.info({
		requestId,
		method: event.request.method,
		route: event.route.id,
		status: response.status,
		ms: Math.round(performance.now() - started)
	});
	return response;
};

const MARKS = 'lang="%lang%" data-theme="%theme%"';

const themeOf = (cookie: string | undefined): string =>
	cookie === 'dark' || cookie === 'light' ? cookie : 'auto';

/** The only place where an error becomes an HTTP status. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
	const requestId = event.locals.ctx.requestId;
	if (error instanceof AppError)
		return { status: STATUS[error.kind], message: say(error.code, error.params), requestId };
	if (kind === 'framework' && error.status === 404) return { message: say('kernel.notFound'), requestId };
	if (kind === 'unknown') {
		log.error({ requestId, err: error, route: event.route.id }, 'crash');
		return { message: say('kernel.crash', { requestId }), requestId };
	}
	return { message: say('kernel.invalid'), requestId };
};
