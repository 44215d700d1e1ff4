import { m } from '#platform/i18n/messages.ts';
import type { ReportKind } from '../need-input.ts';

const KINDS: Record<ReportKind, () => string> = {
	akpk_pdf: m['needs.report.kinds.akpkPdf'],
	akpk_xlsx: m['needs.report.kinds.akpkXlsx'],
	a4q1_pdf: m['needs.report.kinds.a4q1Pdf'],
	a4q1_xlsx: m['needs.report.kinds.a4q1Xlsx'],
	a4q2_pdf: m['needs.report.kinds.a4q2Pdf'],
	a4q2_xlsx: m['needs.report.kinds.a4q2Xlsx']
};
export const reportOptions = () => Object.entries(KINDS).map(([value, word]) => ({ value, label: word() }));
export const reportWord = (kind: string): string =>
	reportOptions().find(({ value }) => value === kind)?.label ?? kind;
