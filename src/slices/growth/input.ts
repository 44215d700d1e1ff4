import { z } from 'zod';

export const Wish = z.object({
	programId: z.uuid(),
	status: z.enum(['wished', 'dismissed']),
	reason: z.string().trim().max(500).default('')
});

export const Unwish = z.object({ programId: z.uuid() });
