import type { Actor, Hat } from '#kernel/actor.ts';

/** Who asks, found once by `hooks.server.ts` and kept in `locals.ctx`. */
export type RequestContext = {
	requestId: string;
	actor: Actor | null;
	hats: Hat[];
	/** Notices that the actor has not read; the bell says no more than "99+". */
	unread: number;
	agency: { name: string; timeZone: string } | null;
};
