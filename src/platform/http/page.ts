import { redirect, type RequestEvent, type ServerLoadEvent } from '@sveltejs/kit';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { todayIn } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { reading } from '#platform/db/pools.ts';

export type PageContext = {
	db: Db;
	actor: Actor;
	url: URL;
	now: Date;
	today: string;
	/** A part of the path that must be an id; anything else is a page that does not exist. */
	id: (name: string) => string;
	/** A part of the path as text. */
	text: (name: string) => string;
	event: ServerLoadEvent;
};

/** Where somebody without a session is sent, and brought back from. */
export const signInAddress = (url: URL): string =>
	`/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`;

/**
 * A screen for somebody who is signed in: one read-only snapshot of their agency. The query itself decides what the
 * actor may see; without a session it leads to the sign-in page and back.
 */
export const page =
	<T>(load: (context: PageContext) => Promise<T>) =>
	async (event: ServerLoadEvent): Promise<T> => {
		const { actor, agency } = event.locals.ctx;
		if (!actor || !agency) redirect(303, signInAddress(event.url));
		const now = new Date();
		return reading(actor.agencyId, (db) =>
			load({ db, actor, url: event.url, now, today: todayIn(agency.timeZone, now), ...parts(event), event })
		);
	};

/** A screen for anybody: nothing is known of the visitor, so the loader brings its own agency, if any. */
export const publicPage =
	<T>(load: (event: ServerLoadEvent) => Promise<T>) =>
	(event: ServerLoadEvent): Promise<T> =>
		load(event);

/** A GET endpoint for somebody signed in (files, exports): same guard as `page`, answers a Response. */
export const endpoint =
	(answer: (context: Omit<PageContext, 'event'> & { event: RequestEvent }) => Promise<Response>) =>
	async (event: RequestEvent): Promise<Response> => {
		const { actor, agency } = event.locals.ctx;
		if (!actor || !agency) redirect(303, signInAddress(event.url));
		const now = new Date();
		return reading(actor.agencyId, (db) =>
			answer({ db, actor, url: event.url, now, today: todayIn(agency.timeZone, now), ...parts(event), event })
		);
	};

/** An endpoint for anybody (public verification, health, machines that bring their own token). */
export const publicEndpoint =
	(answer: (event: RequestEvent) => Promise<Response>) =>
	(event: RequestEvent): Promise<Response> =>
		answer(event);

function parts(event: { params: Partial<Record<string, string>> }) {
	const text = (name: string): string => {
		const value = event.params[name];
		if (value === undefined) throw new Error(`The route has no part [${name}]`);
		return value;
	};
	return {
		text,
		id: (name: string): string => {
			const value = text(name);
			if (!isId(value)) throw missing();
			return value;
		}
	};
}
