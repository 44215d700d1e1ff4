import { refused } from '#kernel/errors.ts';
import {
	conditionTest,
	isPerCompetency,
	itemsOf,
	type Condition,
	type Definition,
	type Item
} from './instrument.ts';

/** Most that a form may hold: more is no survey that anybody finishes. */
export const MOST_ITEMS = 60;
export const MOST_SECTIONS = 12;

/** Items that a condition of this one may look at: those before it that everybody asked here is asked too. */
export const earlierItems = (definition: Definition, itemId: string | null): Item[] => {
	const all = itemsOf(definition);
	const at = all.findIndex((item) => item.id === itemId);
	return at === -1 ? all : all.slice(0, at);
};

/** Values that a condition can compare this item's answer with: the codes of its choices, or numbers. */
export function conditionValues(item: Item, scalePoints: number): readonly string[] {
	switch (item.kind) {
		case 'level':
			return ['0', '1', '2', '3', '4', '5'];
		case 'frequency':
			return ['1', '2', '3', '4', '5'];
		case 'needMastery':
			return Array.from({ length: 2 * scalePoints - 1 }, (_, at) => String(at - scalePoints + 1));
		case 'choice':
			return item.options.map((option) => option.code);
		default:
			return [];
	}
}

/**
 * May this item stand in this order with this condition? Refuses: a condition on itself, on a later item, on one that
 * some of those asked here are not asked, or on a value that it cannot have.
 */
export function checkCondition(
	definition: Definition,
	item: Pick<Item, 'id' | 'raters'>,
	condition: Condition | null
): void {
	if (condition === null) return;
	const asked = earlierItems(definition, item.id).find((one) => one.id === condition.itemId);
	if (asked === undefined) throw refused('needs.build.conditionOrder');
	if (!item.raters.every((rater) => asked.raters.includes(rater)))
		throw refused('needs.build.conditionRater');
	const test = conditionTest(condition.test);
	const values = conditionValues(asked, definition.scalePoints);
	if (!values.includes(condition.value)) throw refused('needs.build.conditionValue');
	if (asked.kind === 'choice' && test !== 'is' && test !== 'isNot')
		throw refused('needs.build.conditionTest');
}

/** After any change: every condition still looks back. Refuses as `checkCondition`. */
export function checkOrder(definition: Definition): void {
	for (const item of itemsOf(definition)) checkCondition(definition, item, item.condition);
}

/** What is still missing before a campaign may use it, as message keys; empty: it is ready. */
export function notReady(definition: Definition): string[] {
	const items = itemsOf(definition);
	const problems: string[] = [];
	if (items.length === 0) problems.push('needs.build.empty');
	if (!items.some((item) => isPerCompetency(item.kind))) problems.push('needs.build.noCompetency');
	if (items.some((item) => item.kind === 'choice' && item.options.length < 2))
		problems.push('needs.build.fewOptions');
	return problems;
}

/** Choices as typed, one a line: `Ya` or `Ya | Yes`. Codes follow the Indonesian words, so that renaming is a new choice. */
export function optionsOf(text: string): { code: string; label: string; labelEn: string }[] {
	const seen = new Map<string, number>();
	return text
		.split('\n')
		.map((line) => line.split('|').map((part) => part.trim()))
		.filter(([label]) => label !== undefined && label !== '')
		.map(([label = '', labelEn = '']) => {
			const base =
				label
					.toLowerCase()
					.replace(/[^a-z0-9]+/g, '-')
					.replace(/^-|-$/g, '')
					.slice(0, 40) || 'x';
			const times = (seen.get(base) ?? 0) + 1;
			seen.set(base, times);
			return { code: times === 1 ? base : `${base}-${times}`, label, labelEn };
		});
}

export const optionsText = (options: Item['options']): string =>
	options.map(({ label, labelEn }) => (labelEn === '' ? label : `${label} | ${labelEn}`)).join('\n');
