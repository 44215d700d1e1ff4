import type { ComponentProps } from 'svelte';
import { formatNumber } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';
import type Tag from '#ui/Tag.svelte';
import type { ImportCounts } from '../model.ts';
import type { Shown } from '../server/queries/import-rows.ts';

/** Words of imports for the screen. */

export const importTag = (status: string): ComponentProps<typeof Tag> => {
	if (status === 'applied') return { tone: 'good', label: m['people.import.status.applied']() };
	if (status === 'checked') return { tone: 'waiting', label: m['people.import.status.checked']() };
	if (status === 'expired') return { tone: 'neutral', label: m['people.import.status.expired']() };
	if (status === 'undone') return { tone: 'neutral', label: m['people.import.status.undone']() };
	return { tone: 'neutral', label: m['people.import.status.discarded']() };
};

const SHOWN: Record<Shown, { label: () => string; detail: () => string }> = {
	new: { label: m['people.import.shown.new'], detail: m['people.import.detail.new'] },
	changed: { label: m['people.import.shown.changed'], detail: m['people.import.detail.changed'] },
	unchanged: { label: m['people.import.shown.unchanged'], detail: m['people.import.detail.unchanged'] },
	wrong: { label: m['people.import.shown.wrong'], detail: m['people.import.detail.wrong'] },
	warnings: { label: m['people.import.shown.warnings'], detail: m['people.import.detail.warnings'] },
	missing: { label: m['people.import.shown.missing'], detail: m['people.import.detail.missing'] }
};
/** What is said otherwise once the file is applied or thrown away. */
const AFTERWARDS: Record<string, Partial<Record<Shown, () => string>>> = {
	applied: {
		new: m['people.import.applied.new'],
		changed: m['people.import.applied.changed'],
		wrong: m['people.import.applied.wrong']
	},
	discarded: {
		new: m['people.import.notApplied.new'],
		changed: m['people.import.notApplied.changed'],
		wrong: m['people.import.notApplied.wrong'],
		warnings: m['people.import.notApplied.warnings']
	}
};

export const shownWord = (shown: Shown): string => SHOWN[shown].label();
export const shownDetail = (shown: Shown, status: string): string =>
	(AFTERWARDS[status]?.[shown] ?? SHOWN[shown].detail)();

/** What a file does, did or would have done, after the number of rows that it is about. */
export function importAnswer(
	status: string,
	counts: Pick<ImportCounts, 'rows' | 'new' | 'changed' | 'wrong'>
): string {
	const ready = counts.new + counts.changed;
	const facts = { rows: formatNumber(counts.rows), wrong: formatNumber(counts.wrong) };
	if (status === 'undone') return m['people.import.undoneAnswer']();
	if (status === 'expired') return m['people.import.expiredAnswer']();
	if (ready === 0 && counts.wrong === 0) return m['people.import.nothing'](facts);
	if (ready === 0) return m['people.import.onlyWrong'](facts);
	if (status === 'discarded') return m['people.import.notApplied'](facts);
	if (status === 'applied')
		return counts.wrong === 0 ? m['people.import.appliedAll']() : m['people.import.appliedSome'](facts);
	return counts.wrong === 0 ? m['people.import.readyAll']() : m['people.import.ready'](facts);
}
