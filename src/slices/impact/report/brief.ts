import { DOCUMENT_FONT } from '#platform/documents/fonts.ts';
import { printableJson } from '#platform/documents/printable.ts';
import { renderPdf } from '#platform/documents/render-pdf.ts';
import { formatDate, formatFixed, formatMonth, formatNumber } from '#platform/i18n/format.ts';
import { getLocale, m } from '#platform/i18n/messages.ts';
import type { ArmPoint } from '../rules.ts';
import type { Finding } from '../finding.ts';
import type { Remark } from '../server/queries/remarks.ts';
import type { UnitOfStudy } from '../server/queries/findings.ts';
import type { Study } from '../server/queries/studies.ts';
import { CHECK_WORDS, checkFigure, checkState } from '../ui/check-words.ts';
import { METHOD_WORDS } from '../ui/method-words.ts';
import { amount, pWords, seenBy, subjectWords, verdictTag, verdictWords } from '../ui/words.ts';
import { balanceChart } from './balance-chart.ts';
import { eventChart } from './event-chart.ts';
import { lineChart } from './line-chart.ts';

const TEMPLATE = String.raw`
#let d = json(bytes(sys.inputs.data))
#set document(title: d.question, author: d.agency)
#set text(font: "${DOCUMENT_FONT}", lang: d.language, size: 9.5pt, hyphenate: false)
#set par(leading: 0.6em, spacing: 0.9em)
#set page(paper: "a4", margin: (x: 20mm, top: 18mm, bottom: 18mm), footer: context {
  set text(size: 7.5pt, fill: rgb("#575d6f"))
  grid(columns: (1fr, auto), d.foot, [#counter(page).display() / #counter(page).final().first()])
})
#show heading.where(level: 2): set text(size: 10.5pt, weight: 700)
#show heading.where(level: 2): set block(above: 1.3em, below: 0.7em, sticky: true)
#show figure.caption: set text(size: 8.5pt, weight: 600)
#set figure(numbering: none, supplement: none)
#set figure.caption(position: top)
#let sheet(caption, head, rows, figures) = figure(kind: table, caption: caption, {
  set text(size: 8.5pt)
  table(columns: range(head.len()).map(at => if at == 0 { 1fr } else { auto }),
    align: (x, y) => if figures.contains(x) { right } else { left },
    stroke: 0.4pt + rgb("#8a91a5"), inset: (x: 1.6mm, y: 1.3mm),
    fill: (x, y) => if y == 0 { rgb("#eef1fb") },
    table.header(..head.map(cell => text(weight: 600, cell))), ..rows.flatten())
})
#text(size: 8.5pt, fill: rgb("#575d6f"))[#d.agency · #d.program]
#heading(level: 1, text(size: 15pt, weight: 700, d.question))
#block(fill: rgb("#eef1fb"), inset: 4mm, radius: 1mm, width: 100%)[
  #text(size: 12pt, weight: 700, d.verdict) \
  #text(size: 10.5pt, d.sentence)
  #if d.claim != "" [ \ #d.claim ]
  #if d.seen != "" [ \ #text(fill: rgb("#575d6f"), d.seen) ]
]
#if d.cautions.len() > 0 [
  == #d.cautionsTitle
  #list(..d.cautions)
]
#if sys.inputs.chart != "" [
  #figure(kind: image, caption: d.chartTitle, image(bytes(sys.inputs.chart), format: "svg", width: 100%, alt: d.chartTitle))
]
== #d.planTitle
#for (label, value) in d.facts [
  #grid(columns: (48mm, 4mm, 1fr), label, [:], value)
]
#sheet(d.checksTitle, d.checksHead, d.checks, ())
#sheet(d.waysTitle, d.waysHead, d.ways, (1, 2, 3))
#if sys.inputs.event != "" [
  #figure(kind: image, caption: d.eventTitle, image(bytes(sys.inputs.event), format: "svg", width: 100%, alt: d.eventTitle))
  #text(size: 8.5pt, d.eventNote)
]
#if sys.inputs.balance != "" [
  #figure(kind: image, caption: d.balanceTitle, image(bytes(sys.inputs.balance), format: "svg", width: 100%, alt: d.balanceTitle))
]
#if d.outcomes.len() > 0 [
  #sheet(d.outcomesTitle, d.outcomesHead, d.outcomes, (2, 3))
]
#if d.remarks.len() > 0 [
  == #d.remarksTitle
  #list(..d.remarks)
]
`;

export type Brief = {
	agency: string;
	study: Study;
	finding: Finding;
	means: readonly ArmPoint[];
	start: string | null;
	remarks: readonly Remark[];
	units: readonly Pick<UnitOfStudy, 'name' | 'endedOn'>[];
};

const MOST_REMARKS = 4;
const cut = (text: string, most: number): string =>
	text.length > most ? `${text.slice(0, most - 1)}…` : text;

/** Two pages for whoever decides: the answer, its picture, what was planned, what held, who said what. */
export function briefPdf(brief: Brief, createdAt: Date): Promise<Uint8Array> {
	return renderPdf(
		TEMPLATE,
		{
			data: printableJson(briefData(brief, createdAt)),
			chart: lineChart(brief.means, brief.start),
			event: eventChart(brief.finding.result.eventStudy),
			balance: balanceChart(brief.finding.analysis.balance)
		},
		{ createdAt, standard: 'ua-1' }
	);
}

