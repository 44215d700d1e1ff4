import { z } from 'zod';
import { isValidDate } from '#kernel/time.ts';
import { MIXINGS } from './cohorts/problem.ts';

const id = z.uuid();
const day = z.string().refine(isValidDate, { message: 'kernel.field.date' });

/** NIPs between commas or spaces or on lines of their own. */
const nips = z
	.string()
	.default('')
	.transform((text) => [...new Set(text.replace(/(?<=\d)[ .](?=\d)/g, '').match(/\d{18}/g) ?? [])]);

export const RecordAbsence = z
	.object({
		nip: z
			.string()
			.transform((text) => text.replace(/[\s.]/g, ''))
			.refine((text) => /^\d{18}$/.test(text), { message: 'classes.field.nip' }),
		kind: z.enum(['leave', 'duty']),
		startsOn: day,
		endsOn: day,
		source: z.string().trim().max(200).default('')
	})
	.refine(({ startsOn, endsOn }) => endsOn >= startsOn, {
		path: ['endsOn'],
		message: 'classes.absence.endsBeforeStart'
	});
export const RemoveAbsence = z.object({ absenceId: id });

export const StartSplit = z.object({
	programId: id,
	planLineId: id.optional(),
	classIds: z.array(id).min(1, { message: 'classes.split.noClass' }).max(60),
	mixing: z.enum(MIXINGS).default('free'),
	/** Those whom the line's survey found below the level: so many, largest gap first. */
	gaps: z.number().int().min(0).max(5000).default(0),
	nips
});
export const OneSplit = z.object({ splitId: id });
export const ChangeSplit = z.object({
	splitId: id,
	mixing: z.enum(MIXINGS),
	places: z
		.array(z.object({ classId: id, unitId: id.optional() }))
		.max(60)
		.default([])
});
/** Whom and what the split may give to its classes; a class may be told which by name, left out: it is found for it. */
export const SetSplitPlaces = z.object({
	splitId: id,
	rooms: z.array(id).max(500).default([]),
	facilitators: z.array(id).max(500).default([]),
	/** NIPs of others who may teach. */
	nips,
	classes: z
		.array(z.object({ classId: id, roomId: id.optional(), facilitatorId: id.optional() }))
		.max(60)
		.default([])
});
export const WishInSplit = z.object({
	splitId: id,
	personId: id,
	classId: id,
	wish: z.enum(['wanted', 'forbidden', 'none'])
});
export const MoveInSplit = z.object({
	splitId: id,
	personId: id,
	/** Left out: they get no place for now. */
	classId: id.optional(),
	/** Even if a counter falls below its minimum. */
	anyway: z.boolean().default(false)
});
export const KeepSplit = z.object({
	splitId: id,
	places: z.array(z.object({ personId: id, classId: id })).max(10_000),
	given: z
		.array(z.object({ classId: id, roomId: id.nullable(), facilitatorId: id.nullable() }))
		.max(60)
		.default([]),
	bound: z.number().min(0),
	seconds: z.number().min(0)
});
