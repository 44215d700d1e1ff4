import { z } from 'zod';
import { isValidDate } from '#kernel/time.ts';
import {
	APPROVALS,
	ATTENDANCE_STATUSES,
	CLASS_MODES,
	FACILITATOR_KINDS,
	POST_KINDS,
	SESSION_MODES
} from './model.ts';

const id = z.uuid();
const day = z.string().refine(isValidDate, { message: 'kernel.field.date' });
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'classes.field.clock' });
const note = z.string().trim().max(500).default('');
/** 18 digits, bare or in the groups in which offices print them: 19850312 201001 1 004. */
const NIP_GROUPS = /(?<!\d)\d{8}[ .]?\d{6}[ .]?\d[ .]?\d{3}(?!\d)/g;
const nip = z
	.string()
	.transform((text) => text.replace(/[\s.]/g, ''))
	.refine((text) => /^\d{18}$/.test(text), { message: 'classes.field.nip' });

/** One or many, between commas, semicolons, spaces or on lines of their own. */
function listOfNips(text: string, context: z.RefinementCtx): string[] {
	const list = [...new Set((text.match(NIP_GROUPS) ?? []).map((one) => one.replace(/\D/g, '')))];
	// Whatever is left besides separators was meant as a NIP and is none.
	if (/[^\s,;]/.test(text.replaceAll(NIP_GROUPS, '')))
		context.addIssue({ code: 'custom', message: 'classes.field.nip' });
	if (list.length > 500) context.addIssue({ code: 'custom', message: 'classes.field.tooManyNips' });
	return list;
}

const facts = {
	name: z.string().trim().min(3).max(200),
	mode: z.enum(CLASS_MODES),
	seats: z.number().int().min(1).max(10_000),
	place: z.string().trim().max(200).default(''),
	startsOn: day,
	endsOn: day,
	attendancePercent: z.number().int().min(0).max(100)
};

export const CreateClass = z.object({
	...facts,
	/** Left empty: made of the program's code, the year and the next number. */
	code: z.string().trim().min(2).max(40).optional(),
	planLineId: id.optional(),
	/** Left out: what the program asks for. */
	attendancePercent: facts.attendancePercent.optional(),
	programId: id,
	abroad: z.boolean().default(false)
});

export const ChangeClass = z.object({
	classId: id,
	seen: z.number().int().optional(),
	...facts,
	attendancePercent: facts.attendancePercent.default(85)
});
export const MoveClass = z.object({ classId: id });
/** No NIP: nobody answers for it. */
export const HandOver = z.object({ classId: id, nip: nip.optional() });
export const CancelClass = z.object({ classId: id, note: z.string().trim().min(1).max(500) });

/** Whom a session is for or by, as NIPs are typed or pasted: one or many. */
const nips = z.string().trim().transform(listOfNips);
const where = {
	place: z.string().trim().max(200).default(''),
	roomId: id.optional(),
	latitude: z.number().min(-90).max(90).optional(),
	longitude: z.number().min(-180).max(180).optional(),
	radiusM: z.number().int().min(20).max(20_000).optional(),
	meetingLink: z
		.url({ protocol: /^https$/, error: 'classes.field.link' })
		.max(500)
		.optional()
};
const session = {
	topic: z.string().trim().min(2).max(200),
	moduleId: id.optional(),
	mode: z.enum(SESSION_MODES),
	...where,
	on: day,
	from: clock,
	to: clock,
	/** It ends after midnight. */
	toNextDay: z.boolean().default(false),
	/** Who leads it; or the whole list below, the leader first. */
	facilitatorNip: nip.optional(),
	facilitators: z
		.array(z.object({ nip: nip.optional(), kind: z.enum(FACILITATOR_KINDS).optional() }))
		.max(10)
		.optional(),
	guests: z.string().trim().max(300).default(''),
	/** Left empty, it is for the whole class. */
	members: nips.optional()
};
/** A session stands in a room or at a point of the map, which needs all three figures; either may be joined by a link. */
const onePlace = (
	it: { [name in 'roomId' | 'latitude' | 'longitude' | 'radiusM']?: unknown },
	context: z.RefinementCtx
): void => {
	const given = [it.latitude, it.longitude, it.radiusM].filter((figure) => figure !== undefined).length;
	if (given > 0 && given < 3)
		context.addIssue({ code: 'custom', path: ['latitude'], message: 'classes.field.point' });
	if (given === 3 && it.roomId !== undefined)
		context.addIssue({ code: 'custom', path: ['roomId'], message: 'classes.field.roomOrPoint' });
};

/** The edition of the thing that the form was made from: an older one is refused. */
const seen = z.number().int().optional();

export const AddSession = z.object({ classId: id, ...session }).superRefine(onePlace);
export const ChangeSession = z
	.object({ sessionId: id, seen, reason: z.string().trim().max(300).default(''), ...session })
	.superRefine(onePlace);
export const MoveSession = z.object({
	sessionId: id,
	seen,
	on: day,
	/** Left out: at the same hour. */
	from: clock.optional(),
	reason: z.string().trim().max(300).default('')
});
export const CancelSession = z.object({ sessionId: id, reason: z.string().trim().max(300).default('') });
export const ExcuseFacilitator = z.object({
	sessionId: id,
	personId: id,
	reason: z.string().trim().min(3).max(300)
});
export const SubstituteFacilitator = z.object({
	sessionId: id,
	personId: id,
	kind: z.enum(FACILITATOR_KINDS).optional()
});