/** Everything that the brief says. */
export function briefData({ agency, study, finding, means, start, remarks, units }: Brief, createdAt: Date) {
	const { indicator } = study;
	const unit = indicator.unitOfMeasure;
	const words = verdictWords(finding.verdict, indicator);
	const { analysis, result } = finding;
	const seen = seenBy(finding);
	const ended = units.flatMap(({ name, endedOn }) => (endedOn === null ? [] : [name]));
	const number = (value: number | null) => (value === null ? '–' : formatFixed(value, 2));
	const day = (at: Date) => formatDate(at.toISOString().slice(0, 10));
	return {
		language: getLocale(),
		agency,
		program: study.program,
		question: study.question,
		verdict: verdictTag(finding.verdict).label,
		sentence: words.sentence,
		claim: words.claim ?? '',
		seen:
			seen === null
				? ''
				: m['impact.found.detectable']({
						...subjectWords(indicator),
						size: amount(seen),
						unit,
						units: formatNumber(result.clusters.treated + result.clusters.comparison)
					}),
		cautionsTitle: m['impact.found.cautions'](),
		cautions: [
			...words.cautions,
			...(ended.length === 0 ? [] : [m['impact.brief.ended']({ names: cut(ended.join(', '), 200) })])
		],
		chartTitle: means.some(({ comparison }) => comparison !== null)
			? `${m['impact.found.means']()} (${unit}). ${m['impact.found.meansNote']()}`
			: `${m['impact.found.meansAlone']()} (${unit}). ${m['impact.found.meansNoteAlone']()}`,
		eventTitle: `${m['impact.found.event']()} (${unit})`,
		eventNote:
			analysis.followed === 'staggered_start'
				? m['impact.brief.eventNoteStarts']()
				: m['impact.found.eventNote'](),
		balanceTitle: `${m['impact.found.balance']()}. ${m['impact.found.balanceNote']()}`,
		planTitle: m['impact.plan.title'](),
		facts: [
			[m['impact.study.indicator'](), `${indicator.name} (${unit})`],
			[m['impact.study.design'](), DESIGN_WORDS[study.design]()],
			[
				m['impact.found.clusters'](),
				m['impact.found.clustersValue']({
					treated: formatNumber(result.clusters.treated),
					comparison: formatNumber(result.clusters.comparison)
				})
			],
			[
				m['impact.found.observations'](),
				m['impact.found.observationsValue']({
					count: formatNumber(result.observations),
					before: formatNumber(result.prePeriods),
					after: formatNumber(result.postPeriods)
				})
			],
			...(start === null ? [] : [[m['impact.study.startsFrom'](), formatMonth(start)]]),
			...(study.frozenAt === null
				? []
				: [[m['impact.study.frozenAt']({ date: '' }).trim(), day(study.frozenAt)]]),
			...(study.draw === null ? [] : [[m['impact.draw.seed'](), String(study.draw.seed)]]),
			// Broken in four, because a line of paper is shorter than a hash.
			[m['impact.plan.hash'](), study.fixed?.hash.replace(/(.{16})(?=.)/g, '$1 ') ?? m['impact.plan.old']()],
			[m['impact.study.spillover'](), study.spillover ?? '–']
		],
		checksTitle: m['impact.found.checks'](),
		checksHead: [m['impact.found.check'](), m['impact.found.checkResult'](), m['impact.found.checkFigure']()],
		checks: finding.checks.map((check) => [
			CHECK_WORDS[check.check](),
			checkState(check).label,
			checkFigure(check)
		]),
		waysTitle: m['impact.found.estimates'](),
		waysHead: [
			m['impact.found.method'](),
			m['impact.found.effect']({ unit }),
			m['impact.found.intervalShort'](),
			m['impact.found.p']()
		],
		ways: [analysis.main, ...analysis.others].map((one) => [
			METHOD_WORDS[one.method](),
			number(one.estimate),
			one.interval === null ? '–' : `${number(one.interval.lower)} … ${number(one.interval.upper)}`,
			one.pValue === null ? '–' : pWords(one.pValue)
		]),
		outcomesTitle: m['impact.found.outcomes'](),
		outcomesHead: [
			m['impact.indicators.name'](),
			m['impact.study.role'](),
			m['impact.found.intervalShort'](),
			m['impact.found.adjusted']()
		],
		outcomes: finding.outcomes.map(({ indicator: own, placebo, analysis: { main }, adjusted }) => [
			`${cut(own.name, 60)} (${own.unitOfMeasure})`,
			placebo ? m['impact.study.outcome.placebo']() : m['impact.study.outcome.outcome'](),
			main.interval === null ? '–' : `${number(main.interval.lower)} … ${number(main.interval.upper)}`,
			(adjusted ?? main.pValue) === null ? '–' : pWords(adjusted ?? main.pValue ?? 1)
		]),
		remarksTitle: m['impact.remark.title'](),
		remarks: remarks
			.slice(-MOST_REMARKS)
			.map(
				({ words: said, by, at }) => `${by ?? m['impact.remark.unnamed']()}, ${day(at)}: ${cut(said, 200)}`
			),
		foot: `${cut(study.question, 80)} · ${day(createdAt)}`
	};
}

const DESIGN_WORDS: Record<Study['design'], () => string> = {
	lottery: m['impact.study.design.lottery'],
	staggered_start: m['impact.study.design.staggered_start'],
	matched: m['impact.study.design.matched'],
	before_after_comparison: m['impact.study.design.before_after_comparison'],
	before_after: m['impact.study.design.before_after']
};
