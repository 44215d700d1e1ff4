import { z } from 'zod';
import { refused } from '#kernel/errors.ts';
import { endLetter, resendLetters } from '#platform/mail/outbox.ts';
import { command } from '#platform/work/command.ts';
import { retryEvents } from '#platform/work/events.ts';
import { canDeliver } from '../../access.ts';
import { PickLetter, PickLetters } from '../../input.ts';

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