export const RequestSeat = z.object({ classId: id, note });
export const DecideRequest = z
	.object({ registrationId: id, decision: z.enum(['approve', 'reject']), note })
	.refine((it) => it.decision === 'approve' || it.note.length > 0, {
		path: ['note'],
		message: 'classes.decide.reasonNeeded'
	});
export const Nominate = z.object({ classId: id, personIds: z.array(id).min(1).max(200), note });
/** NIPs as they are typed or pasted: one or many, between commas, semicolons, spaces or on lines of their own. */
export const Enrol = z.object({
	classId: id,
	nips: z.string().trim().min(1).transform(listOfNips),
	note
});
export const Withdraw = z.object({ registrationId: id, note });
export const AnswerOffer = z.object({ registrationId: id, answer: z.enum(['accept', 'decline']) });
export const Replace = z.object({
	registrationId: id,
	personId: id,
	note: z.string().trim().min(1).max(500)
});

/** An empty field of a form: there is no such limit. */
const hours = z.number().int().min(1).max(720);
export const SetSeatRules = z.object({
	classId: id,
	approval: z.enum(APPROVALS),
	asksUntil: day.optional(),
	answerHours: hours.optional(),
	prerequisites: z.array(id).max(10).default([]),
	quotas: z
		.array(
			z
				.object({
					unitId: id.optional(),
					postKind: z.enum(POST_KINDS).optional(),
					most: z.number().int().min(1).max(10_000).optional()
				})
				// A line of the form that was left empty is no quota.
				.refine((it) => it.most === undefined || it.unitId !== undefined || it.postKind !== undefined, {
					path: ['most'],
					message: 'classes.seatRules.quotaOfNobody'
				})
				.refine((it) => it.most !== undefined || (it.unitId === undefined && it.postKind === undefined), {
					path: ['most'],
					message: 'classes.seatRules.quotaWithoutSeats'
				})
		)
		.max(30)
		.default([])
});
export const SetSeatPolicy = z.object({
	decideHours: hours,
	noShows: z.number().int().min(1).max(20),
	noShowMonths: z.number().int().min(1).max(60)
});
export const NameDeputy = z
	.object({ supervisorId: id.optional(), deputyNip: nip, from: day, to: day })
	.refine((it) => it.to >= it.from, { path: ['to'], message: 'classes.deputy.endsBeforeStart' });
export const EndDeputy = z.object({ deputyId: id });

export const MarkAttendance = z.object({
	sessionId: id,
	marks: z
		.array(z.object({ personId: id, status: z.enum(ATTENDANCE_STATUSES) }))
		.min(1)
		.max(10_000)
});

/** As browsers give it; nothing of it is kept but whether it lay inside, and how sure that is. */
const position = z.object({
	latitude: z.number().min(-90).max(90),
	longitude: z.number().min(-180).max(180),
	accuracy: z.number().min(0).max(100_000)
});
const SCANS_AT_ONCE = 20;
/** Scans of one device: the one just made, and those it kept while there was no signal. */
export const CheckIn = z.object({
	/** The browser's own mark, from its cookie: never from what is typed. */
	device: z.string().regex(/^[\w-]{43}$/),
	/** The device's clock as it sends this, epoch milliseconds. */
	clock: z.number().int().positive(),
	scans: z
		.array(
			z.object({
				/** The text of the picture, or a session with its spoken digits. */
				code: z.string().max(80).optional(),
				sessionId: id.optional(),
				digits: z
					.string()
					.transform((text) => text.replace(/\D/g, ''))
					.optional(),
				position: position.optional(),
				/** When it was kept, by the device's clock; absent when it is sent at once. */
				keptAt: z.number().int().positive().optional()
			})
		)
		.max(SCANS_AT_ONCE)
		.default([])
});
export type ScanInput = z.input<typeof CheckIn>['scans'];

export const OpenSheet = z.object({
	sessionId: id,
	lateMinutes: z.number().int().min(0).max(240).default(15),
	checkOut: z.boolean().default(false)
});
export const CloseSheet = z.object({ sessionId: id });

const proof = z.object({
	name: z.string().trim().min(1).max(200),
	bytes: z.instanceof(Uint8Array<ArrayBufferLike>)
});
export const AddSheetPage = z.object({
	sessionId: id,
	page: proof,
	note: z.string().trim().max(200).default('')
});
export const RemoveSheetPage = z.object({ sessionId: id, pageId: id });

export const AskMark = z.object({
	sessionId: id,
	/** Somebody else's, by whoever fills the sheet; else one's own. */
	personId: id.optional(),
	wanted: z.enum(ATTENDANCE_STATUSES),
	reason: z.string().trim().min(5).max(1000),
	evidence: proof.optional()
});
export const WithdrawMark = z.object({ requestId: id });
export const DecideMark = z
	.object({
		requestId: id,
		decision: z.enum(['accept', 'decline']),
		answer: z.string().trim().max(1000).default('')
	})
	.refine((it) => it.decision === 'accept' || it.answer.length > 0, {
		path: ['answer'],
		message: 'classes.decide.reasonNeeded'
	});
