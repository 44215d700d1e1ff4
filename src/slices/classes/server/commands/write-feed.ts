import { forbidden } from '#kernel/errors.ts';
import type { Actor } from '#kernel/actor.ts';
import { makeLink, revokeLinksTo } from '#platform/auth/links.ts';
import { command } from '#platform/work/command.ts';
import { MakeFeed, RevokeFeed } from '../../schedule-input.ts';
import { FEED_PURPOSE } from '../feed.ts';

/** Calendar programs ask for years; who leaves the office finds an empty calendar long before. */
const FEED_DAYS = 3 * 365;

/**
 * The secret address of one's own calendar, shown once; the one before stops working in the same moment. Refuses: an
 * account without a personnel record.
 */
export const makeFeed = command(
	'classes.makeFeed',
	MakeFeed,
	async ({ tx, actor, now, permit, note }) => {
		permit(actor.personId !== null);
		const personId = ownPerson(actor);
		await revokeLinksTo(tx, actor.agencyId, { purpose: FEED_PURPOSE, subjectId: personId }, now);
		const { linkId, secret } = await makeLink(tx, actor, now, {
			purpose: FEED_PURPOSE,
			subjectId: personId,
			holder: actor.name,
			expiresAt: new Date(now.getTime() + FEED_DAYS * 86_400_000)
		});
		note({ linkId });
		return { secret };
	},
	{ keepAnswer: false, summary: 'Makes a secret address for one’s own calendar' }
);

export const revokeFeed = command(
	'classes.revokeFeed',
	RevokeFeed,
	async ({ tx, actor, now, permit, note }) => {
		permit(actor.personId !== null);
		await revokeLinksTo(tx, actor.agencyId, { purpose: FEED_PURPOSE, subjectId: ownPerson(actor) }, now);
		note({});
		return {};
	},
	{ summary: 'Takes the address of one’s own calendar back' }
);

function ownPerson(actor: Actor): string {
	if (actor.personId === null) throw forbidden();
	return actor.personId;
}
