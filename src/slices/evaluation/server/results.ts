import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { canReadAll, canReadResults } from '../access.ts';
import type { GainSummary } from '../gain.ts';
import { lastReactionDay, type ClassEnd, type ReactionResults } from '../model.ts';
import { resultsState } from '../rules.ts';
import { END_COLUMNS, END_OF_CLASS } from './class-end.ts';
import { gainsOf, NO_GAIN } from './gains.ts';
import { shownReactions } from './form-results.ts';

export type EvaluatedClass = {
	id: string;
	code: string;
	name: string;
	startsOn: CivilDate;
	endsOn: CivilDate;
	/** People with a seat, and how many of them gave their reaction. */
	seated: number;
	given: number;
	/** Their envelopes were opened together. */
	opened: boolean;
	finished: boolean;
};

export const COUNTS = sql`
	(select count(*)::int from classes.registration r
		where r.agency_id = c.agency_id and r.class_id = c.id and r.status in ('enrolled', 'passed', 'failed')) as seated,
	(select count(*)::int from evaluation.reaction_given g where g.agency_id = c.agency_id and g.class_id = c.id) as given,
	exists (select from evaluation.reaction_box b
		where b.agency_id = c.agency_id and b.class_id = c.id and b.opened_on is not null) as opened`;

export const teachesClass = (actor: Actor) => sql<boolean>`exists (select from classes.session x
	where x.agency_id = c.agency_id and x.class_id = c.id and exists (select from classes.session_facilitator f where f.agency_id = x.agency_id and f.session_id = x.id and f.person_id = ${actor.personId}::uuid))`;

/** SQL twin of `canReadResults`. */
const readable = (actor: Actor) => (canReadAll(actor) ? sql<boolean>`true` : teachesClass(actor));

/**
 * Classes whose last day is over, newest first, that the actor may read: how many reacted, and what was learned where
 * the class is finished.
 */
export async function evaluatedClasses(
	db: Db,
	actor: Actor,
	today: CivilDate,
	{ size, offset }: { size: number; offset: number },
	versionId: string | null = null
) {
	const { rows } = await sql<EvaluatedClass & { total: number }>`
		select c.id, c.code, c.name, c.starts_on as "startsOn", c.ends_on as "endsOn", c.status = 'finished' as finished,
			count(*) over ()::int as total, ${COUNTS}
		from classes.class c
		where c.agency_id = platform.current_agency() and c.status not in ('planned', 'cancelled') and c.ends_on <= ${today}::date
			and (${versionId}::uuid is null or c.version_id = ${versionId}::uuid) and ${readable(actor)}
		order by c.ends_on desc, c.id limit ${size} offset ${offset}`.execute(db);
	const gains = await gainsOf(
		db,
		rows.filter(({ finished }) => finished).map(({ id }) => id)
	);
	return {
		total: rows[0]?.total ?? 0,
		classes: rows.map(({ total: _, ...row }) => ({ ...row, gain: gains.get(row.id) ?? NO_GAIN }))
	};
}

export type ClassResults = EvaluatedClass & {
	reactions: ReactionResults;
	/** Null until the class is finished. */
	gain: GainSummary | null;
};

/** What a class brought. Refuses: missing, for whoever neither reads evaluations nor teaches the class. */
export async function classResults(
	db: Db,
	actor: Actor,
	classId: string,
	now: Date,
	today: CivilDate
): Promise<ClassResults> {
	const { rows } = await sql<ClassEnd & EvaluatedClass & { teaches: boolean }>`
		select c.id, c.code, c.name, c.starts_on as "startsOn", c.ends_on as "endsOn", ${END_COLUMNS}, ${COUNTS},
			${teachesClass(actor)} as teaches
		from classes.class c
		join platform.agency a on a.agency_id = c.agency_id
		${END_OF_CLASS}
		where c.agency_id = platform.current_agency() and c.id = ${classId}`.execute(db);
	const row = rows[0];
	if (row === undefined || !canReadResults(actor, row)) throw missing();
	const { held, lastSessionEndsAt, lastDay, teaches: _, ...facts } = row;
	const end = { held, finished: facts.finished, lastSessionEndsAt, lastDay };
	return {
		...facts,
		reactions: await reactionsOf(db, classId, resultsState(end, facts, now, today), end),
		gain: facts.finished ? ((await gainsOf(db, [classId])).get(classId) ?? NO_GAIN) : null
	};
}

async function reactionsOf(
	db: Db,
	classId: string,
	state: ReturnType<typeof resultsState>,
	end: ClassEnd
): Promise<ReactionResults> {
	if (state === 'collecting') return { shown: false, reason: state, until: lastReactionDay(end) };
	if (state !== 'shown') return { shown: false, reason: state };
	return shownReactions(db, { classId, sessionId: null });
}
