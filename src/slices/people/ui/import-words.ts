import type { ComponentProps } from 'svelte';
import { formatNumber } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';
import type Tag from '#ui/Tag.svelte';
import type { ImportCounts } from '../model.ts';
import type { Shown } from '../server/queries/imports.ts';

/** Words of imports for the screen. */

export const kindWord = (kind: 'units' | 'people'): string =>
	kind === 'units' ? m['people.import.kind.units']() : m['people.import.kind.people']();

export const importTag = (status: string): ComponentProps<typeof Tag> => {
	if (status === 'applied') return { tone: 'good', label: m['people.import.status.applied']() };
	if (status === 'checked') return { tone: 'waiting', label: m['people.import.status.checked']() };
	return { tone: 'neutral', label: m['people.import.status.discarded']() };
};

const FIELDS: Readonly<Record<string, () => string>> = {
	nip: m['people.import.field.nip'],
	external_id: m['people.import.field.external_id'],
	name: m['people.import.field.name'],
	front_title: m['people.import.field.front_title'],
	back_title: m['people.import.field.back_title'],
	sex: m['people.import.field.sex'],
	birth_date: m['people.import.field.birth_date'],
	employment_kind: m['people.import.field.employment_kind'],
	legal_status: m['people.import.field.legal_status'],
	active: m['people.import.field.active'],
	grade: m['people.import.field.grade'],
	education_level: m['people.import.field.education_level'],
	email: m['people.import.field.email'],
	unit: m['people.import.field.unit'],
	post_title: m['people.import.field.post_title'],
	post_level: m['people.import.field.post_level'],
	post_since: m['people.import.field.post_since'],
	kind: m['people.import.field.kind'],
	code: m['people.import.field.code'],
	parent: m['people.import.field.parent'],
	head_title: m['people.import.field.head_title'],
	echelon: m['people.import.field.echelon'],
	head_external_id: m['people.import.field.head_external_id']
};
export const fieldWord = (field: string): string => FIELDS[field]?.() ?? field;

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
	if (ready === 0 && counts.wrong === 0) return m['people.import.nothing'](facts);
	if (ready === 0) return m['people.import.onlyWrong'](facts);
	if (status === 'discarded') return m['people.import.notApplied'](facts);
	if (status === 'applied')
		return counts.wrong === 0 ? m['people.import.appliedAll']() : m['people.import.appliedSome'](facts);
	return counts.wrong === 0 ? m['people.import.readyAll']() : m['people.import.ready'](facts);
}
