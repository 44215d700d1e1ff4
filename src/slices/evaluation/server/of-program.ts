import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { canReadAll } from '../access.ts';
import type { GainSummary } from '../gain.ts';
import type { ClassEnd } from '../model.ts';
import { resultsState } from '../rules.ts';
import { END_COLUMNS, END_OF_CLASS } from './class-end.ts';
import { IS_MARK, MARK_ON_FOUR } from './form-tables.ts';
import { gainOfAll } from './gains.ts';
import { masteryOfVersions, NO_MASTERY, type MasteryOfVersion } from './mastery-of-versions.ts';
import { COUNTS } from './results.ts';

/** Level 1 of a curriculum version, over its finished classes; only classes whose own page shows something count in the mean. */
export type ReactionOfVersion = {
	/** People with a seat in classes whose form is closed, and how many of them gave their reaction. */
	seated: number;
	given: number;
	/** Classes that are shown; closed with too few answers; still collecting or being opened. */
	shown: number;
	few: number;
	waiting: number;
	/** Forms in the mean, and the mean of all their marks, 1 to 4. */
	forms: number;
	mean: number | null;
};
export type EvaluationOfVersion = {
	/** Finished classes. */
	classes: number;
	reaction: ReactionOfVersion;
	gain: GainSummary;
	mastery: MasteryOfVersion;
	/** People with both tests, also of classes that are too small to be shown. */
	pairs: number;
	/** Quizzes before and after that its material has, so that a missing gain can be explained and the questions found. */
	tests: { before: string | null; after: string | null };
};

type ClassRow = ClassEnd & {
	id: string;
	versionId: string;
	seated: number;
	given: number;
	opened: boolean;
};

/**
 * Levels 1 and 2 of a program by curriculum version; null for whoever does not read evaluations. A handful of statements
 * however many classes and people.
 */
export async function evaluationOfProgram(
	db: Db,
	actor: Actor,
	programId: string,
	now: Date,
	today: CivilDate
): Promise<Map<string, EvaluationOfVersion> | null> {
	if (!canReadAll(actor)) return null;
	const { rows: versions } = await sql<{ id: string; before: string | null; after: string | null }>`
		select v.id, min(q.id::text) filter (where q.purpose = 'pretest') as before, min(q.id::text) filter (where q.purpose = 'posttest') as after
		from programs.version v
		left join content.quiz q on q.agency_id = v.agency_id and q.version_id = v.id and q.retired_at is null
		where v.agency_id = (select platform.current_agency()) and v.program_id = ${programId}
		group by v.id`.execute(db);
	const { rows: classes } = await sql<ClassRow>`
		select c.id, c.version_id as "versionId", ${END_COLUMNS}, ${COUNTS}
		from programs.version v
		join classes.class c on c.agency_id = v.agency_id and c.version_id = v.id and c.status = 'finished'
		join platform.agency a on a.agency_id = c.agency_id
		${END_OF_CLASS}
		where v.agency_id = (select platform.current_agency()) and v.program_id = ${programId}`.execute(db);
	const states = classes.map((one) => ({ ...one, state: resultsState(one, one, now, today) }));
	const shown = states.filter(({ state }) => state === 'shown').map(({ id }) => id);
	const marks = await marksOf(db, shown);
	const byVersion = Map.groupBy(states, ({ versionId }) => versionId);
	const found = new Map<string, EvaluationOfVersion>();
	const mastery = await masteryOfVersions(db, [...byVersion.keys()]);
	for (const { id, before, after } of versions) {
		const own = byVersion.get(id) ?? [];
		const { gain, pairs } = await gainOfAll(
			db,
			own.map((one) => one.id)
		);
		found.set(id, {
			classes: own.length,
			reaction: reactionOf(own, marks.get(id) ?? null),
			gain,
			pairs,
			mastery: mastery.get(id) ?? NO_MASTERY,
			tests: { before, after }
		});
	}
	return found;
}

function reactionOf(
	own: readonly (ClassRow & { state: ReturnType<typeof resultsState> })[],
	mean: number | null
): ReactionOfVersion {
	const of = (...states: string[]) => own.filter(({ state }) => states.includes(state));
	const sum = (list: readonly ClassRow[], field: 'seated' | 'given') =>
		list.reduce((total, one) => total + one[field], 0);
	const [shown, few, waiting] = [of('shown'), of('tooFew'), of('collecting', 'opening')];
	const closed = [...shown, ...few];
	return {
		seated: sum(closed, 'seated'),
		given: sum(closed, 'given'),
		shown: shown.length,
		few: few.length,
		waiting: waiting.length,
		forms: sum(shown, 'given'),
		mean
	};
}

/** Mean of all marks by version, from classes that are shown: five or more filled in the form of each. */
async function marksOf(db: Db, classIds: readonly string[]): Promise<Map<string, number>> {
	if (classIds.length === 0) return new Map();
	const { rows } = await sql<{ versionId: string; mean: number }>`
		select c.version_id as "versionId", sum(m.total) / sum(m.answers)::float8 as mean
		from (
			select x.class_id, sum(${MARK_ON_FOUR}) as total, count(*) as answers from evaluation.reaction_answer x
			where x.agency_id = (select platform.current_agency()) and x.class_id = any(${[...classIds]}::uuid[])
				and ${IS_MARK}
			group by x.class_id
		) m
		join classes.class c on c.agency_id = (select platform.current_agency()) and c.id = m.class_id
		group by c.version_id`.execute(db);
	return new Map(rows.map(({ versionId, mean }) => [versionId, mean]));
}
