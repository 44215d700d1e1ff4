import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import type { CsvCell } from '#platform/http/csv.ts';
import { devicesAbout } from '#platform/push/subscriptions.ts';
import { attendanceOf, enrolmentsOf } from '#slices/classes/public.server.ts';
import { proofOf } from '#slices/credentials/public.server.ts';
import { evaluationsAbout, ownPlans } from '#slices/followup/public.server.ts';
import { wishesOf } from '#slices/growth/public.server.ts';
import { figuresAbout } from '#slices/impact/public.server.ts';
import { needsAbout, ratingsAbout } from '#slices/needs/public.server.ts';
import { learningOf } from '#slices/learning/public.server.ts';
import { noticesAbout } from '#slices/notices/public.server.ts';
import { ownDataOf } from '#slices/people/public.server.ts';

/**
 * Everything that Asah keeps about a person, across rooms, each through its public door. Refuses (as missing): somebody
 * else's, unless one watches over privacy. Left out: answers promised to be anonymous, which nobody can find again.
 * @law UU 27/2022 Ps 7 (copy) and 13 (machine-readable)
 */
export async function everythingAbout(db: Db, actor: Actor, personId: string, now: Date) {
	const people = await ownDataOf(db, actor, personId);
	return {
		madeAt: now.toISOString(),
		people,
		notices: await noticesAbout(db, personId),
		needs: { ratings: await ratingsAbout(db, personId), ...(await needsAbout(db, personId)) },
		wishes: await wishesOf(db, personId),
		classes: (await enrolmentsOf(db, personId, now)).map(
			({ code, name, program, status, startsOn, endsOn, place }) => ({
				code,
				name,
				program,
				status,
				startsOn,
				endsOn,
				place
			})
		),
		attendance: await attendanceOf(db, personId),
		learning: await learningOf(db, personId),
		credentials: await proofOf(db, personId),
		devices: await devicesAbout(db, personId),
		followup: (await ownPlans(db, personId)).filter(({ id }) => id !== null),
		evaluations: await evaluationsAbout(db, personId),
		figures: await figuresAbout(db, personId)
	};
}

/** The same as rows of one sheet: part, number within the part, name of the value, value. */
export function asRows(value: unknown, path: readonly string[] = []): CsvCell[][] {
	if (value === null || value === undefined) return [];
	if (value instanceof Date) return [[path[0], path.slice(1).join('.'), value.toISOString()]];
	if (typeof value === 'object')
		return Object.entries(value).flatMap(([name, part]) =>
			asRows(part, [...path, Array.isArray(value) ? String(Number(name) + 1) : name])
		);
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
		return [[path[0], path.slice(1).join('.'), value]];
	return [];
}
