import { z } from 'zod';
import { CATEGORY_KEYS, EMAIL_MODES, LETTER_KINDS } from './model.ts';

const Hour = z.number().int().min(0).max(23);
const Mode = z.enum(EMAIL_MODES);

export const OpenNotice = z.object({ noticeId: z.uuid() });

export const SaveSettings = z.object({
	email: z.object({
		seats: Mode,
		sessions: Mode,
		tasks: Mode,
		results: Mode,
		surveys: Mode,
		plans: Mode
	}),
	/** Categories that may also ring on a device. */
	push: z.array(z.enum(CATEGORY_KEYS)).default([]),
	quietFrom: Hour,
	quietTo: Hour,
	digestHour: Hour
});

/** One letter, or all that failed, of one kind if one is named. */
export const PickLetters = z
	.object({
		letterId: z.uuid().optional(),
		all: z.boolean().default(false),
		kind: z.enum(LETTER_KINDS).optional()
	})
	.refine(({ letterId, all }) => (letterId !== undefined) !== all, {
		path: ['letterId'],
		message: 'kernel.invalid'
	});

export const PickLetter = z.object({ letterId: z.uuid() });
