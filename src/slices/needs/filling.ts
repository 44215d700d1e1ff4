import { refused } from '#kernel/errors.ts';
import {
	isPerCompetency,
	itemsOf,
	WANTED_FORMS,
	type Condition,
	type Definition,
	type InstrumentSection,
	type Item,
	type Rater
} from './instrument.ts';

/** An answer to one item, in one competency or in none. Only the fields of its kind are set. */
export type Answer = {
	itemId: string;
	competencyId: string | null;
	/** Level 0-5, need 1-5 (or 1-4), frequency 1-5. */
	number: number | null;
	/** Beside the need. */
	mastery: number | null;
	words: string | null;
	/** Choices, forms. */
	codes: readonly string[] | null;
};

/** A place for an answer: an item about competencies has one in each. */
export type Slot = { item: Item; competencyId: string | null };

export const slotKey = (itemId: string, competencyId: string | null): string =>
	`${itemId} ${competencyId ?? ''}`;

export type Answers = ReadonlyMap<string, Answer>;

/** By slot; of two for one slot the later. */
export const answersBySlot = (answers: Iterable<Answer>): Map<string, Answer> =>
	new Map([...answers].map((answer) => [slotKey(answer.itemId, answer.competencyId), answer]));

/** Every slot that a rater of this kind has for somebody who is asked in these competencies, in order. */
export function slotsOf(definition: Definition, as: Rater, competencies: readonly string[]): Slot[] {
	return definition.sections.flatMap((section) => {
		const items = section.items.filter((item) => item.raters.includes(as));
		// Items about competencies that stand together go competency by competency: one ability, all that is asked of it.
		const slots: Slot[] = [];
		for (let at = 0; at < items.length;) {
			const item = items[at];
			if (item === undefined) break;
			if (!isPerCompetency(item.kind)) {
				slots.push({ item, competencyId: null });
				at += 1;
				continue;
			}
			let end = at;
			while (end < items.length && isPerCompetency(items[end]?.kind ?? 'text')) end += 1;
			const group = items.slice(at, end);
			for (const competencyId of competencies)
				for (const one of group)
					if (one.competencyId === null || one.competencyId === competencyId)
						slots.push({ item: one, competencyId });
			at = end;
		}
		return slots;
	});
}

/** What stands on one screen of a phone: all that is asked in one competency, or a section's other questions. */
export type Screen = {
	key: string;
	section: InstrumentSection;
	competencyId: string | null;
	slots: Slot[];
};

export function screensOf(definition: Definition, slots: readonly Slot[]): Screen[] {
	const screens: Screen[] = [];
	for (const slot of slots) {
		const section = definition.sections.find((one) => one.id === slot.item.sectionId);
		if (section === undefined) continue;
		const last = screens.at(-1);
		if (last?.section === section && last.competencyId === slot.competencyId) last.slots.push(slot);
		else
			screens.push({
				key: `${section.id} ${slot.competencyId ?? slot.item.id}`,
				section,
				competencyId: slot.competencyId,
				slots: [slot]
			});
	}
	return screens;
}

/** Is there anything in it? An emptied text is no answer; a need needs its mastery. */
export function isAnswered(item: Item, answer: Answer | undefined): boolean {
	if (answer === undefined) return false;
	switch (item.kind) {
		case 'level':
		case 'frequency':
			return answer.number !== null;
		case 'needMastery':
			return answer.number !== null && answer.mastery !== null;
		case 'choice':
		case 'form':
			return (answer.codes?.length ?? 0) > 0;
		case 'text':
		case 'topic':
			return (answer.words ?? '').trim() !== '';
	}
}

/** Need and mastery compare by their difference, which is what the survey of LAN calls the gap. */
function meets(condition: Condition, item: Item, answer: Answer | undefined): boolean {
	if (answer === undefined || !isAnswered(item, answer)) return false;
	if (answer.codes !== null) {
		const has = answer.codes.includes(condition.value);
		return condition.test === 'is' ? has : condition.test === 'isNot' ? !has : false;
	}
	const number =
		item.kind === 'needMastery' ? (answer.number ?? 0) - (answer.mastery ?? 0) : (answer.number ?? NaN);
	const limit = Number(condition.value);
	switch (condition.test) {
		case 'atLeast':
			return number >= limit;
		case 'atMost':
			return number <= limit;
		case 'is':
			return number === limit;
		case 'isNot':
			return number !== limit;
	}
}

/**
 * The slots that are to be answered given these answers. A condition looks at the same competency where both items are
 * about competencies, else at any; what is hidden itself satisfies nothing.
 */
