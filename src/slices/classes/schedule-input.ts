import { z } from 'zod';
import { isValidDate } from '#kernel/time.ts';
import { HOLIDAY_KINDS } from './model.ts';

const id = z.uuid();
const day = z.string().refine(isValidDate, { message: 'kernel.field.date' });
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'classes.field.clock' });
const inOrder = (it: { startsOn: string; endsOn: string }) => it.endsOn >= it.startsOn;
const endsFirst = { path: ['endsOn'], message: 'classes.class.endsBeforeStart' };

const room = {
	code: z.string().trim().min(1).max(20),
	name: z.string().trim().min(2).max(120),
	seats: z.number().int().min(1).max(10_000),
	unitId: id.optional(),
	address: z.string().trim().max(300).default(''),
	latitude: z.number().min(-90).max(90).optional(),
	longitude: z.number().min(-180).max(180).optional()
};
const bothOrNone = (it: { latitude?: number | undefined; longitude?: number | undefined }) =>
	(it.latitude === undefined) === (it.longitude === undefined);
const halfPoint = { path: ['longitude'], message: 'classes.field.point' };

export const CreateRoom = z.object(room).refine(bothOrNone, halfPoint);
export const ChangeRoom = z
	.object({ roomId: id, ...room, active: z.boolean().default(false) })
	.refine(bothOrNone, halfPoint);
export const CloseRoom = z
	.object({ roomId: id, startsOn: day, endsOn: day, reason: z.string().trim().min(2).max(300) })
	.refine(inOrder, endsFirst);
export const OpenRoom = z.object({ closureId: id });

export const AddHoliday = z.object({
	onDay: day,
	name: z.string().trim().min(2).max(120),
	kind: z.enum(HOLIDAY_KINDS),
	source: z.string().trim().max(200).default('')
});
export const RemoveHoliday = z.object({ holidayId: id });
export const TakeHolidays = z.object({ year: z.number().int().min(2000).max(2100) });

export const SetHours = z
	.object({
		dayFrom: clock,
		dayTo: clock,
		ramadanFrom: clock,
		ramadanTo: clock,
		fridayFrom: clock,
		fridayTo: clock
	})
	.superRefine((it, context) => {
		for (const [from, to] of [
			['dayFrom', 'dayTo'],
			['ramadanFrom', 'ramadanTo'],
			['fridayFrom', 'fridayTo']
		] as const)
			if (it[from] >= it[to])
				context.addIssue({ code: 'custom', path: [to], message: 'classes.session.endsBeforeStart' });
	});
export const SetRamadan = z.object({ startsOn: day, endsOn: day }).refine(inOrder, endsFirst);

export const CopyClass = z.object({
	classId: id,
	startsOn: day,
	name: z.string().trim().min(3).max(200),
	planLineId: id.optional()
});

export const MakeFeed = z.object({});
export const RevokeFeed = z.object({});
