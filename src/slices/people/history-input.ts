import { z } from 'zod';
import { isPostLevel } from '#kernel/posts.ts';
import { isValidDate } from '#kernel/time.ts';
import { HOLDINGS } from './history.ts';
import { CORRECTABLE, PRIVACY_KINDS } from './privacy.ts';

const id = z.uuid();
const day = z.string().refine(isValidDate, 'kernel.field.date');
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'people.minimum.time');
const reason = z.string().trim().min(3).max(300);
const order = z.string().trim().min(1).max(100);
const name = z.string().trim().min(1).max(300);

/** Why and from when: what every order carries. */
const ordered = { effectiveOn: day, reason, orderNumber: order.optional() };
const post = {
	unitId: id,
	title: z.string().trim().min(1).max(200),
	kind: z.enum(['structural', 'functional', 'general']),
	level: z.string().refine(isPostLevel, 'kernel.field.choose'),
	isHead: z.boolean().default(false)
};

export const MoveStaff = z.object({ personId: id, ...post, ...ordered });
export const LeaveStaff = z.object({ personId: id, ...ordered });
export const WelcomeStaff = z.object({
	nip: z.string().trim().min(1).max(40),
	name: z.string().trim().min(1).max(200),
	frontTitle: z.string().trim().max(50).optional(),
	backTitle: z.string().trim().max(100).optional(),
	grade: z.string().trim().max(10).optional(),
	...post,
	...ordered
});
/** Elected: no NIP to read anything from, and no unit but the highest. */
export const WelcomeOfficial = z.object({
	name: z.string().trim().min(1).max(200),
	frontTitle: z.string().trim().max(50).optional(),
	backTitle: z.string().trim().max(100).optional(),
	sex: z.enum(['female', 'male']),
	title: z.string().trim().min(1).max(200),
	isHead: z.boolean().default(false),
	...ordered
});
export const OneOrder = z.object({ orderId: id });

export const AppointActing = z.object({
	unitId: id,
	personId: id,
	holding: z.enum(HOLDINGS),
	title: z.string().trim().min(1).max(200),
	/** Leads the unit; Plt and Plh always do. */
	isHead: z.boolean().default(false),
	validFrom: day,
	/** Last day on which it holds. */
	lastDay: day.optional(),
	orderNumber: order,
	reason: z.string().trim().max(300).default('')
});
export const EndAssignment = z.object({ assignmentId: id, lastDay: day });

export const ExceptSupervisor = z.object({
	personId: id,
	supervisorId: id,
	validFrom: day,
	lastDay: day.optional(),
	reason
});
export const EndException = z.object({ exceptionId: id, lastDay: day });

export const SetStanding = z
	.object({
		personId: id,
		grade: z.string().trim().min(1).max(10).optional(),
		employmentKind: z.enum(['PNS', 'CPNS', 'PPPK', 'PPPK_PARUH_WAKTU']).optional(),
		validFrom: day,
		reason
	})
	.refine(({ grade, employmentKind }) => grade !== undefined || employmentKind !== undefined, {
		message: 'people.standing.nothing',
		path: ['grade']
	});

export const RenameUnit = z.object({
	unitId: id,
	name,
	headTitle: z.string().trim().max(300).optional(),
	...ordered
});
export const MoveUnit = z.object({ unitId: id, parentId: id, ...ordered });
export const MergeUnits = z.object({
	unitId: id,
	/** The others that are merged with it. */
	withIds: z.array(id).min(1).max(20),
	/** A standing unit takes them in; left out, a new one of this name does, beside the first. */
	intoId: id.optional(),
	name: name.optional(),
	headId: id.optional(),
	...ordered
});
export const SplitUnit = z.object({
	unitId: id,
	names: z.array(name).min(1).max(6),
	/** The old unit stays and is the first of the parts. */
	keeps: z.boolean().default(false),
	/** Person → number of the part, from 0; whoever is not named goes to the first. */
	to: z.record(z.string(), z.int().min(0).max(6)).default({}),
	...ordered
});
export const CloseUnit = z.object({ unitId: id, ...ordered });

export const SetMinimum = z.object({
	unitId: id,
	roleName: z.string().trim().min(1).max(100),
	weekdays: z.array(z.coerce.number().int().min(0).max(6)).min(1),
	fromTime: time,
	toTime: time,
	people: z.int().min(1).max(500)
});
export const RemoveMinimum = z.object({ minimumId: id });

export const SetNeighbours = z.object({ unitId: id, neighbourIds: z.array(id).max(300).default([]) });
export const AddNeighbours = z.object({ text: z.string().trim().min(1).max(20_000) });

export const AskCorrection = z.object({
	field: z.enum(CORRECTABLE),
	proposed: z.string().trim().min(1).max(300),
	evidence: z.string().trim().min(3).max(1000)
});
export const OneCorrection = z.object({ correctionId: id });
export const DecideCorrection = z.object({
	correctionId: id,
	decision: z.enum(['approved', 'rejected']),
	answer: reason
});

export const AskPrivacy = z.object({ kind: z.enum(PRIVACY_KINDS), reason });
export const OnePrivacyRequest = z.object({ requestId: id });
export const DecidePrivacy = z.object({
	requestId: id,
	decision: z.enum(['granted', 'refused']),
	answer: reason
});
export const ChooseLanguage = z.object({ language: z.enum(['id', 'en']) });
