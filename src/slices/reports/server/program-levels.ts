import { sql } from 'kysely';
import { hasAbility, mayEverywhere, type Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { evaluationOfProgram } from '#slices/evaluation/public.server.ts';
import { followUpOfVersions } from '#slices/followup/public.server.ts';
import { canReadCostsOfEffects, studiesOfProgram } from '#slices/impact/public.server.ts';
import { canReadProgram, canTrace } from '../access.ts';
import { breaksOf, levelsOf, type LevelsOfVersion } from '../levels.ts';
import { remeasured } from './remeasured.ts';

export type TaughtVersion = {
	id: string;
	number: number;
	status: string;
	inForceAt: Date | null;
	finished: number;
	/** Classes that are planned, open or being taught. */
	coming: number;
	seated: number;
	passed: number;
	/** Newest study that is not fixed yet. */
	draftStudyId: string | null;
	/** Quiz after, whose questions may be tied to outcomes. */
	testAfter: string | null;
	levels: LevelsOfVersion;
	/** Levels (1 to 4) of which nothing is there. */
	breaks: (1 | 2 | 3 | 4)[];
};

/**
 * Levels 1 to 4 of a program side by side, newest curriculum version first; each level asks its own room whether the
 * actor may read it. Versions that were never taught are left out. Refuses: missing.
 */
export async function programLevels(db: Db, actor: Actor, programId: string, now: Date, today: CivilDate) {
	if (!canReadProgram(actor)) throw missing();
	const program = await sql<{ id: string; name: string; code: string }>`
		select id, name, code from programs.program where agency_id = (select platform.current_agency()) and id = ${programId}`.execute(
		db
	);
	const [head] = program.rows;
	if (head === undefined) throw missing();
	const { rows: versions } = await sql<
		Omit<TaughtVersion, 'levels' | 'breaks' | 'testAfter' | 'draftStudyId'>
	>`
		select v.id, v.number, v.status, v.in_force_at as "inForceAt", count(c.id) filter (where c.status = 'finished')::int as finished,
			count(c.id) filter (where c.status <> 'finished')::int as coming,
			coalesce(sum(r.seated), 0)::int as seated, coalesce(sum(r.passed), 0)::int as passed
		from programs.version v
		left join classes.class c on c.agency_id = v.agency_id and c.version_id = v.id and c.status <> 'cancelled'
		left join lateral (select count(*) as seated, count(*) filter (where r.status = 'passed') as passed from classes.registration r
			where r.agency_id = c.agency_id and r.class_id = c.id and c.status = 'finished' and r.status in ('enrolled', 'passed', 'failed')) r on true
		where v.agency_id = (select platform.current_agency()) and v.program_id = ${programId}
		group by v.agency_id, v.id order by v.number desc`.execute(db);
	const evaluation = await evaluationOfProgram(db, actor, programId, now, today);
	const versionIds = versions.map(({ id }) => id);
	const followUp = await followUpOfVersions(db, actor, versionIds);
	const gaps = hasAbility(actor, 'needs.read')
		? await remeasured(
				db,
				actor,
				sql`select c.agency_id, c.id, c.version_id as key, c.version_id, c.starts_on, c.ends_on from classes.class c
					where c.agency_id = (select platform.current_agency()) and c.version_id = any(${versionIds}::uuid[]) and c.status = 'finished'`
			)
		: null;
	const studies = await studiesOfProgram(db, actor, programId);
	const all = versions.map((version): TaughtVersion => {
		const own = studies && studies.filter(({ versionId }) => versionId === version.id);
		const levels = levelsOf(
			evaluation && evaluation.get(version.id),
			followUp && followUp.get(version.id),
			gaps && gaps.get(version.id),
			own
		);
		return {
			...version,
			draftStudyId: own?.find(({ verdict }) => verdict === null)?.studyId ?? null,
			testAfter: evaluation?.get(version.id)?.tests.after ?? null,
			levels,
			breaks: breaksOf(levels)
		};
	});
	return {
		program: head,
		versions: all.filter(
			({ finished, coming, levels }) => finished + coming > 0 || levels.studies.why === null
		),
		/** Whether what is said of work and gaps is of the whole agency, or of the reader's units alone. */
		whole: mayEverywhere(actor, 'followup.read') && mayEverywhere(actor, 'needs.read'),
		can: {
			plan: hasAbility(actor, 'classes.manage'),
			material: hasAbility(actor, 'content.edit'),
			study: mayEverywhere(actor, 'impact.edit'),
			measure: hasAbility(actor, 'needs.run'),
			costs: canReadCostsOfEffects(actor),
			trace: canTrace(actor)
		}
	};
}
