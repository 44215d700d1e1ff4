import type { ComponentProps } from 'svelte';
import { echelonName } from '#kernel/posts.ts';
import { isValidDate } from '#kernel/time.ts';
import { formatDate, formatNumber } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';
import type Tag from '#ui/Tag.svelte';
import type { ImportCounts } from '../model.ts';
import type { Shown } from '../server/queries/import-rows.ts';
import { employmentWord, legalWord } from './words.ts';

/** Words of imports for the screen. */

export const importTag = (
	status: string,
	counts: Pick<ImportCounts, 'new' | 'changed' | 'wrong'>
): ComponentProps<typeof Tag> => {
	if (status === 'applied') return { tone: 'good', label: m['people.import.status.applied']() };
	if (status === 'checked' && counts.new + counts.changed > 0)
		return { tone: 'waiting', label: m['people.import.status.checked']() };
	if (status === 'checked')
		return counts.wrong > 0
			? { tone: 'attention', label: m['people.import.status.toMend']() }
			: { tone: 'neutral', label: m['people.import.status.same']() };
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
	undone: {
		new: m['people.import.undone.new'],
		changed: m['people.import.undone.changed'],
		wrong: m['people.import.applied.wrong'],
		warnings: m['people.import.notApplied.warnings']
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

const CODES: Readonly<Record<string, (code: string) => string>> = {
	active: (code) => (code === 'true' ? m['people.import.yes']() : m['people.import.no']()),
	legal_status: legalWord,
	employment_kind: employmentWord,
	sex: (code) => (code === 'male' ? m['people.import.male']() : m['people.import.female']()),
	echelon: (code) => echelonName(code) ?? code,
	kind: (code) => code.replaceAll('_', ' ')
};

/** A value of a changed field as people read it: codes of people and units in words, days as dates. */
export const valueInWords = (field: string, value: string): string =>
	CODES[field]?.(value) ?? (isValidDate(value) ? formatDate(value) : value);

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
