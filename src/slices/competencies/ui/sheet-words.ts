import { m } from '#platform/i18n/messages.ts';
import { IMPORT_KINDS, type ImportKind, type ImportStatus } from '../model.ts';

export const SHEET_KINDS = IMPORT_KINDS;

const KINDS: Record<ImportKind, () => string> = {
	national: m['competencies.version.national'],
	technical: m['competencies.version.technical'],
	standards: m['competencies.standards.title']
};
export const sheetKindName = (kind: ImportKind): string => KINDS[kind]();

const STATUSES = {
	checked: { tone: 'waiting', label: m['competencies.sheet.checked'] },
	applied: { tone: 'good', label: m['competencies.sheet.applied'] },
	discarded: { tone: 'neutral', label: m['competencies.sheet.discarded'] }
} as const;
export const sheetTag = (status: ImportStatus) => ({
	tone: STATUSES[status].tone,
	label: STATUSES[status].label()
});
