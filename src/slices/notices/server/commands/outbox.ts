import { sql } from 'kysely';
import { z } from 'zod';
import { refused } from '#kernel/errors.ts';
import { dropUnneeded, endLetter, resendLetters } from '#platform/mail/outbox.ts';
import { command } from '#platform/work/command.ts';
import { retryEvents } from '#platform/work/events.ts';
import { canDeliver, canTell } from '../../access.ts';
import { PickLetter, PickLetters } from '../../input.ts';
import { DIGEST_LETTER, NOTICE_LETTER } from '../../model.ts';

/** Sends a letter that failed again, or all of them. Refuses: nothing failed, or one like it waits already. */
export const resend = command(
	'notices.resend',
	PickLetters,
	async ({ tx, actor, now, permit, note }, { letterId, kind }) => {
		permit(canDeliver(actor));
		const letters = await resendLetters(tx, { letterId: letterId ?? null, kind: kind ?? null }, now);
		if (letters === 0) throw refused('notices.outbox.nothingFailed');
		note({ letters });
		return { letters };
	},
	{ summary: 'Send letters that failed again' }
);

/** A letter is not sent after all. Refuses: gone already. */
export const dropLetter = command(
	'notices.drop',
	PickLetter,
	async ({ tx, actor, now, permit, note }, { letterId }) => {
		permit(canDeliver(actor));
		if (!(await endLetter(tx, letterId, 'dropped', now))) throw refused('notices.outbox.ended');
		note({ letterId });
		return {};
	},
	{ summary: 'Do not send a letter' }
);

/** Somebody sent it with a mail program of their own. Refuses: gone already. */
export const sentByHand = command(
	'notices.sentByHand',
	PickLetter,
	async ({ tx, actor, now, permit, note }, { letterId }) => {
		permit(canDeliver(actor));
		if (!(await endLetter(tx, letterId, 'byHand', now))) throw refused('notices.outbox.ended');
		note({ letterId });
		return {};
	},
	{ summary: 'Note that a letter was sent by hand' }
);

/** Has events that a listener failed on tried at once. */
export const retry = command(
	'notices.retryEvents',
	z.object({}),
	async ({ tx, actor, now, permit, note }) => {
		permit(canDeliver(actor));
		const events = await retryEvents(tx, now);
		note({ events });
		return { events };
	},
	{ summary: 'Deliver events that failed again now' }
);

/**
 * Where nothing carries letters, nothing asks at their turn whether they are still needed: what was read in the app or is
 * past would stay in the outbox of whoever sends by hand.
 */
export const dropMoot = command(
	'notices.dropMoot',
	z.object({}),
	async ({ tx, actor, now, permit, note }) => {
		permit(canTell(actor));
		const unread = sql`agency_id = (select platform.current_agency()) and read_at is null and (good_until is null or good_until > ${now}::timestamptz)`;
		const notices = sql`select id from notices.notice where ${unread}`;
		const digests = sql`select digest_id from notices.notice where digest_id is not null and ${unread}`;
		const letters =
			(await dropUnneeded(tx, NOTICE_LETTER, notices, now)) +
			(await dropUnneeded(tx, DIGEST_LETTER, digests, now));
		note({ letters });
		return { letters };
	},
	{ summary: 'Drop letters that nobody needs any more' }
);
