import { letterTexts } from '#app/server/letters.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { mailer } from '#platform/mail/mail.ts';
import { letterStatus } from '#platform/mail/outbox.ts';
import { letterKind, LETTER_KINDS } from '#slices/notices/model.ts';
import { dropLetter, resend, retry, sentByHand } from '#slices/notices/server/commands/outbox.ts';
import { outboxOf } from '#slices/notices/server/queries/outbox.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, event }) => {
	const list = listQuery(url, { sorts: ['next'], size: 25 });
	const status = letterStatus(url.searchParams.get('status')) ?? 'waiting';
	const only = letterKind(url.searchParams.get('kind'));
	const { letters, counts, total, stuck } = await outboxOf(
		db,
		actor,
		{ status, kind: only },
		{ limit: list.size, offset: list.offset }
	);
	const sends = mailer() !== null;
	// Whole letters only where somebody has to send them by hand.
	const byHand = status === 'failed' || (status === 'waiting' && !sends);
	const texts = byHand ? await letterTexts(db, letters, url.origin) : null;
	return {
		letters: letters.map(({ aboutId: _aboutId, personId: _personId, kind, why, ...letter }) => ({
			...letter,
			kind: say(`notices.outbox.kind.${kind}`),
			why: why === null ? null : say(why),
			text: texts?.get(letter.id) ?? null
		})),
		byHand,
		only,
		kinds: LETTER_KINDS.map((kind) => ({ kind, label: say(`notices.outbox.kind.${kind}`) })),
		sends,
		counts,
		total,
		stuck,
		status,
		list,
		zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta'
	};
});

export const actions = formActions({
	resend: formAction(resend, {
		then: ({ letters }) => ({ say: 'notices.outbox.resent', params: { letters } })
	}),
	drop: formAction(dropLetter, { then: () => ({ say: 'notices.outbox.dropped' }) }),
	byHand: formAction(sentByHand, { then: () => ({ say: 'notices.outbox.byHandDone' }) }),
	retry: formAction(retry, {
		then: ({ events }) => ({ say: 'notices.outbox.retried', params: { events } })
	})
});
