import { formatDate, formatFixed, formatNumber, formatPercent } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';
import type { HeatCell } from '../heat.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import { FACTORS } from '../priority.ts';
import { factorWord, formName, kindWord, needName, needStatusWord, quarterName } from '../ui/need-words.ts';
import { levelSheets, organisationBlocks, postBlocks } from './akpk-levels.ts';
import type { OfficeDocument } from './office-document.ts';
import type { ReportData, ReportRow } from './report-data.ts';
import type { Sheet, SheetCell } from './workbook.ts';

const few = (people: number): string =>
	people > 0 && people < SMALLEST_GROUP ? `<${SMALLEST_GROUP}` : formatNumber(people);
const fewCell = (people: number): SheetCell =>
	people > 0 && people < SMALLEST_GROUP ? `<${SMALLEST_GROUP}` : people;

/** Size, and how surely it can be said: a map that shows the one alone says too much. */
const cellText = (cell: HeatCell): string =>
	cell.state === 'hidden'
		? '•'
		: cell.state === 'empty'
			? '–'
			: cell.certainty === null
				? formatFixed(cell.meanShortfall, 2)
				: `${formatFixed(cell.meanShortfall, 2)} (${formatPercent(cell.certainty)})`;

const rowName = (row: ReportRow): string =>
	row.kind === 'total'
		? m['needs.report.total']({ unit: row.name })
		: row.kind === 'own'
			? m['needs.report.own']({ unit: row.name })
			: row.name;

const office = () => m['needs.report.office']();

/** The AKPK report: what it rests on and how it was computed, the three levels, proposals and their order. */
export function akpkDocument(data: ReportData, today: string): OfficeDocument {
	const { campaign, rule } = data;
	return {
		title: m['needs.report.akpkTitle']({ year: String(campaign.year) }),
		agency: data.agency.name,
		office: office(),
		facts: [
			[m['needs.report.campaign'](), campaign.name],
			[m['needs.report.period'](), `${formatDate(campaign.opensOn)} – ${formatDate(campaign.closesOn)}`],
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
				title: m['needs.report.chapterBasis'](),
				blocks: [
					{ kind: 'text', text: m['needs.report.basisText']() },
					{
						kind: 'text',
						text:
							data.run === null
								? m['needs.report.methodAnswers']()
								: m['needs.report.methodEstimate']({
										on: formatDate(data.run.on),
										ratings: formatNumber(data.run.ratings)
									})
					},
					{ kind: 'text', text: m['needs.report.hiddenText']({ smallest: String(SMALLEST_GROUP) }) },
					{
						kind: 'table',
						caption: m['needs.report.ruleCaption'](),
						head: [m['needs.report.factor'](), m['needs.report.weight']()],
						rows: FACTORS.map((factor) => [factorWord(factor), formatNumber(rule.weights[factor], 2)]),
						figures: [1]
					}
				]
			},
			{ title: m['needs.report.chapterOrganisation'](), blocks: organisationBlocks(data) },
			{ title: m['needs.report.chapterPosts'](), blocks: postBlocks(data) },
			{
				title: m['needs.report.chapterUnits'](),
				blocks: [
					{
						kind: 'table',
						caption: m['needs.report.columnsCaption'](),
						head: [m['needs.report.code'](), m['needs.report.competency']()],
						rows: data.columns.map(({ code, name }) => [code, name]),
						wide: [1]
					},
					...(data.run === null ? [] : [{ kind: 'text' as const, text: m['needs.report.certaintyText']() }]),
					...data.units.flatMap((unit) => [
						{ kind: 'heading' as const, text: unit.name },
						{
							kind: 'table' as const,
							caption: m['needs.report.unitCaption']({ unit: unit.name }),
							head: [m['needs.report.unit'](), ...data.columns.map(({ code }) => code)],
							rows: unit.rows.map((row) => [rowName(row), ...row.cells.map(cellText)]),
							figures: data.columns.map((_, at) => at + 1)
						}
					])
				]
			},
			{
				title: m['needs.report.chapterNeeds'](),
				blocks: [
					{
						kind: 'table',
						caption: m['needs.report.rankingCaption'](),
						head: [
							m['needs.report.rank'](),
							m['needs.report.need'](),
							m['needs.report.score'](),
							m['needs.report.people']()
						],
						rows: data.ranking
							.slice(0, 20)
							.map((need) => [
								String(need.rank),
								needName({ ...need, topic: need.name }),
								formatFixed(need.score, 2),
								few(need.counted.reach)
							]),
						figures: [0, 2, 3],
						wide: [1]
					},
					data.needs.length === 0
						? { kind: 'text', text: m['needs.report.noNeeds']() }
						: {
								kind: 'table',
								caption: m['needs.report.needsCaption'](),
								head: [
									m['needs.report.unit'](),
									m['needs.report.need'](),
									m['needs.report.people'](),
									m['needs.report.form'](),
									m['needs.report.quarter'](),
									m['needs.report.status']()
								],
								rows: data.needs.map((need) => [
									need.unit,
									needName(need),
									formatNumber(need.people),
									formName(need.form),
									quarterName(need.quarter),
									needStatusWord(need.status)
								]),
								figures: [2],
								wide: [0, 1]
							},
					{
						kind: 'text',
						text: m['needs.report.idpText']({
							agreed: formatNumber(data.idps.agreed),
							all: formatNumber(data.idps.all)
						})
					}
				]
			}
		],
		placeAndDate: `${data.agency.city}, ${formatDate(today)}`,
		signatures: [{ post: m['needs.report.signer'](), name: '…………………………' }],
		foot: m['needs.report.foot']({ year: String(campaign.year) })
	};
}

