import { formatFixed, formatNumber, formatPercent, withSign } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';
import type { IconName } from '#ui/icon-paths.ts';
import type { Tone } from '#ui/Tag.svelte';
import type { Finding } from '../finding.ts';
import type { Design, Indicator } from '../model.ts';
import type { Caution, Claim, Verdict } from '../verdict.ts';

/** As many decimals as tell something at this size. */
export const amount = (value: number): string =>
	formatFixed(value, Math.abs(value) < 1 ? 2 : Math.abs(value) < 100 ? 1 : 0);
export const signed = (value: number): string => withSign(value, amount(value));

// Each message is named where it is used: a key put together at run time would send the browser every message there is.
const LOOKS: Record<Verdict['verdict'], { tone: Tone; icon: IconName; word: () => string }> = {
	better: { tone: 'good', icon: 'done', word: m['impact.label.better'] },
	worse: { tone: 'bad', icon: 'stop', word: m['impact.label.worse'] },
	noEvidence: { tone: 'neutral', icon: 'dash', word: m['impact.label.noEvidence'] },
	cannotTell: { tone: 'attention', icon: 'attention', word: m['impact.label.cannotTell'] }
};

const SENTENCES = {
	'impact.verdict.noTreated': m['impact.verdict.noTreated'],
	'impact.verdict.noComparison': m['impact.verdict.noComparison'],
	'impact.verdict.noAfter': m['impact.verdict.noAfter'],
	'impact.verdict.tooFewBefore': m['impact.verdict.tooFewBefore'],
	'impact.verdict.tooFewUnits': m['impact.verdict.tooFewUnits'],
	'impact.verdict.tooFewGroups': m['impact.verdict.tooFewGroups'],
	'impact.verdict.pathsDiffered': m['impact.verdict.pathsDiffered'],
	'impact.verdict.treatmentStopped': m['impact.verdict.treatmentStopped'],
	'impact.verdict.beforeAfterOnly': m['impact.verdict.beforeAfterOnly'],
	'impact.verdict.constant': m['impact.verdict.constant'],
	'impact.verdict.separated': m['impact.verdict.separated'],
	'impact.verdict.noOverlap': m['impact.verdict.noOverlap'],
	'impact.verdict.collinear': m['impact.verdict.collinear'],
	'impact.verdict.unbalanced': m['impact.verdict.unbalanced'],
	'impact.verdict.placeboMoved': m['impact.verdict.placeboMoved'],
	'impact.verdict.better': m['impact.verdict.better'],
	'impact.verdict.betterButSmall': m['impact.verdict.betterButSmall'],
	'impact.verdict.worse': m['impact.verdict.worse'],
	'impact.verdict.noEvidence': m['impact.verdict.noEvidence'],
	'impact.verdict.noUsefulChange': m['impact.verdict.noUsefulChange']
};

/** Units or people, as a sentence needs the word. */
export const subjectWords = ({ subject }: Pick<Indicator, 'subject'>) =>
	subject === 'person'
		? {
				at: m['impact.word.atPeople'](),
				subjects: m['impact.word.people'](),
				subject: m['impact.word.onePerson']()
			}
		: {
				at: m['impact.word.atUnits'](),
				subjects: m['impact.word.units'](),
				subject: m['impact.word.oneUnit']()
			};
type Said = (inputs: { at: string; subjects: string }) => string;

const CAUTIONS: Record<Caution, Said> = {
	'impact.caution.fewUnits': m['impact.caution.fewUnits'],
	'impact.caution.differentStarts': m['impact.caution.differentStarts'],
	'impact.caution.chosenAfterwards': m['impact.caution.chosenAfterwards'],
	'impact.caution.drawNotKept': m['impact.caution.drawNotKept'],
	'impact.caution.pathsByChance': m['impact.caution.pathsByChance'],
	'impact.caution.dealtAgain': m['impact.caution.dealtAgain'],
	'impact.caution.severalOutcomes': m['impact.caution.severalOutcomes'],
	'impact.caution.unitsLost': m['impact.caution.unitsLost'],
	'impact.caution.unitsAside': m['impact.caution.unitsAside']
};

const DESIGNS: Record<Design, () => string> = {
	lottery: m['impact.study.design.lottery'],
	staggered_start: m['impact.study.design.staggered_start'],
	matched: m['impact.study.design.matched'],
	before_after_comparison: m['impact.study.design.before_after_comparison'],
	before_after: m['impact.study.design.before_after']
};
export const designWord = (design: Design): string => DESIGNS[design]();

