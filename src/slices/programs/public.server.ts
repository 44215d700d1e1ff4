import { sql } from 'kysely';
import type { Db } from '#platform/db/db.ts';
import { formCode } from './model.ts';
import { learningHoursOf } from './rules.ts';
import { curriculumOf, versionOf } from './server/queries.ts';

export { SEVERITIES, decisionOf, severityOf } from './model.ts';
export { createProgram } from './server/commands/create-program.ts';
export { saveVersion } from './server/commands/save-version.ts';
export { askChange, decideChange } from './server/commands/changes.ts';
export { putInForce } from './server/commands/put-in-force.ts';

/** A curriculum version with its program, modules, outcomes and JP; 404 when it is not of this agency. */
export async function versionFacts(db: Db, agencyId: string, versionId: string) {
	const { version, program } = await versionOf(db, agencyId, versionId);
	const curriculum = await curriculumOf(db, agencyId, versionId);
	return { version, program, ...curriculum, learningHours: learningHoursOf(curriculum.modules) };
}

/**
 * Programs with a version in force, with its JP; with a competency only those whose version in force raises it, and to
 * which level. Highest level first, then by name.
 */
export async function programsInForce(db: Db, agencyId: string, competencyId: string | null = null) {
	const rows = await sql<{
		programId: string;
		code: string;
		name: string;
		form: string;
		versionId: string;
		number: number;
		learningHours: number;
		level: number | null;
	}>`
		select p.id as "programId", p.code, p.name, p.form, v.id as "versionId", v.number,
			(select coalesce(sum(m.learning_hours), 0) from programs.module m
				where m.agency_id = v.agency_id and m.version_id = v.id) as "learningHours",
			o.level
		from programs.program p
		join programs.version v on v.agency_id = p.agency_id and v.id = p.version_id
		left join lateral (select max(level) as level from programs.outcome
			where agency_id = v.agency_id and version_id = v.id and competency_id = ${competencyId}::uuid) o on true
		where p.agency_id = ${agencyId} and (${competencyId}::uuid is null or o.level is not null)
		order by o.level desc nulls last, p.name`.execute(db);
	return rows.rows.map((row) => ({ ...row, form: formCode(row.form) }));
}
