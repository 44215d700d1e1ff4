import { formatDate, formatDay, formatNumber, formatTime } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';
import { FORMS, formWord } from '#slices/programs/public.ts';
import type { Tone } from '#ui/Tag.svelte';
import { priceOf, type SoftConflict } from '../conflicts.ts';
import type { Away } from '../coverage.ts';
import {
	FACILITATOR_KINDS,
	SESSION_MODES,
	type Approval,
	type AttendanceStatus,
	type ClassMode,
	type ClassStatus,
	type PostKind,
	type FacilitatorKind,
	type HolidayKind,
	type RegistrationStatus
} from '../model.ts';

const CLASS: Record<ClassStatus, [word: () => string, tone: Tone]> = {
	planned: [m['classes.status.planned'], 'neutral'],
	open: [m['classes.status.open'], 'active'],
	running: [m['classes.status.running'], 'active'],
	finished: [m['classes.status.finished'], 'good'],
	cancelled: [m['classes.status.cancelled'], 'bad']
};
export const classTag = (status: ClassStatus): { label: string; tone: Tone } => {
	const [word, tone] = CLASS[status];
	return { label: word(), tone };
};
export const classStatusOptions = (): { value: string; label: string }[] =>
	Object.entries(CLASS).map(([value, [word]]) => ({ value, label: word() }));

const REGISTRATION: Record<RegistrationStatus, [word: () => string, tone: Tone]> = {
	requested: [m['classes.registration.requested'], 'waiting'],
	approved: [m['classes.registration.approved'], 'waiting'],
	waiting: [m['classes.registration.waiting'], 'attention'],
	offered: [m['classes.registration.offered'], 'attention'],
	enrolled: [m['classes.registration.enrolled'], 'good'],
	rejected: [m['classes.registration.rejected'], 'bad'],
	withdrawn: [m['classes.registration.withdrawn'], 'neutral'],
	passed: [m['classes.registration.passed'], 'good'],
	failed: [m['classes.registration.failed'], 'bad']
};
export const registrationTag = (status: RegistrationStatus): { label: string; tone: Tone } => {
	const [word, tone] = REGISTRATION[status];
	return { label: word(), tone };
};

const MARK: Record<AttendanceStatus, [word: () => string, tone: Tone]> = {
	present: [m['classes.mark.present'], 'good'],
	late: [m['classes.mark.late'], 'attention'],
	excused: [m['classes.mark.excused'], 'waiting'],
	absent: [m['classes.mark.absent'], 'bad']
};
export const markWord = (mark: AttendanceStatus): string => MARK[mark][0]();
export const markTag = (mark: AttendanceStatus): { label: string; tone: Tone } => {
	const [word, tone] = MARK[mark];
	return { label: word(), tone };
};

const VIA: Record<string, () => string> = {
	hand: m['classes.via.hand'],
	qr: m['classes.via.qr'],
	voice: m['classes.via.voice'],
	request: m['classes.via.request']
};
/** How a mark came about. */
export const viaWord = (via: string): string => VIA[via]?.() ?? via;

const REQUEST: Record<string, [word: () => string, tone: Tone]> = {
	asked: [m['classes.ask.status.asked'], 'waiting'],
	accepted: [m['classes.ask.status.accepted'], 'good'],
	declined: [m['classes.ask.status.declined'], 'bad'],
	withdrawn: [m['classes.ask.status.withdrawn'], 'neutral']
};
export const requestTag = (status: string): { label: string; tone: Tone } => {
	const [word, tone] = REQUEST[status] ?? [() => status, 'neutral' as const];
	return { label: word(), tone };
};

const GONE: Record<Away['why'] | 'away', () => string> = {
	leave: m['classes.gone.leave'],
	duty: m['classes.gone.duty'],
	class: m['classes.gone.class'],
	teaching: m['classes.gone.teaching'],
	away: m['classes.gone.away']
};
/** Why somebody is not at their counter, as far as the reader may know. */
export const goneWord = (why: keyof typeof GONE): string => GONE[why]();

const MODE: Record<ClassMode, () => string> = {
	class: m['classes.mode.class'],
	field: m['classes.mode.field'],
	online: m['classes.mode.online'],
	blended: m['classes.mode.blended'],
	self_paced: m['classes.mode.self_paced'],
	workplace: m['classes.mode.workplace']
};
export const modeWord = (mode: ClassMode): string => MODE[mode]();
export const modeOptions = (): { value: string; label: string }[] =>
	Object.entries(MODE).map(([value, word]) => ({ value, label: word() }));
