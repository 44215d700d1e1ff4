import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import type { Db } from '#platform/db/db.ts';

const weight = z.number();
/** What `freezeNeed` wrote, as far as screens show it. */
const SnapshotFacts = z.object({
	score: z.number().nullable(),
	rule: z
		.object({
			weights: z.object({
				probability: weight,
				size: weight,
				importance: weight,
				reach: weight,
				goal: weight
			})
		})
		.optional(),
	measured: z
		.object({
			campaign: z.string(),
			competency: z.string(),
			runId: z.string().nullable(),
			measured: z.number(),
			likely: z.number().nullable(),
			probability: z.number(),
			shortfall: z.number()
		})
		.nullish(),
	/** Results of citizens' surveys in the unit and below. */
	service: z
		.array(
			z.object({
				unit: z.string(),
				year: z.number(),
				scores: z.array(z.coerce.number()),
				index: z.coerce.number(),
				grade: z.string().nullable()
			})
		)
		.optional(),
	performance: z
		.object({ year: z.number().nullable(), people: z.number().nullable(), rated: z.number() })
		.optional()
});
export type Snapshot = { takenAt: Date; facts: z.infer<typeof SnapshotFacts>; hidden: boolean };

/**
 * What an accepted need was computed from. Whoever does not answer for its people gets no figure of fewer than five of
 * them, so that no screen has to hide one.
 */
export async function snapshotOf(
	db: Db,
	actor: Actor,
	proposalId: string,
	seesPeople: boolean
): Promise<Snapshot | null> {
	const row = await db
		.selectFrom('needs.snapshot')
		.select(['taken_at as takenAt', 'facts'])
		.where('agency_id', '=', actor.agencyId)
		.where('proposal_id', '=', proposalId)
		.executeTakeFirst();
	if (row === undefined) return null;
	const facts = SnapshotFacts.parse(row.facts);
	const { measured, performance } = facts;
	if (seesPeople) return { takenAt: row.takenAt, facts, hidden: false };
	const few = (people: number | null): number | null =>
		people !== null && people > 0 && people < SMALLEST_GROUP ? null : people;
	const hidden = measured != null && measured.measured < SMALLEST_GROUP;
	return {
		takenAt: row.takenAt,
		hidden,
		facts: {
			...facts,
			measured: measured == null || hidden ? null : { ...measured, likely: few(measured.likely) },
			performance: performance && { ...performance, people: few(performance.people) }
		}
	};
}
