import { m } from '#platform/i18n/messages.ts';
import type { Option } from '#ui/Select.svelte';
import type { LeaderChoice } from '../server/queries/choices.ts';

/** Codes of people as words of the screen; a code that no word is known for is shown as it is. */

const EMPLOYMENT: Readonly<Record<string, () => string>> = {
	PNS: m['people.employment.PNS'],
	CPNS: m['people.employment.CPNS'],
	PPPK: m['people.employment.PPPK'],
	PPPK_PARUH_WAKTU: m['people.employment.PPPK_PARUH_WAKTU'],
	OFFICIAL: m['people.employment.OFFICIAL']
};

const LEGAL: Readonly<Record<string, () => string>> = {
	active: m['people.legal.active'],
	study: m['people.legal.study'],
	unpaidLeave: m['people.legal.unpaidLeave'],
	suspended: m['people.legal.suspended'],
	retiring: m['people.legal.retiring'],
	left: m['people.legal.left'],
	other: m['people.legal.other']
};

export const employmentWord = (code: string): string => EMPLOYMENT[code]?.() ?? code;
export const legalWord = (code: string): string => LEGAL[code]?.() ?? code;

const HOLDING: Readonly<Record<string, () => string>> = {
	plt: m['people.holding.plt'],
	plh: m['people.holding.plh'],
	additional: m['people.holding.additional']
};
export const holdingWord = (code: string | null): string => HOLDING[code ?? '']?.() ?? code ?? '';

/** Who leads a unit, in words: the one who stands in, the head, or that nobody does. */
export function headWords(unit: {
	headName: string | null;
	actingName: string | null;
	actingKind?: string | null;
	headUnknown?: boolean;
}): { text: string; missing: boolean } {
	if (unit.actingName !== null)
		return {
			text: m['people.tree.acting']({
				holding: holdingWord(unit.actingKind ?? 'plt'),
				name: unit.actingName
			}),
			missing: unit.headName === null
		};
	if (unit.headUnknown === true) return { text: m['people.tree.headUnknown'](), missing: false };
	return unit.headName === null
		? { text: m['people.tree.noHead'](), missing: true }
		: { text: m['people.tree.head']({ name: unit.headName }), missing: false };
}

const CORRECTED: Readonly<Record<string, () => string>> = {
	name: m['people.correction.field.name'],
	front_title: m['people.correction.field.front_title'],
	back_title: m['people.correction.field.back_title'],
	birth_date: m['people.correction.field.birth_date'],
	education_level: m['people.correction.field.education_level'],
	grade: m['people.correction.field.grade'],
	email: m['people.correction.field.email'],
	post_title: m['people.correction.field.post_title'],
	other: m['people.correction.field.other']
};
export const fieldWord = (code: string): string => CORRECTED[code]?.() ?? code;

const PRIVACY: Readonly<Record<string, () => string>> = {
	restrict: m['people.privacy.kind.restrict'],
	object: m['people.privacy.kind.object'],
	erase: m['people.privacy.kind.erase']
};
export const privacyWord = (code: string): string => PRIVACY[code]?.() ?? code;

type Status = { tone: 'waiting' | 'good' | 'bad' | 'neutral' | 'attention'; label: string };
const STATUS: Readonly<Record<string, { tone: Status['tone']; label: () => string }>> = {
	waiting: { tone: 'waiting', label: m['people.status.waiting'] },
	approved: { tone: 'good', label: m['people.status.approved'] },
	granted: { tone: 'good', label: m['people.status.granted'] },
	rejected: { tone: 'bad', label: m['people.status.rejected'] },
	refused: { tone: 'bad', label: m['people.status.refused'] },
	withdrawn: { tone: 'neutral', label: m['people.status.withdrawn'] },
	lifted: { tone: 'neutral', label: m['people.status.lifted'] },
	planned: { tone: 'waiting', label: m['people.status.planned'] },
	failed: { tone: 'attention', label: m['people.status.failed'] }
};
export const statusWord = (code: string): Status => {
	const known = STATUS[code];
	return known ? { tone: known.tone, label: known.label() } : { tone: 'neutral', label: code };
};

const ORDERS: Readonly<Record<string, () => string>> = {
	rename: m['people.order.rename'],
	move: m['people.order.move'],
	merge: m['people.order.merge'],
	split: m['people.order.split'],
	close: m['people.order.close']
};
export const orderWord = (code: string): string => ORDERS[code]?.() ?? code;

const WEEKDAYS = [
	m['people.weekday.0'],
	m['people.weekday.1'],
	m['people.weekday.2'],
	m['people.weekday.3'],
	m['people.weekday.4'],
	m['people.weekday.5'],
	m['people.weekday.6']
];
export const weekdayWord = (day: number): string => WEEKDAYS[day]?.() ?? '';

/** Days in words: a run of them from the first to the last, else each by name. */
export function weekdaysWords(days: readonly number[]): string {
	const [first, last] = [days[0], days.at(-1)];
	if (first === undefined || last === undefined) return '';
	if (days.length > 2 && last - first === days.length - 1)
		return `${weekdayWord(first)}–${weekdayWord(last)}`;
	return days.map(weekdayWord).join(', ');
}

/** Each language by its own name, as the switch says it. */
export const languageWord = (language: string | null): string =>
	language === 'id'
		? 'Bahasa Indonesia'
		: language === 'en'
			? 'English'
			: m['people.data.languageUnchosen']();

/** Who was looked for stands first, and is chosen where it is one. */
export function leaderOptions(leaders: readonly LeaderChoice[]): {
	options: Option[];
	only: string | undefined;
} {
	const found = leaders.filter((one) => one.found);
	return {
		options: leaders.map((one) => ({
			value: one.id,
			label: one.name,
			...(found.length === 0
				? {}
				: { group: one.found ? m['people.leader.found']() : m['people.leader.near']() })
		})),
		only: found.length === 1 ? found[0]?.id : undefined
	};
}
