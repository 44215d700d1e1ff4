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
	'waiting',
	'enrolled',
	'rejected',
	'withdrawn',
	'passed',
	'failed'
] as const;
export type RegistrationStatus = (typeof REGISTRATION_STATUSES)[number];

/** Which status of a registration may follow which; whoever was rejected or withdrew may ask again. */
export const REGISTRATION_NEXT: Record<RegistrationStatus, readonly RegistrationStatus[]> = {
	requested: ['enrolled', 'waiting', 'rejected', 'withdrawn'],
	waiting: ['enrolled', 'rejected', 'withdrawn'],
	enrolled: ['withdrawn', 'rejected', 'passed', 'failed'],
	rejected: ['requested', 'enrolled', 'waiting'],
	withdrawn: ['requested', 'enrolled', 'waiting'],
	passed: [],
	failed: []
};

/** Holds a seat, now or until the class ended. */
export const SEATED: readonly RegistrationStatus[] = ['enrolled', 'passed', 'failed'];

export const ATTENDANCE_STATUSES = ['present', 'late', 'excused', 'absent'] as const;
export type AttendanceStatus = (typeof ATTENDANCE_STATUSES)[number];

export const CLASS_MODES = ['class', 'field', 'online', 'blended', 'self_paced', 'workplace'] as const;
export type ClassMode = (typeof CLASS_MODES)[number];
export const SESSION_MODES = ['class', 'field', 'online', 'self_paced', 'workplace'] as const;
export type SessionMode = (typeof SESSION_MODES)[number];

/** Database check constraints keep these columns to these words; the functions narrow what SQL hands back. */
function narrowed<Word extends string>(words: readonly Word[], text: string): Word {
	const word = words.find((known) => known === text);
	if (word === undefined) throw new TypeError(`unknown word: ${text}`);
	return word;
}
export const classStatus = (text: string): ClassStatus => narrowed(CLASS_STATUSES, text);
export const registrationStatus = (text: string): RegistrationStatus => narrowed(REGISTRATION_STATUSES, text);
export const attendanceStatus = (text: string): AttendanceStatus => narrowed(ATTENDANCE_STATUSES, text);
export const classMode = (text: string): ClassMode => narrowed(CLASS_MODES, text);
export const sessionMode = (text: string): SessionMode => narrowed(SESSION_MODES, text);