/** The same as sheets: summary, organisation, posts, map, proposals, method. */
export function akpkSheets(data: ReportData): Sheet[] {
	const { campaign } = data;
	return [
		{
			name: m['needs.report.sheet.summary'](),
			head: [m['needs.report.fact'](), m['needs.report.value']()],
			rows: [
				[m['needs.report.campaign'](), campaign.name],
				[m['needs.report.year'](), campaign.year],
				[m['needs.report.asked'](), data.asked],
				[m['needs.report.measured'](), data.measured],
				[m['needs.report.sheet.needs'](), data.needs.length],
				[m['needs.report.accepted'](), data.needs.filter(({ status }) => status === 'accepted').length],
				...data.ranking.map((need): [string, SheetCell] => [
					`${need.rank}. ${needName({ ...need, topic: need.name })}`,
					need.score
				])
			]
		},
		...levelSheets(data),
		{
			name: m['needs.report.sheet.map'](),
			notes: [m['needs.report.hiddenText']({ smallest: String(SMALLEST_GROUP) })],
			head: [
				m['needs.report.unit'](),
				m['needs.report.part'](),
				m['needs.report.competency'](),
				m['needs.report.measured'](),
				m['needs.report.shortfall'](),
				m['needs.report.share'](),
				m['needs.report.certainty']()
			],
			rows: data.units.flatMap((unit) =>
				unit.rows.flatMap((row) =>
					row.cells.map((cell, at): SheetCell[] => [
						unit.name,
						rowName(row),
						data.columns[at]?.name ?? '',
						...(cell.state === 'shown'
							? [
									cell.n,
									Number(cell.meanShortfall.toFixed(3)),
									Number(cell.shareWithGap.toFixed(3)),
									cell.certainty === null ? null : Number(cell.certainty.toFixed(3))
								]
							: [cell.state === 'hidden' ? '•' : null, null, null, null])
					])
				)
			)
		},
		{
			name: m['needs.report.sheet.needs'](),
			head: [
				m['needs.report.unit'](),
				m['needs.report.kind'](),
				m['needs.report.need'](),
				m['needs.report.people'](),
				m['needs.report.form'](),
				m['needs.report.quarter'](),
				m['needs.report.score'](),
				m['needs.report.status'](),
				m['needs.report.reason']()
			],
			rows: data.needs.map((need) => [
				need.unit,
				kindWord(need.kind),
				needName(need),
				need.people,
				formName(need.form),
				need.quarter,
				need.score,
				needStatusWord(need.status),
				need.reason
			])
		},
		{
			name: m['needs.report.sheet.method'](),
			head: [m['needs.report.fact'](), m['needs.report.value']()],
			rows: [
				[m['needs.report.chapterBasis'](), m['needs.report.basisText']()],
				[
					m['needs.report.sheet.method'](),
					data.run === null
						? m['needs.report.methodAnswers']()
						: m['needs.report.methodEstimate']({
								on: formatDate(data.run.on),
								ratings: formatNumber(data.run.ratings)
							})
				],
				...FACTORS.map((factor): [string, SheetCell] => [factorWord(factor), data.rule.weights[factor]]),
				[m['needs.report.ruleReason'](), data.rule.reason],
				...data.ranking.flatMap((need): SheetCell[][] =>
					need.kind === 'competency'
						? [[needName({ ...need, topic: need.name }), fewCell(need.counted.reach)]]
						: []
				)
			]
		}
	];
}
