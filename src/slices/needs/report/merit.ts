import { formatDate, formatNumber, formatPercent } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';
import { postLevelName } from '#slices/competencies/public.ts';
import { hiddenParts } from '../heat.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import type { MeasuredRow, StandardRow } from './merit-data.ts';
import type { OfficeDocument } from './office-document.ts';
import type { ReportData } from './report-data.ts';
import type { Sheet } from './workbook.ts';

/**
 * Levels held by fewer than five: a count of the measured would say who was not. With them as many of the next as it takes
 * that the total, which the page states, does not give them away.
 */
const hiddenLevels = (rows: readonly MeasuredRow[]): Set<string> =>
	hiddenParts(new Map(rows.map(({ postLevel, staff }) => [postLevel, staff])), false, SMALLEST_GROUP);

const base = (data: ReportData, title: string, today: string) => ({
	title,
	agency: data.agency.name,
	office: m['needs.report.office'](),
	placeAndDate: `${data.agency.city}, ${formatDate(today)}`,
	signatures: [{ post: m['needs.report.signer'](), name: '…………………………' }],
	foot: m['needs.report.meritFoot']()
});

/** Evidence for a4q1 of the merit system 2026: which posts have a decreed standard, since when, used for what. */
export function standardsDocument(
	data: ReportData,
	rows: readonly StandardRow[],
	today: string
): OfficeDocument {
	const staff = rows.reduce((sum, row) => sum + row.staff, 0);
	const covered = rows.reduce((sum, row) => sum + (row.competencies > 0 ? row.staff : 0), 0);
	return {
		...base(data, m['needs.report.a4q1Title'](), today),
		facts: [
			[m['needs.report.onDay'](), formatDate(today)],
			[
				m['needs.report.standardCoverage'](),
				m['needs.report.coverageShare']({
					covered: formatNumber(covered),
					all: formatNumber(staff),
					share: staff === 0 ? '–' : formatPercent(covered / staff, 1)
				})
			]
		],
		chapters: [
			{
				title: m['needs.report.a4q1Have'](),
				blocks: [
					{
						kind: 'table',
						caption: m['needs.report.a4q1Caption'](),
						head: standardHead(),
						rows: rows.map((row) => [
							postLevelName(row.postLevel),
							formatNumber(row.staff),
							formatNumber(row.competencies),
							row.from === null ? '–' : formatDate(row.from),
							row.bases || '–'
						]),
						figures: [1, 2],
						wide: [0, 4]
					}
				]
			},
			{ title: m['needs.report.used'](), blocks: [{ kind: 'text', text: usedText(data) }] }
		]
	};
}

const standardHead = () => [
	m['needs.report.postLevel'](),
	m['needs.report.staff'](),
	m['needs.report.competencies'](),
	m['needs.report.validFrom'](),
	m['needs.report.legalBasis']()
];

export const standardsSheets = (rows: readonly StandardRow[]): Sheet[] => [
	{
		name: 'a4q1',
		head: standardHead(),
		rows: rows.map((row) => [postLevelName(row.postLevel), row.staff, row.competencies, row.from, row.bases])
	}
];

/** Evidence for a4q2: who was measured, by level of posts, and what the results were used for. */
export function measurementDocument(
	data: ReportData,
	rows: readonly MeasuredRow[],
	today: string
): OfficeDocument {
	const hidden = hiddenLevels(rows);
	return {
		...base(data, m['needs.report.a4q2Title'](), today),
		facts: [
			[m['needs.report.campaign'](), data.campaign.name],
			[
				m['needs.report.period'](),
				`${formatDate(data.campaign.opensOn)} – ${formatDate(data.campaign.closesOn)}`
			],
			[
				m['needs.report.coverage'](),
				m['needs.report.coverageText']({
					measured: formatNumber(data.measured),
					asked: formatNumber(data.asked)
				})
			]
		],
		chapters: [
			{
				title: m['needs.report.a4q2Have'](),
				blocks: [
					{
						kind: 'table',
						caption: m['needs.report.a4q2Caption'](),
						head: measuredHead(),
						rows: rows.map((row) => [
							postLevelName(row.postLevel),
							formatNumber(row.staff),
							...(hidden.has(row.postLevel)
								? ['•', '•', '•']
								: [
										formatNumber(row.asked),
										formatNumber(row.measured),
										formatPercent(row.measured / row.staff, 1)
									])
						]),
						figures: [1, 2, 3, 4]
					},
					...(hidden.size > 0
						? [
								{
									kind: 'text' as const,
									text: m['needs.report.hiddenText']({ smallest: String(SMALLEST_GROUP) })
								}
							]
						: [])
				]
			},
			{ title: m['needs.report.used'](), blocks: [{ kind: 'text', text: usedText(data) }] }
		]
	};
}

const measuredHead = () => [
	m['needs.report.postLevel'](),
	m['needs.report.staff'](),
	m['needs.report.asked'](),
	m['needs.report.measured'](),
	m['needs.report.shareMeasured']()
];

export function measurementSheets(rows: readonly MeasuredRow[]): Sheet[] {
	const hidden = hiddenLevels(rows);
	return [
		{
			name: 'a4q2',
			notes: [m['needs.report.hiddenText']({ smallest: String(SMALLEST_GROUP) })],
			head: measuredHead(),
			rows: rows.map((row) => [
				postLevelName(row.postLevel),
				row.staff,
				...(hidden.has(row.postLevel)
					? ['•', '•', null]
					: [row.asked, row.measured, Number((row.measured / row.staff).toFixed(3))])
			])
		}
	];
}

const usedText = (data: ReportData): string =>
	m['needs.report.usedText']({
		needs: formatNumber(data.needs.length),
		accepted: formatNumber(data.needs.filter(({ status }) => status === 'accepted').length),
		idps: formatNumber(data.idps.all),
		agreed: formatNumber(data.idps.agreed),
		year: String(data.campaign.year)
	});
