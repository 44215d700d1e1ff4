import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { isFor } from '#slices/classes/public.server.ts';
import {
	lastReactionDay,
	REACTION_DAYS,
	SESSION_REACTION_DAYS,
	type ClassEnd,
	type FormKey,
	type ReactionItem
} from '../model.ts';
import { reactionWindow, type ReactionWindow } from '../rules.ts';
import { FORMS_OF_SESSION, SESSION_VERSION } from './chosen-forms.ts';
import { END_COLUMNS, END_OF_CLASS, END_OF_SESSION, formEnd, NUMBERED } from './class-end.ts';
import { itemsOfVersion, versionOfForm } from './form-items.ts';
import { tablesOf } from './form-tables.ts';

export type ReactionForm = {
	class: { id: string; code: string; name: string; startsOn: CivilDate; endsOn: CivilDate };
	/** The session that it is about; null at the end of the class. */
	session: { id: string; topic: string } | null;
	state: ReactionWindow | 'given';
	/** From when it is taken; null without sessions. */
	opensAt: Date | null;
	/** Last day on which it is taken. */
	until: CivilDate;
	/** Empty unless it can be answered now. */
	items: ReactionItem[];
	/** What a device makes its hashes of, beside its secret. */
	agencyId: string;
};

/** The form of a class, or of one of its sessions, for one of its participants. Refuses: missing, for everybody else. */
export async function reactionForm(
	db: Db,
	actor: Actor,
	form: FormKey,
	now: Date,
	today: CivilDate
): Promise<ReactionForm> {
	const tables = tablesOf(form);
	const { rows } = await sql<
		ReactionForm['class'] & { given: boolean; opened: boolean; topic: string | null }
	>`
		select c.id, c.code, c.name, c.starts_on as "startsOn", c.ends_on as "endsOn", s.topic,
			exists (select from ${tables.given} g
				where g.agency_id = c.agency_id and g.${tables.column} = ${tables.id} and g.person_id = r.person_id) as given,
			exists (select from ${tables.box} b
				where b.agency_id = c.agency_id and b.${tables.column} = ${tables.id} and b.opened_on is not null) as opened
		from classes.registration r
		join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id
		left join classes.session s on s.agency_id = c.agency_id and s.class_id = c.id and s.id = ${form.sessionId}::uuid
		where r.agency_id = platform.current_agency() and r.class_id = ${form.classId} and r.person_id = ${actor.personId}::uuid
			and r.status in ('enrolled', 'passed', 'failed')
			and (${form.sessionId}::uuid is null or (s.id is not null and ${isFor('r')}))`.execute(db);
	const row = rows[0];
	const end = await formEnd(db, form);
	const versionId = await versionOfForm(db, form);
	if (row === undefined || end === undefined || versionId === null) throw missing();
	const { given, opened, topic, ...facts } = row;
	const state = given ? 'given' : opened ? 'over' : reactionWindow(end, now, today);
	return {
		class: facts,
		session: form.sessionId === null || topic === null ? null : { id: form.sessionId, topic },
		state,
		opensAt: end.lastSessionEndsAt,
		until: lastReactionDay(end),
		items: state === 'open' ? await itemsOfVersion(db, versionId) : [],
		agencyId: actor.agencyId
	};
}

export type DueReaction = {
	classId: string;
	/** Null: the form at the end of the class. */
	sessionId: string | null;
	code: string;
	name: string;
	/** What the session was about. */
	topic: string | null;
	until: CivilDate;
};

/** Reactions that are still awaited from somebody, the most urgent first: theirs to see, so nobody is asked. */
export async function reactionsDue(
	db: Db,
	personId: string | null,
	now: Date,
	today: CivilDate
): Promise<DueReaction[]> {
	if (personId === null) return [];
	const { rows } = await sql<ClassEnd & Omit<DueReaction, 'until'>>`
		select c.id as "classId", null::uuid as "sessionId", c.code, c.name, null as topic, ${END_COLUMNS}, ${REACTION_DAYS}::int as days
		from classes.registration r
		join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id
		join platform.agency a on a.agency_id = c.agency_id
		${END_OF_CLASS}
		where r.agency_id = platform.current_agency() and r.person_id = ${personId}::uuid and r.status in ('enrolled', 'passed', 'failed')
			and t.last_day >= ${today}::date - ${REACTION_DAYS}::int
			and not exists (select from evaluation.reaction_given g
				where g.agency_id = c.agency_id and g.class_id = c.id and g.person_id = r.person_id)
			and not exists (select from evaluation.reaction_box b
				where b.agency_id = c.agency_id and b.class_id = c.id and b.opened_on is not null)
		union all
		select c.id, s.id, c.code, c.name, s.topic, ${END_OF_SESSION}
		from classes.registration r
		join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id
		join platform.agency a on a.agency_id = c.agency_id
		join classes.session s on s.agency_id = c.agency_id and s.class_id = c.id and ${isFor('r')}
			and s.ends_at between ${now}::timestamptz - make_interval(days => ${SESSION_REACTION_DAYS + 1}) and ${now}::timestamptz + interval '1 hour'
		${FORMS_OF_SESSION}
		where r.agency_id = platform.current_agency() and r.person_id = ${personId}::uuid and r.status in ('enrolled', 'passed', 'failed')
			and ${SESSION_VERSION} is not null
			and not exists (select from evaluation.session_given g
				where g.agency_id = s.agency_id and g.session_id = s.id and g.person_id = r.person_id)
			and not exists (select from evaluation.session_box b
				where b.agency_id = s.agency_id and b.session_id = s.id and b.opened_on is not null)`.execute(db);
	return rows
		.filter((row) => reactionWindow(row, now, today) === 'open')
		.map((row) => ({
			classId: row.classId,
			sessionId: row.sessionId,
			code: row.code,
			name: row.name,
			topic: row.topic,
			until: lastReactionDay(row)
		}))
		.toSorted((a, b) => a.until.localeCompare(b.until) || a.code.localeCompare(b.code));
}

/** Where a short address leads: the form of that session, else the one that is awaited from the person now, else the class's. */
export async function formAtAddress(
	db: Db,
	actor: Actor,
	code: string,
	nth: number | null,
	now: Date,
	today: CivilDate
): Promise<FormKey> {
	const { rows } = await sql<{ classId: string; sessionId: string | null }>`
		select c.id as "classId", (select n.id from ${NUMBERED} n where n.number = ${nth}::int) as "sessionId"
		from classes.class c
		where c.agency_id = platform.current_agency() and lower(c.code) = lower(${code}::text)
			and exists (select from classes.registration r where r.agency_id = c.agency_id and r.class_id = c.id
				and r.person_id = ${actor.personId}::uuid and r.status in ('enrolled', 'passed', 'failed'))`.execute(db);
	const found = rows[0];
	if (found === undefined || (nth !== null && found.sessionId === null)) throw missing();
	if (nth !== null) return found;
	const due = (await reactionsDue(db, actor.personId, now, today)).filter(
		({ classId }) => classId === found.classId
	);
	return { classId: found.classId, sessionId: due[0]?.sessionId ?? null };
}