/** What the difference may be put down to: more than the design carries is never said. */
const CLAIMS: Record<Claim, Said> = {
	lot: m['impact.claim.lot'],
	starts: m['impact.claim.starts'],
	alike: m['impact.claim.alike'],
	compared: m['impact.claim.compared']
};

export function verdictTag({ verdict }: Pick<Verdict, 'verdict'>): {
	tone: Tone;
	icon: IconName;
	label: string;
} {
	const { tone, icon, word } = LOOKS[verdict];
	return { tone, icon, label: word() };
}

/** An end of the interval in words: changes count in the good direction. */
function endOf(change: number, unit: string): string {
	if (change === 0) return m['impact.word.same']();
	const size = amount(Math.abs(change));
	return change > 0 ? m['impact.word.betterBy']({ size, unit }) : m['impact.word.worseBy']({ size, unit });
}

/**
 * The verdict in a sentence, and what must be said in the same breath. Written so that a mayor understands it and a
 * statistician accepts it; only where lots were drawn does it put the difference down to the training.
 */
export function verdictWords(
	verdict: Verdict,
	indicator: Indicator
): { sentence: string; claim: string | null; cautions: string[] } {
	const { params } = verdict;
	const change = params['change'] ?? 0;
	const lowest = params['lowest'] ?? 0;
	const highest = params['highest'] ?? 0;
	const unit = indicator.unitOfMeasure;
	// A change for the better is downwards where lower is better.
	const up = change > 0 === (indicator.better === 'higher');
	const ends = [Math.abs(lowest), Math.abs(highest)].sort((a, b) => a - b);
	const said = subjectWords(indicator);
	const sentence = SENTENCES[verdict.messageKey]({
		at: said.at,
		subjects: said.subjects,
		groups: formatNumber(params['groups'] ?? 0),
		indicator: indicator.name,
		unit,
		direction: up ? m['impact.word.higher']() : m['impact.word.lower'](),
		size: amount(params['size'] ?? 0),
		least: amount(ends[0] ?? 0),
		most: amount(ends[1] ?? 0),
		lowest: endOf(lowest, unit),
		highest: endOf(highest, unit),
		level: formatPercent(params['level'] ?? 0.95),
		treated: formatNumber(params['treated'] ?? 0),
		comparison: formatNumber(params['comparison'] ?? 0),
		against: againstWhom(params['comparison'] ?? 0, said.subjects),
		useful: amount(params['useful'] ?? 0),
		periods: formatNumber(params['periods'] ?? 0),
		needed: formatNumber(params['needed'] ?? 0)
	});
	const claimed = verdict.verdict === 'better' || verdict.verdict === 'worse';
	return {
		sentence,
		claim: claimed ? CLAIMS[verdict.claim](said) : null,
		cautions: verdict.cautions.map((caution) => CAUTIONS[caution](said))
	};
}

/** Where all are trained in the end, those who begin later are what the first are compared with. */
const againstWhom = (comparison: number, subjects: string): string =>
	comparison === 0
		? m['impact.word.againstLater']({ subjects })
		: m['impact.word.against']({ comparison: formatNumber(comparison), subjects });

/** The effect with its interval, both in the indicator's own unit and in words of good and bad; null where there is none to tell. */
export function effectWords({ verdict, params }: Verdict, { unitOfMeasure }: Indicator): string | null {
	const { change, lowest, highest, level } = params;
	if (verdict === 'cannotTell' || change === undefined || lowest === undefined || highest === undefined)
		return null;
	// On one side of zero the ends need no words of their own.
	const oneSide = lowest > 0 || highest < 0;
	const end = (value: number) => (oneSide ? amount(Math.abs(value)) : endOf(value, unitOfMeasure));
	const [from, to] = highest < 0 ? [highest, lowest] : [lowest, highest];
	return m['impact.word.effect']({
		change: endOf(change, unitOfMeasure),
		level: formatPercent(level ?? 0.95),
		lowest: end(from),
		highest: end(to)
	});
}

/** The smallest effect that a study would have seen; null where it cannot tell of any. */
export const seenBy = ({ verdict, analysis }: Pick<Finding, 'verdict' | 'analysis'>): number | null =>
	verdict.verdict === 'cannotTell' ? null : analysis.detectable;

/** Never "0": a p value is small, not nothing. */
export const pWords = (p: number): string =>
	p < 0.0001 ? `< ${formatNumber(0.0001, 4)}` : formatNumber(p, 4);

/** Behind a "p": with its sign, because "= <" is no relation. */
export const pRelation = (p: number): string => (p < 0.0001 ? pWords(p) : `= ${pWords(p)}`);
