import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { isFor } from '#slices/classes/public.server.ts';
import { canChooseForms, canReadResults, canSeeForms, canShowForms } from '../access.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import {
	lastReactionDay,
	meanOnFour,
	type ClassEnd,
	type FormKey,
	type ItemResult,
	type ReactionResults
} from '../model.ts';
import { reactionWindow, resultsState, type ReactionWindow } from '../rules.ts';
import {
	FINAL_VERSION,
	FORMS_OF_CLASS,
	FORMS_OF_SESSION,
	SESSION_VERSION,
	SESSION_VERSION_OF_CLASS
} from './chosen-forms.ts';
import { END_OF_CLASS, END_OF_SESSION, formEnd, NUMBERED } from './class-end.ts';
import type { SessionName } from '../proposals.ts';
import { itemResultsOfSessions, shownReactions } from './form-results.ts';
import { formChoices } from './forms.ts';
import { COUNTS, teachesClass } from './results.ts';

export type SessionForm = {
	id: string;
	number: number;
	topic: string;
	startsAt: Date;
	endsAt: Date;
	seated: number;
	given: number;
	opened: boolean;
	window: ReactionWindow;
	/** From when and until when it is taken. */
	opensAt: Date | null;
	until: CivilDate;
	results: 'notFinished' | 'collecting' | 'opening' | 'tooFew' | 'shown';
};

/** Sessions of a class that have a form of their own, in their order. */
async function sessionForms(db: Db, classId: string, now: Date, today: CivilDate): Promise<SessionForm[]> {
	const { rows } = await sql<
		ClassEnd & Omit<SessionForm, 'window' | 'until' | 'results' | 'opensAt'> & { days: number }
	>`
		select s.id, n.number, s.topic, s.starts_at as "startsAt", s.ends_at as "endsAt", ${END_OF_SESSION},
			(select count(*)::int from classes.registration r where r.agency_id = c.agency_id and r.class_id = c.id
				and r.status in ('enrolled', 'passed', 'failed') and ${isFor('r')}) as seated,
			(select count(*)::int from evaluation.session_given g where g.agency_id = s.agency_id and g.session_id = s.id) as given,
			coalesce(b.opened_on is not null, false) as opened
		from classes.class c
		join platform.agency a on a.agency_id = c.agency_id
		join classes.session s on s.agency_id = c.agency_id and s.class_id = c.id
		cross join lateral (select number from ${NUMBERED} x where x.id = s.id) n
		${FORMS_OF_SESSION}
		left join evaluation.session_box b on b.agency_id = s.agency_id and b.session_id = s.id
		where c.agency_id = platform.current_agency() and c.id = ${classId} and s.cancelled_at is null
			and (${SESSION_VERSION} is not null or b.session_id is not null)
		order by s.starts_at, s.id`.execute(db);
	return rows.map((row) => ({
		id: row.id,
		number: row.number,
		topic: row.topic,
		startsAt: row.startsAt,
		endsAt: row.endsAt,
		seated: row.seated,
		given: row.given,
		opened: row.opened,
		window: row.opened ? 'over' : reactionWindow(row, now, today),
		opensAt: row.lastSessionEndsAt,
		until: lastReactionDay(row),
		results: resultsState(row, row, now, today)
	}));
}

async function headOf(db: Db, actor: Actor, classId: string) {
	const { rows } = await sql<{
		id: string;
		code: string;
		name: string;
		status: string;
		programId: string;
		program: string;
		/** It chose its forms itself and no longer follows its program. */
		chose: boolean;
		finalVersionId: string | null;
		sessionVersionId: string | null;
		teaches: boolean;
		seated: number;
		given: number;
		opened: boolean;
	}>`
		select c.id, c.code, c.name, c.status, m.id as "programId", m.name as program, f.class_id is not null as chose,
			${FINAL_VERSION} as "finalVersionId", ${SESSION_VERSION_OF_CLASS} as "sessionVersionId",
			${teachesClass(actor)} as teaches, ${COUNTS}
		from classes.class c
		join platform.agency a on a.agency_id = c.agency_id
		join programs.version v on v.agency_id = c.agency_id and v.id = c.version_id
		join programs.program m on m.agency_id = v.agency_id and m.id = v.program_id
		${END_OF_CLASS} ${FORMS_OF_CLASS}
		where c.agency_id = platform.current_agency() and c.id = ${classId}`.execute(db);
	const head = rows[0];
	if (head === undefined) throw missing();
	return head;
}

