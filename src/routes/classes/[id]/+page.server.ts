import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { REGISTRATION_STATUSES } from '#slices/classes/model.ts';
import { askedWord, decidedWord } from '#slices/classes/rules.ts';
import { decideRequest, enrol, withdraw } from '#slices/classes/server/commands/decide-registration.ts';
import { finishClass } from '#slices/classes/server/commands/mark-attendance.ts';
import { cancelClass, openClass, startClass } from '#slices/classes/server/commands/write-class.ts';
import { answerOffer } from '#slices/classes/server/commands/pass-seats-on.ts';
import { requestSeat } from '#slices/classes/server/commands/request-seat.ts';
import { addSession } from '#slices/classes/server/commands/write-session.ts';
import { facilitatorChoices, modulesOfVersion } from '#slices/classes/server/queries/choices.ts';
import { classById, sessionsOf } from '#slices/classes/server/queries/classes.ts';
import { participantsOfClass } from '#slices/classes/server/queries/participants.ts';
import { seatRulesOf } from '#slices/classes/server/queries/seat-rules.ts';
import { canIssue } from '#slices/credentials/access.ts';
import { hasPapers } from '#slices/papers/access.ts';
import { ownLettersOf } from '#slices/papers/server/queries/papers.ts';
import { listQuery } from '#ui/list-url.ts';

export const load = page(async ({ db, actor, url, id, now, event }) => {
	const head = await classById(db, actor, id('id'));
	const shared = {
		...head,
		certificates: canIssue(actor) && ['running', 'finished'].includes(head.class.status),
		now,
		zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta',
		papers: hasPapers(actor),
		letters: await ownLettersOf(db, actor, head.class.id)
	};
	const tab = url.searchParams.get('tab');
	if (tab === 'participants') {
		const list = listQuery(url, { sorts: ['name', 'unit', 'there'], size: 50 });
		const status = REGISTRATION_STATUSES.find((one) => one === url.searchParams.get('status')) ?? null;
		const people = await participantsOfClass(
			db,
			actor,
			{ id: head.class.id, status: head.class.status, teaching: head.teaching },
			{ status, sort: list.sort.by, descending: list.sort.descending },
			{ limit: list.size, offset: list.offset }
		);
		return { ...shared, tab: 'participants' as const, ...people, list, status };
	}
	const sessions = await sessionsOf(db, actor, head.class.id, head.teaching);
	if (tab !== 'sessions' || !head.can.manage)
		return { ...shared, tab: 'about' as const, sessions, rules: await seatRulesOf(db, actor, head.class.id) };
	return {
		...shared,
		tab: 'sessions' as const,
		sessions,
		modules: await modulesOfVersion(db, actor, head.class.version_id),
		facilitators: await facilitatorChoices(db, actor)
	};
});

export const actions = formActions({
	request: formAction(requestSeat, { then: ({ status }) => ({ say: askedWord(status) }) }),
	answer: formAction(answerOffer, {
		then: ({ status }) => ({
			say: status === 'enrolled' ? 'classes.offer.accepted' : 'classes.offer.declined'
		})
	}),
	withdraw: formAction(withdraw, { then: () => ({ say: 'classes.withdraw.done' }) }),
	decide: formAction(decideRequest, { then: ({ status }) => ({ say: decidedWord(status) }) }),
	enrol: formAction(enrol, {
		then: ({ enrolled, waiting, already }) => ({
			say: 'classes.enrol.done',
			params: { enrolled, waiting, already }
		})
	}),
	open: formAction(openClass, { then: () => ({ say: 'classes.open.done' }) }),
	start: formAction(startClass, { then: () => ({ say: 'classes.start.done' }) }),
	finish: formAction(finishClass, {
		then: ({ passed, failed }) => ({ say: 'classes.finish.done', params: { passed, failed } })
	}),
	cancel: formAction(cancelClass, { then: () => ({ say: 'classes.cancel.done' }) }),
	addSession: formAction(addSession, { then: () => ({ say: 'classes.session.added' }) })
});
