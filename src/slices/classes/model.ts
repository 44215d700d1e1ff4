export const CLASS_STATUSES = ['planned', 'open', 'running', 'finished', 'cancelled'] as const;
export type ClassStatus = (typeof CLASS_STATUSES)[number];

/** Which status of a class may follow which. The first attendance sheet starts an open class by itself. */
export const CLASS_NEXT: Record<ClassStatus, readonly ClassStatus[]> = {
	planned: ['open', 'cancelled'],
	open: ['running', 'cancelled'],
	running: ['finished', 'cancelled'],
	finished: [],
	cancelled: []
};

/** People can still be put in, taken out, and moved up from the waiting list. */
export const TAKES_PEOPLE: readonly ClassStatus[] = ['open', 'running'];
/** Facts and sessions may still change. */
export const CHANGEABLE: readonly ClassStatus[] = ['planned', 'open', 'running'];

export const REGISTRATION_STATUSES = [
	'requested',
	'approved',
	'waiting',
	'offered',
	'enrolled',
	'rejected',
	'withdrawn',
	'passed',
	'failed'
] as const;
export type RegistrationStatus = (typeof REGISTRATION_STATUSES)[number];

/**
 * Which status of a registration may follow which; whoever was rejected or withdrew may ask again. `approved`: the
 * supervisor agreed and the office still has to; `offered`: a seat became free and is theirs until they answer.
 */
export const REGISTRATION_NEXT: Record<RegistrationStatus, readonly RegistrationStatus[]> = {
	requested: ['approved', 'enrolled', 'waiting', 'rejected', 'withdrawn'],
	approved: ['enrolled', 'waiting', 'rejected', 'withdrawn'],
	waiting: ['offered', 'enrolled', 'rejected', 'withdrawn'],
	offered: ['enrolled', 'rejected', 'withdrawn'],
	enrolled: ['withdrawn', 'rejected', 'passed', 'failed'],
	rejected: ['requested', 'enrolled', 'waiting'],
	withdrawn: ['requested', 'enrolled', 'waiting'],
	passed: [],
	failed: []
};

/** Who must agree to a request. */
export const APPROVALS = ['none', 'supervisor', 'office'] as const;
export type Approval = (typeof APPROVALS)[number];

export const POST_KINDS = ['structural', 'functional', 'general', 'official'] as const;
export type PostKind = (typeof POST_KINDS)[number];

/** Asked, and nobody has answered yet. */
export const UNDECIDED: readonly RegistrationStatus[] = ['requested', 'approved'];
/** Not over while the class is open: the office closes them with the class. */
export const PENDING: readonly RegistrationStatus[] = ['requested', 'approved', 'waiting', 'offered'];
/** Nobody else can have that seat. */
export const TAKES_SEAT: readonly RegistrationStatus[] = ['offered', 'enrolled', 'passed', 'failed'];

/** Holds a seat, now or until the class ended. */
export const SEATED: readonly RegistrationStatus[] = ['enrolled', 'passed', 'failed'];

export const ATTENDANCE_STATUSES = ['present', 'late', 'excused', 'absent'] as const;
export type AttendanceStatus = (typeof ATTENDANCE_STATUSES)[number];

export const CLASS_MODES = ['class', 'field', 'online', 'blended', 'self_paced', 'workplace'] as const;
export type ClassMode = (typeof CLASS_MODES)[number];
export const SESSION_MODES = ['class', 'field', 'online', 'self_paced', 'workplace'] as const;
export type SessionMode = (typeof SESSION_MODES)[number];

/** In which part somebody teaches; the words are those of the decrees on teaching staff. */
export const FACILITATOR_KINDS = [
	'widyaiswara',
	'instruktur',
	'praktisi',
	'pakar',
	'tutor',
	'coach',
	'mentor',
	'narasumber'
] as const;
export type FacilitatorKind = (typeof FACILITATOR_KINDS)[number];

export const HOLIDAY_KINDS = ['national', 'joint_leave', 'regional'] as const;
export type HolidayKind = (typeof HOLIDAY_KINDS)[number];

/** Database check constraints keep these columns to these words; the functions narrow what SQL hands back. */
function narrowed<Word extends string>(words: readonly Word[], text: string): Word {
	const word = words.find((known) => known === text);
	if (word === undefined) throw new TypeError(`unknown word: ${text}`);
	return word;
}
export const classStatus = (text: string): ClassStatus => narrowed(CLASS_STATUSES, text);
export const registrationStatus = (text: string): RegistrationStatus => narrowed(REGISTRATION_STATUSES, text);
export const approvalOf = (text: string): Approval => narrowed(APPROVALS, text);
export const attendanceStatus = (text: string): AttendanceStatus => narrowed(ATTENDANCE_STATUSES, text);
export const classMode = (text: string): ClassMode => narrowed(CLASS_MODES, text);
export const sessionMode = (text: string): SessionMode => narrowed(SESSION_MODES, text);
export const facilitatorKind = (text: string): FacilitatorKind => narrowed(FACILITATOR_KINDS, text);
export const postKind = (text: string): PostKind => narrowed(POST_KINDS, text);
export const holidayKind = (text: string): HolidayKind => narrowed(HOLIDAY_KINDS, text);
