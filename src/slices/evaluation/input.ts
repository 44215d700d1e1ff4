import { z } from 'zod';
import { SEVERITIES } from '#slices/programs/public.server.ts';
import { Link } from './linking.ts';

export const React = z.object({
	classId: z.uuid(),
	/** Left out: the form at the end of the class. */
	sessionId: z.uuid().optional(),
	/** In the order of the form: `answers.3.score` is the fourth item's mark. Items left empty come with neither. */
	answers: z
		.array(
			z.object({
				item: z.string().min(1).max(20),
				score: z.number().int().min(1).max(5).optional(),
				/** Of a confidence item: how sure before; `score` is how sure now. */
				before: z.number().int().min(1).max(5).optional(),
				remark: z.string().trim().max(2000).optional()
			})
		)
		.min(1)
		.max(60),
	/** Only where the participant asked for it: what the device makes of its secret. */
	link: Link.optional()
});

export const TieItem = z.object({ questionId: z.uuid(), outcomeId: z.uuid().optional() });
export const OpenReactions = z.object({ classId: z.uuid(), sessionId: z.uuid().optional() });

/** About the curriculum of a class, or of a version whose participants came from several; `codeId`: theme it rests on. */
export const WriteFinding = z.object({
	classId: z.uuid().optional(),
	versionId: z.uuid().optional(),
	codeId: z.uuid().optional(),
	/** Item whose marks it rests on, and the session of the class in whose results they were seen. */
	itemCode: z.string().min(1).max(20).optional(),
	sessionId: z.uuid().optional(),
	statement: z.string().trim().min(10).max(500),
	evidence: z.string().trim().max(2000).default(''),
	severity: z.enum(SEVERITIES)
});

export const NameOwner = z.object({
	findingId: z.uuid(),
	ownerId: z.uuid(),
	reason: z.string().trim().min(5).max(300)
});
