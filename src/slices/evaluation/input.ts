import { z } from 'zod';
import { SEVERITIES } from '#slices/programs/public.server.ts';

export const React = z.object({
	classId: z.uuid(),
	/** In the order of the form: `answers.3.score` is the fourth item's mark. Items left empty come with neither. */
	answers: z
		.array(
			z.object({
				item: z.string().min(1).max(20),
				score: z.number().int().min(1).max(4).optional(),
				remark: z.string().trim().max(2000).optional()
			})
		)
		.min(1)
		.max(60)
});

export const TieItem = z.object({ questionId: z.uuid(), outcomeId: z.uuid().optional() });
export const OpenReactions = z.object({ classId: z.uuid() });

/** About the curriculum of a class, or of a version whose participants came from several; `codeId`: theme it rests on. */
export const WriteFinding = z.object({
	classId: z.uuid().optional(),
	versionId: z.uuid().optional(),
	codeId: z.uuid().optional(),
	statement: z.string().trim().min(10).max(500),
	evidence: z.string().trim().max(2000).default(''),
	severity: z.enum(SEVERITIES)
});