export const sessionModeOptions = (): { value: string; label: string }[] =>
	SESSION_MODES.map((mode) => ({ value: mode, label: MODE[mode]() }));

/** Bentuk of a program or a template, by its code. */
export const formatForm = (code: string): string => {
	const known = FORMS.find((form) => form === code);
	return known === undefined ? code : formWord(known);
};
export const formOptions = (): { value: string; label: string }[] =>
	FORMS.map((form) => ({ value: form, label: formWord(form) }));

const TEACHER: Record<FacilitatorKind, () => string> = {
	widyaiswara: m['classes.teacher.widyaiswara'],
	instruktur: m['classes.teacher.instruktur'],
	praktisi: m['classes.teacher.praktisi'],
	pakar: m['classes.teacher.pakar'],
	tutor: m['classes.teacher.tutor'],
	coach: m['classes.teacher.coach'],
	mentor: m['classes.teacher.mentor'],
	narasumber: m['classes.teacher.narasumber']
};
export const teacherWord = (kind: FacilitatorKind): string => TEACHER[kind]();
export const teacherOptions = (): { value: string; label: string }[] =>
	FACILITATOR_KINDS.map((kind) => ({ value: kind, label: TEACHER[kind]() }));

const HOLIDAY: Record<HolidayKind, () => string> = {
	national: m['classes.holiday.national'],
	joint_leave: m['classes.holiday.joint_leave'],
	regional: m['classes.holiday.regional']
};
export const holidayWord = (kind: HolidayKind): string => HOLIDAY[kind]();
export const holidayOptions = (): { value: string; label: string }[] =>
	Object.entries(HOLIDAY).map(([value, word]) => ({ value, label: word() }));

/** "9 Maret 2027", or "9–11": the days of a class in words. */
export const daysWord = (startsOn: string, endsOn: string): string =>
	startsOn === endsOn ? formatDate(startsOn) : `${formatDay(startsOn)} – ${formatDate(endsOn)}`;

/** A clock of the agency ('08:30') as people write it: 08.30. */
export const clockWord = (clock: string): string => formatTime(new Date(`2000-01-01T${clock}:00Z`), 'UTC');

export const hoursWord = (startsAt: Date, endsAt: Date, zone: string | undefined): string =>
	`${formatTime(startsAt, zone)}–${formatTime(endsAt, zone)}`;

const APPROVAL: Record<Approval, () => string> = {
	none: m['classes.seatRules.approval.none'],
	supervisor: m['classes.seatRules.approval.supervisor'],
	office: m['classes.seatRules.approval.office']
};
export const approvalWord = (approval: Approval): string => APPROVAL[approval]();
export const approvalOptions = (): { value: string; label: string }[] =>
	Object.entries(APPROVAL).map(([value, word]) => ({ value, label: word() }));

const POST_KIND: Record<PostKind, () => string> = {
	structural: m['classes.postKind.structural'],
	functional: m['classes.postKind.functional'],
	general: m['classes.postKind.general'],
	official: m['classes.postKind.official']
};
export const postKindOptions = (): { value: string; label: string }[] =>
	Object.entries(POST_KIND).map(([value, word]) => ({ value, label: word() }));
const CONFLICT: Record<
	SoftConflict['kind'],
	(it: { hours: string; minutes: string; people: string; name: string }) => string
> = {
	holiday: m['classes.conflict.holiday'],
	weekend: m['classes.conflict.weekend'],
	friday: m['classes.conflict.friday'],
	ramadan: m['classes.conflict.ramadan'],
	outside: m['classes.conflict.outside'],
	guest: m['classes.conflict.guest'],
	small: m['classes.conflict.small'],
	counter: m['classes.conflict.counter']
};
/** What is wrong with a time or a room, and what that costs: hours of people, or chairs. */
export const conflictWord = (conflict: SoftConflict): string =>
	CONFLICT[conflict.kind]({
		hours: formatNumber(priceOf(conflict), 1),
		minutes: formatNumber(conflict.minutes),
		people: formatNumber(conflict.people),
		name: conflict.name
	});
