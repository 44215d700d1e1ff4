import { formatNumber, formatPercent, withSign } from '#platform/i18n/format.ts';
import { getLocale, m } from '#platform/i18n/messages.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import type { GainSummary } from '../gain.ts';
import type { ItemKind, ReactionAspect, ReactionItem } from '../model.ts';
import type { ReactionWindow } from '../rules.ts';

const one = (value: number) => formatNumber(value, 1);
export const signed = (value: number): string => withSign(value, one(value));

/** Items are data, so their words are too. */
export const wordingOf = (item: { wordingId: string; wordingEn: string }): string =>
	getLocale() === 'en' ? item.wordingEn : item.wordingId;

export const rateWords = ({ given, seated }: { given: number; seated: number }): string =>
	m['evaluation.rate']({
		given: formatNumber(given),
		seated: formatNumber(seated),
		share: seated === 0 ? '–' : formatPercent(Math.min(1, given / seated))
	});

// Each message is named where it is used: a key put together at run time would send the browser every message there is.
const GAIN = {
	up: m['evaluation.gain.up'],
	down: m['evaluation.gain.down'],
	unclear: m['evaluation.gain.unclear']
};

/** Not too few, but none at all: a class without tests, or one that nobody has taken. */
const isUntested = ({ n, onlyBefore, onlyAfter }: GainSummary): boolean => n + onlyBefore + onlyAfter === 0;

/** The whole finding in a sentence, with its interval; where there is not enough data, that. */
export function gainWords(gain: GainSummary): string {
	const { interval, meanBefore, meanAfter, meanDifference } = figures(gain);
	if (isUntested(gain)) return m['evaluation.gain.untested']();
	if (!gain.shown || interval === null)
		return m['evaluation.gain.tooFew']({ n: formatNumber(gain.n), least: formatNumber(SMALLEST_GROUP) });
	const down = gain.change === 'down';
	return GAIN[gain.change]({
		n: formatNumber(gain.n),
		before: one(meanBefore),
		after: one(meanAfter),
		change: one(Math.abs(meanDifference)),
		lower: down ? one(-interval.upper) : signedUnlessUp(gain.change, interval.lower),
		upper: down ? one(-interval.lower) : signedUnlessUp(gain.change, interval.upper),
		level: formatPercent(interval.level)
	});
}

const signedUnlessUp = (change: string, value: number): string =>
	change === 'up' ? one(value) : signed(value);

/** The same for a row of a list. */
export function gainShort(gain: GainSummary): string {
	const { meanBefore, meanAfter, meanDifference } = figures(gain);
	const n = formatNumber(gain.n);
	if (isUntested(gain)) return m['evaluation.gain.untestedShort']();
	if (!gain.shown) return m['evaluation.gain.few']({ n });
	const facts = { before: one(meanBefore), after: one(meanAfter), n };
	return gain.change === 'unclear'
		? m['evaluation.gain.shortUnclear'](facts)
		: m['evaluation.gain.short']({ ...facts, change: signed(meanDifference) });
}

/** Means and interval of a gain that is shown; zeros and null of one that is not. */
export function figures(gain: GainSummary) {
	if (!gain.shown) return { meanBefore: 0, meanAfter: 0, meanDifference: 0, interval: null };
	const { meanBefore, meanAfter, meanDifference, interval } = gain.difference;
	return {
		meanBefore: meanBefore ?? 0,
		meanAfter: meanAfter ?? 0,
		meanDifference: meanDifference ?? 0,
		interval
	};
}

const ASPECTS = {
	organiser: m['evaluation.aspect.organiser'],
	facilitator: m['evaluation.aspect.facilitator'],
	material: m['evaluation.aspect.material'],
	facility: m['evaluation.aspect.facility'],
	relevance: m['evaluation.aspect.relevance'],
	application: m['evaluation.aspect.application']
};
export const aspectWord = (aspect: ReactionAspect): string => ASPECTS[aspect]();

const KINDS = {
	score: m['evaluation.kind.score'],
	scale: m['evaluation.kind.scale'],
	confidence: m['evaluation.kind.confidence'],
	text: m['evaluation.kind.text']
};
export const kindWord = (kind: ItemKind): string => KINDS[kind]();

const MARKS = {
	score: [
		m['evaluation.react.score1'],
		m['evaluation.react.score2'],
		m['evaluation.react.score3'],
		m['evaluation.react.score4']
	],
	scale: [
		m['evaluation.react.score1'],
		m['evaluation.react.score2'],
		m['evaluation.react.middle'],
		m['evaluation.react.score3'],
		m['evaluation.react.score4']
	],
	confidence: [
		m['evaluation.react.score1'],
		m['evaluation.react.score2'],
		m['evaluation.react.enough'],
		m['evaluation.react.sure'],
		m['evaluation.react.score4']
	]
};

/** The marks of an item as buttons, each with its word: on a phone they stand side by side, so the words are short. */
export const markOptions = (kind: 'score' | 'scale' | 'confidence') =>
	MARKS[kind].map((word, index) => ({ value: String(index + 1), label: String(index + 1), hint: word() }));

/** What the ends of the marks mean, for the kinds that a form has. */
export const scaleWords = (items: readonly ReactionItem[]): string[] => {
	const has = (kind: ItemKind) => items.some((item) => item.kind === kind);
	return [
		...(has('score') ? [m['evaluation.react.scale']()] : []),
		...(has('scale') ? [m['evaluation.react.scaleFive']()] : []),
		...(has('confidence') ? [m['evaluation.react.scaleSure']()] : [])
	];
};

const WINDOWS = {
	never: m['evaluation.window.never'],
	notYet: m['evaluation.window.notYet'],
	open: m['evaluation.window.open'],
	over: m['evaluation.window.over']
};
/** Whether a form is taken, for a Tag. */
export const windowTag = (window: ReactionWindow) => ({
	label: WINDOWS[window](),
	tone: ({ never: 'neutral', notYet: 'waiting', open: 'active', over: 'good' } as const)[window]
});
