import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { REGISTRATION_STATUSES, SEATED } from '#slices/classes/model.ts';
import { askedWord, decidedWord } from '#slices/classes/rules.ts';
import { decideRequest, enrol, withdraw } from '#slices/classes/server/commands/decide-registration.ts';
import { finishClass } from '#slices/classes/server/commands/mark-attendance.ts';
import { cancelClass, openClass, startClass } from '#slices/classes/server/commands/write-class.ts';
import { answerOffer } from '#slices/classes/server/commands/pass-seats-on.ts';
import { requestSeat } from '#slices/classes/server/commands/request-seat.ts';
import { addSession } from '#slices/classes/server/commands/write-session.ts';
import { facilitatorChoices, modulesOfVersion } from '#slices/classes/server/queries/choices.ts';
import { classById } from '#slices/classes/server/queries/classes.ts';
import { participantsOfClass } from '#slices/classes/server/queries/participants.ts';
import { roomChoices } from '#slices/classes/server/queries/rooms.ts';
import { seatRulesOf } from '#slices/classes/server/queries/seat-rules.ts';
import { canIssue } from '#slices/credentials/access.ts';
import { canShowForms } from '#slices/evaluation/access.ts';
import { changesOf, sessionsOf } from '#slices/classes/server/queries/sessions.ts';
import { hasPapers } from '#slices/papers/access.ts';
import { ownLettersOf } from '#slices/papers/server/queries/papers.ts';
import { canTrace } from '#slices/reports/access.ts';
import { listQuery } from '#ui/list-url.ts';

/** A change older than this has been lived with. */
const CHANGES_SHOWN_MS = 21 * 86_400_000;

export const load = page(async ({ db, actor, url, id, now, event }) => {
	const head = await classById(db, actor, id('id'));
	const shared = {
		...head,
		trace: canTrace(actor),
		certificates: canIssue(actor) && ['running', 'finished'].includes(head.class.status),
		now,
		zone: event.locals.ctx.agency?.timeZone ?? 'Asia/Jakarta',
		/** Whoever sat in it reads what became of what was said. */
		said: head.mine !== null && SEATED.includes(head.mine.status) && head.class.status === 'finished',
		papers: hasPapers(actor),
		reactions: canShowForms(actor, { teaches: head.teaching }) && head.class.status !== 'cancelled',
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
	const seated = head.mine !== null && SEATED.includes(head.mine.status);
	const sessions = await sessionsOf(db, actor, head.class.id, head.teaching, seated);
	if (tab !== 'sessions' || !head.can.manage)
		return {
			...shared,
			tab: 'about' as const,
			sessions,
			rules: await seatRulesOf(db, actor, head.class.id),
			changes: await changesOf(db, actor, head.class.id, new Date(now.getTime() - CHANGES_SHOWN_MS))
		};
	return {
		...shared,
		tab: 'sessions' as const,
		sessions,
		modules: await modulesOfVersion(db, actor, head.class.version_id),
		facilitators: await facilitatorChoices(db, actor),
		rooms: await roomChoices(db, actor),
		left: leftOut(url.searchParams.get('left'))
	};
});

/** What a class made like an earlier one could not take along: rooms, facilitators, modules. */
function leftOut(text: string | null) {
	const [rooms, facilitators, modules] = (/^(\d{1,3})-(\d{1,3})-(\d{1,3})$/.exec(text ?? '') ?? [])
		.slice(1)
		.map(Number);
	return rooms === undefined || facilitators === undefined || modules === undefined
		? null
		: { rooms, facilitators, modules };
}

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
	addSession: formAction(addSession, {
		then: ({ classId, sessionId, missed }) =>
			missed ? { to: `/classes/${classId}/sessions/${sessionId}` } : { say: 'classes.session.added' }
	})
});
