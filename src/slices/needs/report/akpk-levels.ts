import { postLevelName } from '#slices/competencies/public.ts';
import { formatFixed, formatNumber, formatPercent } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';
import { elementName, goalSourceWord } from '../ui/need-words.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import type { Block } from './office-document.ts';
import type { ReportData } from './report-data.ts';
import type { Sheet, SheetCell } from './workbook.ts';

/**
 * The two upper levels of the analysis in a report; the third, by unit and person, is the map.
 * @law PP 11/2017 Ps 206; domain.md §6.1 (organisation → post → individual)
 */
export const organisationBlocks = (data: ReportData): Block[] => [
	data.goals.length === 0
		? { kind: 'text', text: m['needs.report.noGoals']() }
		: {
				kind: 'table',
				caption: m['needs.report.goalsCaption'](),
				head: goalHead(),
				rows: data.goals.map((goal) => [
					goal.unit,
					goal.goal,
					goalSourceWord(goal.source),
					goal.competency ?? '–',
					formatNumber(goal.weight, 2)
				]),
				figures: [4],
				wide: [0, 1]
			},
	data.service.length === 0
		? { kind: 'text', text: m['needs.report.noService']() }
		: {
				kind: 'table',
				caption: m['needs.report.serviceCaption'](),
				head: serviceHead(),
				rows: data.service.map((one) => [
					one.unit,
					String(one.year),
					formatFixed(Number(one.index), 2),
					one.grade ?? '–',
					one.weak.map(({ element }) => elementName(element)).join(', ') || '–'
				]),
				figures: [1, 2],
				wide: [0, 4]
			},
	{ kind: 'text', text: performanceText(data) }
];

const goalHead = () => [
	m['needs.report.unit'](),
	m['needs.report.goal'](),
	m['needs.report.source'](),
	m['needs.report.competency'](),
	m['needs.report.weight']()
];
const serviceHead = () => [
	m['needs.report.unit'](),
	m['needs.report.year'](),
	m['needs.report.index'](),
	m['needs.report.grade'](),
	m['needs.report.weak']()
];

function performanceText({ performance: { year, people, rated } }: ReportData): string {
	if (year === null) return m['needs.report.noPerformance']();
	// So few that the sentence would be about somebody.
	if (people > 0 && people < SMALLEST_GROUP)
		return m['needs.report.performanceFew']({
			year: String(year),
			smallest: String(SMALLEST_GROUP),
			rated: formatNumber(rated)
		});
	return m['needs.report.performanceText']({
		year: String(year),
		people: formatNumber(people),
		rated: formatNumber(rated),
		share: rated === 0 ? '–' : formatPercent(people / rated, 1)
	});
}

/** Level of posts × competency: mean levels missing to the standard. */
export function postBlocks({ columns, posts }: ReportData): Block[] {
	if (posts.length === 0) return [{ kind: 'text', text: m['needs.report.noPosts']() }];
	const figure = (rows: ReportData['posts'], competencyId: string): string => {
		const row = rows.find((one) => one.competencyId === competencyId);
		return row === undefined ? '–' : row.shortfall === null ? '•' : formatFixed(row.shortfall, 2);
	};
	return [
		{
			kind: 'table',
			caption: m['needs.report.postsCaption'](),
			head: [m['needs.report.postLevel'](), ...columns.map(({ code }) => code)],
			rows: [...Map.groupBy(posts, ({ postLevel }) => postLevel)].map(([level, rows]) => [
				postLevelName(level),
				...columns.map(({ id }) => figure(rows, id))
			]),
			figures: columns.map((_, at) => at + 1)
		}
	];
}

/** The same as sheets. */
export const levelSheets = (data: ReportData): Sheet[] => [
	{
		name: m['needs.report.sheet.organisation'](),
		notes: [performanceText(data)],
		head: [
			m['needs.report.kind'](),
			m['needs.report.unit'](),
			m['needs.report.fact'](),
			m['needs.report.value']()
		],
		rows: [
			...data.goals.map((goal): SheetCell[] => [
				goalSourceWord(goal.source),
				goal.unit,
				goal.goal,
				goal.weight
			]),
			...data.service.map((one): SheetCell[] => [
				m['needs.report.index'](),
				one.unit,
				[one.year, one.grade ?? '–', ...one.weak.map(({ element }) => elementName(element))].join(' · '),
				Number(one.index)
			])
		]
	},
	{
		name: m['needs.report.sheet.posts'](),
		notes: [m['needs.report.hiddenText']({ smallest: String(SMALLEST_GROUP) })],
		head: [
			m['needs.report.postLevel'](),
			m['needs.report.competency'](),
			m['needs.report.required'](),
			m['needs.report.measured'](),
			m['needs.report.shortfall'](),
			m['needs.report.likely']()
		],
		rows: data.posts.map((row) => [
			postLevelName(row.postLevel),
			row.competency,
			row.required,
			row.people < SMALLEST_GROUP ? `<${SMALLEST_GROUP}` : row.people,
			...(row.shortfall === null || row.likely === null
				? ['•', null]
				: [Number(row.shortfall.toFixed(3)), row.likely])
		])
	}
];