/** The forms of a class: which it uses, which are open, and how many have answered. Refuses: missing. */
export async function classForms(db: Db, actor: Actor, classId: string, now: Date, today: CivilDate) {
	const { teaches, ...head } = await headOf(db, actor, classId);
	const end = await formEnd(db, { classId, sessionId: null });
	if (end === undefined || !canShowForms(actor, { teaches })) throw missing();
	const chooses = canChooseForms(actor) && !['finished', 'cancelled'].includes(head.status);
	return {
		class: head,
		final: {
			window: head.opened ? 'over' : reactionWindow(end, now, today),
			opensAt: end.lastSessionEndsAt,
			until: lastReactionDay(end)
		},
		sessions: await sessionForms(db, classId, now, today),
		choices: await formChoices(db, [head.finalVersionId, head.sessionVersionId]),
		can: {
			choose: chooses,
			follow: chooses && head.chose && !head.opened,
			readResults: canReadResults(actor, { teaches }),
			seeForms: canSeeForms(actor)
		}
	};
}

/** What stands beside the QR of a form on the screen of the room. Refuses: missing, also a session without a form. */
export async function formScreen(db: Db, actor: Actor, form: FormKey, now: Date, today: CivilDate) {
	const { class: head, final, sessions } = await classForms(db, actor, form.classId, now, today);
	const session = sessions.find(({ id }) => id === form.sessionId);
	if (form.sessionId !== null && session === undefined) throw missing();
	const { window, opensAt, until } = session ?? final;
	return {
		class: { id: head.id, code: head.code, name: head.name },
		session: session === undefined ? null : { number: session.number, topic: session.topic },
		window,
		opensAt,
		until
	};
}

export type SessionTrend = SessionForm & {
	/** Mean of all marks brought to 1 to 4; null where the session's own page shows none either. */
	mean: number | null;
	answers: number;
};

/** Sessions of a class side by side, and the marks of those that are shown; asked by the page of the class's results, which guards itself. */
export async function sessionTrend(
	db: Db,
	classId: string,
	now: Date,
	today: CivilDate
): Promise<{ sessions: SessionTrend[]; marks: SessionMarks[] }> {
	const forms = await sessionForms(db, classId, now, today);
	const shown = forms.filter(({ results }) => results === 'shown');
	const items = await itemResultsOfSessions(
		db,
		shown.map(({ id }) => ({ classId, sessionId: id }))
	);
	return {
		sessions: forms.map((form) => ({ ...form, ...meanOnFour(items.get(form.id) ?? []) })),
		marks: shown.map(({ id, number, topic }) => ({
			session: { id, number, topic },
			items: items.get(id) ?? []
		}))
	};
}
export type SessionMarks = { session: SessionName; items: readonly ItemResult[] };

/** What was said of one session. Refuses: missing, for whoever may not read the class's results, and without a form. */
export async function sessionResults(db: Db, actor: Actor, form: FormKey, now: Date, today: CivilDate) {
	const { teaches, ...head } = await headOf(db, actor, form.classId);
	if (!canReadResults(actor, { teaches })) throw missing();
	const session = (await sessionForms(db, form.classId, now, today)).find(({ id }) => id === form.sessionId);
	if (session === undefined) throw missing();
	return { class: head, session, reactions: await reactionsOf(db, form, session) };
}

async function reactionsOf(db: Db, form: FormKey, session: SessionForm): Promise<ReactionResults> {
	if (session.results === 'collecting') return { shown: false, reason: 'collecting', until: session.until };
	if (session.results !== 'shown' || session.given < SMALLEST_GROUP)
		return { shown: false, reason: session.results === 'shown' ? 'tooFew' : session.results };
	return shownReactions(db, form);
}
