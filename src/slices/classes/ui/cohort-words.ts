import { formatDate, formatDay, formatNumber } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';
import type { Tone } from '#ui/Tag.svelte';
import type { Distance, Nearness } from '../cohorts/distance.ts';
import type { Mixing } from '../cohorts/problem.ts';
import type { ChangeLine, cohortsOf, ReasonLine } from '../server/queries/split-sheet.ts';

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

const APART: Record<Distance, [word: () => string, tone: Tone]> = {
	0: [m['classes.apart.0'], 'good'],
	1: [m['classes.apart.1'], 'active'],
	2: [m['classes.apart.2'], 'neutral']
};
export const apartTag = (apart: Distance): { label: string; tone: Tone; icon: 'place' } => {
	const [word, tone] = APART[apart];
	return { label: word(), tone, icon: 'place' };
};

/** "8 dari kecamatan yang sama, 3 dari kecamatan bertetangga": those of a class whose way is known. */
export const nearWord = ({ same, neighbouring, farther }: Nearness): string =>
	(
		[
			[m['classes.near.same'], same],
			[m['classes.near.neighbouring'], neighbouring],
			[m['classes.near.farther'], farther]
		] as const
	)
		.flatMap(([word, people]) => (people > 0 ? [word({ people: formatNumber(people) })] : []))
		.join(', ');

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
		case 'noRoom':
			return m['classes.why.noRoom']({ seats: formatNumber(reason.seats), day: formatDate(reason.day) });
		case 'noFacilitator':
			return m['classes.why.noFacilitator']({ day: formatDate(reason.day) });
		case 'notHeld':
			return m['classes.why.notHeld']();
	}
}

/** "satu kursi lagi pada 12 Maret", "pengganti 2 jam di loket …": the change that would give them a place. */
export function changeWord(change: ChangeLine): string {
	switch (change.kind) {
		case 'seat':
			return m['classes.change.seat']({ day: formatDay(change.day) });
		case 'share':
			return m['classes.change.share']({ day: formatDay(change.day) });
		case 'room':
			return m['classes.change.room']({
				seats: formatNumber(change.seats),
				hours: formatNumber(change.hours, 1),
				day: formatDay(change.day)
			});
		case 'facilitator':
			return m['classes.change.facilitator']({
				hours: formatNumber(change.hours, 1),
				day: formatDay(change.day)
			});
		case 'substitute':
			return m['classes.change.substitute']({
				people: formatNumber(change.people),
				hours: formatNumber(change.hours, 1),
				role: change.role,
				unit: change.unit,
				day: formatDay(change.day)
			});
	}
}

type Given = Pick<
	ReturnType<typeof cohortsOf>[number],
	'room' | 'facilitator' | 'wants' | 'lacks' | 'hours' | 'days' | 'seats'
>;

/** What a class got, or what it lacks and for how many hours; null: it has its own by its schedule. Applied, it has what it got. */
export function givenWord(one: Given, kind: 'room' | 'facilitator', applied: boolean): string | null {
	if (applied) return one[kind];
	if (!one.wants[kind]) return null;
	const name = one[kind];
	if (one.lacks[kind]) {
		const day = formatDay(one.days[0] ?? '');
		const hours = formatNumber(one.hours, 1);
		return kind === 'room'
			? m['classes.split.lacksRoom']({ seats: formatNumber(one.seats), hours, day })
			: m['classes.split.lacksFacilitator']({ hours, day });
	}
	return name ?? (kind === 'room' ? m['classes.split.roomLater']() : m['classes.split.facilitatorLater']());
}
