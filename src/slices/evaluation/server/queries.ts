import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { itemKind, lastReactionDay, REACTION_DAYS, type ClassEnd, type ReactionItem } from '../model.ts';
import { reactionWindow, type ReactionWindow } from '../rules.ts';
import { END_COLUMNS, END_OF_CLASS } from './class-end.ts';

/** The reaction form of the agency, in its order. */
export async function reactionItems(db: Db): Promise<ReactionItem[]> {
	const rows = await db
		.selectFrom('evaluation.reaction_item')
		.select(['code', 'kind', 'wording_id as wordingId', 'wording_en as wordingEn'])
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.orderBy('sort')
		.orderBy('code')
		.execute();
	return rows.map((row) => ({ ...row, kind: itemKind(row.kind) }));
}

export type ReactionForm = {
	class: { id: string; code: string; name: string; startsOn: CivilDate; endsOn: CivilDate };
	state: ReactionWindow | 'given';
	/** Last day on which it is taken. */
	until: CivilDate;
	/** Empty unless it can be answered now. */
	items: ReactionItem[];
};

/** The form of a class for one of its participants. Refuses: missing, for everybody else. */
export async function reactionForm(
	db: Db,
	actor: Actor,
	classId: string,
	now: Date,
	today: CivilDate
): Promise<ReactionForm> {
	const { rows } = await sql<ClassEnd & ReactionForm['class'] & { given: boolean; opened: boolean }>`
		select c.id, c.code, c.name, c.starts_on as "startsOn", c.ends_on as "endsOn", ${END_COLUMNS},
			exists (select from evaluation.reaction_given g
				where g.agency_id = c.agency_id and g.class_id = c.id and g.person_id = r.person_id) as given,
			exists (select from evaluation.reaction_box b
				where b.agency_id = c.agency_id and b.class_id = c.id and b.opened_on is not null) as opened
		from classes.registration r
		join classes.class c on c.agency_id = r.agency_id and c.id = r.class_id
		join platform.agency a on a.agency_id = c.agency_id
		${END_OF_CLASS}
		where r.agency_id = platform.current_agency() and r.class_id = ${classId} and r.person_id = ${actor.personId}::uuid
			and r.status in ('enrolled', 'passed', 'failed')`.execute(db);
	const row = rows[0];
	if (row === undefined) throw missing();
	const { held, finished, lastSessionEndsAt, lastDay, given, opened, ...facts } = row;
	const end = { held, finished, lastSessionEndsAt, lastDay };
	const state = given ? 'given' : opened ? 'over' : reactionWindow(end, now, today);
	return {
		class: facts,
		state,
		until: lastReactionDay(end),
		items: state === 'open' ? await reactionItems(db) : []
	};
}

export type DueReaction = { classId: string; code: string; name: string; until: CivilDate };

/** Reactions that are still awaited from somebody, the most urgent first: theirs to see, so nobody is asked. */
export async function reactionsDue(
	db: Db,
	personId: string | null,
	now: Date,
	today: CivilDate
): Promise<DueReaction[]> {
	if (personId === null) return [];
	const { rows } = await sql<ClassEnd & Omit<DueReaction, 'until'>>`
		select c.id as "classId", c.code, c.name, ${END_COLUMNS}
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
		order by t.last_day, c.code`.execute(db);
	return rows
		.filter((row) => reactionWindow(row, now, today) === 'open')
		.map(({ classId, code, name, lastDay }) => ({
			classId,
			code,
			name,
			until: lastReactionDay({ lastDay })
		}));
}
