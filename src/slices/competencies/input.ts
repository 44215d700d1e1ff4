import { z } from 'zod';
import { isPostLevel } from '#kernel/posts.ts';
import { isValidDate } from '#kernel/time.ts';

const day = z.string().refine(isValidDate, 'kernel.field.date');

export const SetRequiredLevel = z.object({
	postLevel: z.string().refine(isPostLevel, 'kernel.field.choose'),
	/** Left out: the rule for all competencies that have none of their own. */
	competencyId: z.uuid('kernel.field.choose').optional(),
	level: z.number().int().min(1).max(5),
	legalBasis: z.string().trim().min(3).max(300),
	validFrom: day
});
