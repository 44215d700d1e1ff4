import { formatDate, formatDay, formatNumber } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';
import type { Tone } from '#ui/Tag.svelte';
import type { Mixing } from '../cohorts/problem.ts';
import type { ChangeLine, ReasonLine } from '../server/queries/split-sheet.ts';

const ABSENCE: Record<'leave' | 'duty', [word: () => string, tone: Tone]> = {
	leave: [m['classes.absence.leave'], 'neutral'],
	duty: [m['classes.absence.duty'], 'active']
};
export const absenceTag = (kind: 'leave' | 'duty'): { label: string; tone: Tone } => {
	const [word, tone] = ABSENCE[kind];
	return { label: word(), tone };
};
export const absenceOptions = (): { value: string; label: string }[] =>
	Object.entries(ABSENCE).map(([value, [word]]) => ({ value, label: word() }));

const MIXING: Record<Mixing, [word: () => string, hint: () => string]> = {
	free: [m['classes.split.free'], m['classes.split.freeHint']],
	mixed: [m['classes.split.mixedUnits'], m['classes.split.mixedHint']],
	together: [m['classes.split.together'], m['classes.split.togetherHint']]
};
export const mixingOptions = (): { value: string; label: string; hint: string }[] =>
	Object.entries(MIXING).map(([value, [word, hint]]) => ({ value, label: word(), hint: hint() }));

const STATUS: Record<string, [word: () => string, tone: Tone]> = {
	draft: [m['classes.split.draft'], 'waiting'],
	solved: [m['classes.split.solved'], 'active'],
	applied: [m['classes.split.done'], 'good']
};
export const splitTag = (status: string): { label: string; tone: Tone } => {
	const [word, tone] = STATUS[status] ?? [m['classes.split.draft'], 'waiting'];
	return { label: word(), tone };
};

/** Why somebody is not in a class, in a sentence that names the counter and the day. */
export function reasonWord(reason: ReasonLine): string {
	switch (reason.kind) {
		case 'short':
			return m['classes.why.short']({
				role: reason.role,
				unit: reason.unit,
				day: formatDate(reason.day),
				present: formatNumber(reason.present),
				required: formatNumber(reason.required)
			});
		case 'full':
			return m['classes.why.full']({ seats: formatNumber(reason.seats) });
		case 'share':
			return m['classes.why.share']({ seats: formatNumber(reason.seats) });
		case 'away':
			return m['classes.why.away']({ day: formatDate(reason.day) });
		case 'forbidden':
			return m['classes.why.forbidden']();
		case 'mixing':
			return m['classes.why.mixing']();
		case 'notHeld':
			return m['classes.why.notHeld']();
	}
}

/** "satu kursi lagi pada 12 Maret", "pengganti 2 jam di loket …": the change that would give them a place. */
export const changeWord = (change: ChangeLine): string =>
	change.kind === 'seat'
		? m['classes.change.seat']({ day: formatDay(change.day) })
		: change.kind === 'share'
			? m['classes.change.share']({ day: formatDay(change.day) })
			: m['classes.change.substitute']({
					people: formatNumber(change.people),
					hours: formatNumber(change.hours, 1),
					role: change.role,
					unit: change.unit,
					day: formatDay(change.day)
				});