export function shownSlots(
	definition: Definition,
	as: Rater,
	competencies: readonly string[],
	answers: Answers
): Slot[] {
	const all = slotsOf(definition, as, competencies);
	const items = new Map(itemsOf(definition).map((item) => [item.id, item]));
	const shown = new Set<string>();
	// Conditions point back in the order of items, which the order of slots may not follow: settle item by item.
	const byItem = Map.groupBy(all, (slot) => slot.item.id);
	for (const item of itemsOf(definition))
		for (const slot of byItem.get(item.id) ?? []) if (isShown(slot)) shown.add(keyOf(slot));
	return all.filter((slot) => shown.has(keyOf(slot)));

	function isShown({ item, competencyId }: Slot): boolean {
		const { condition } = item;
		if (condition === null) return true;
		const asked = items.get(condition.itemId);
		if (asked === undefined) return false;
		const places =
			competencyId !== null && isPerCompetency(asked.kind)
				? [slotKey(asked.id, competencyId)]
				: (byItem.get(asked.id) ?? []).map(keyOf);
		return places.some((key) => shown.has(key) && meets(condition, asked, answers.get(key)));
	}
}

const keyOf = (slot: Slot): string => slotKey(slot.item.id, slot.competencyId);

/** Everything required that is shown has an answer. */
export const isComplete = (slots: readonly Slot[], answers: Answers): boolean =>
	slots.every((slot) => !slot.item.required || isAnswered(slot.item, answers.get(keyOf(slot))));

/** Required slots still without an answer. */
export const missingOf = (slots: readonly Slot[], answers: Answers): Slot[] =>
	slots.filter((slot) => slot.item.required && !isAnswered(slot.item, answers.get(keyOf(slot))));

/** Something was answered here and nothing required is missing: what is optional keeps nobody from going on. */
export const isDone = (slots: readonly Slot[], answers: Answers): boolean =>
	isComplete(slots, answers) && slots.some((slot) => isAnswered(slot.item, answers.get(keyOf(slot))));

export type Filled = {
	/** What to write: the answers as given, checked. */
	answers: Answer[];
	/** Slots answered earlier that a condition hides now, or shows again. */
	hidden: Answer[];
	again: Answer[];
	complete: boolean;
};

/**
 * Takes answers into a form. Refuses: an item or competency that is not asked of this rater, a value outside its scale,
 * an answer to what a condition hides once these are in.
 */
export function fill(
	definition: Definition,
	as: Rater,
	competencies: readonly string[],
	earlier: Answers,
	given: readonly Answer[]
): Filled {
	const slots = new Map(slotsOf(definition, as, competencies).map((slot) => [keyOf(slot), slot]));
	const after = new Map(earlier);
	for (const answer of given) {
		const key = slotKey(answer.itemId, answer.competencyId);
		const slot = slots.get(key);
		if (slot === undefined) throw refused('needs.rate.notAsked');
		checkScale(definition, slot.item, answer);
		after.set(key, joined(slot.item, earlier.get(key), answer));
	}
	const before = new Set(shownSlots(definition, as, competencies, earlier).map(keyOf));
	const shown = shownSlots(definition, as, competencies, after);
	const now = new Set(shown.map(keyOf));
	const answers = given.map((answer) => {
		const key = slotKey(answer.itemId, answer.competencyId);
		if (!now.has(key)) throw refused('needs.answer.hidden');
		return after.get(key) ?? answer;
	});
	const kept = [...earlier].filter(([key]) => slots.has(key));
	return {
		answers,
		hidden: kept.flatMap(([key, answer]) => (before.has(key) && !now.has(key) ? [answer] : [])),
		again: kept.flatMap(([key, answer]) => (!before.has(key) && now.has(key) ? [answer] : [])),
		complete: isComplete(shown, after)
	};
}

/** Need and mastery are two taps: the second must not take the first away. */
const joined = (item: Item, earlier: Answer | undefined, answer: Answer): Answer =>
	item.kind !== 'needMastery'
		? answer
		: {
				...answer,
				number: answer.number ?? earlier?.number ?? null,
				mastery: answer.mastery ?? earlier?.mastery ?? null
			};

function checkScale(definition: Definition, item: Item, answer: Answer): void {
	const numbers =
		item.kind === 'level' ? [0, 5] : [1, item.kind === 'needMastery' ? definition.scalePoints : 5];
	const [least = 0, most = 0] = numbers;
	const outside = () => refused('needs.answer.outside', { least, most });
	const isWithin = (number: number | null) =>
		number === null || (Number.isInteger(number) && number >= least && number <= most);
	switch (item.kind) {
		case 'level':
		case 'frequency':
			if (answer.number === null || !isWithin(answer.number)) throw outside();
			return;
		case 'needMastery':
			if (
				(answer.number === null && answer.mastery === null) ||
				!isWithin(answer.number) ||
				!isWithin(answer.mastery)
			)
				throw outside();
			return;
		case 'choice':
		case 'form': {
			const known = item.kind === 'form' ? WANTED_FORMS : item.options.map((option) => option.code);
			const codes = answer.codes ?? [];
			if (codes.some((code) => !known.some((one) => one === code)))
				throw refused('needs.answer.unknownChoice');
			if (codes.length > item.most) throw refused('needs.answer.tooMany', { most: item.most });
			return;
		}
		case 'text':
		case 'topic':
			if ((answer.words ?? '').length > longestOf(item))
				throw refused('needs.answer.tooLong', { most: longestOf(item) });
	}
}

/** Characters: a topic is a line, an open answer a paragraph. */
export const longestOf = (item: Pick<Item, 'kind'>): number => (item.kind === 'topic' ? 120 : 2000);
