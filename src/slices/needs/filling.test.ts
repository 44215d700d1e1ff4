import { describe, expect, test } from 'vitest';
import {
	answersBySlot,
	fill,
	isComplete,
	isDone,
	missingOf,
	screensOf,
	shownSlots,
	slotsOf,
	type Answer
} from './filling.ts';
import type { Definition, Item } from './instrument.ts';

const item = (id: string, change: Partial<Item> = {}): Item => ({
	id,
	sectionId: 's',
	kind: 'level',
	raters: ['self', 'supervisor'],
	competencyId: null,
	question: id,
	questionEn: '',
	hint: '',
	hintEn: '',
	required: true,
	most: 1,
	options: [],
	condition: null,
	...change
});
const form = (...items: Item[]): Definition => ({
	versionId: 'v',
	scalePoints: 5,
	sections: [{ id: 's', title: 'S', titleEn: '', intro: '', introEn: '', items }]
});
const given = (itemId: string, change: Partial<Answer>): Answer => ({
	itemId,
	competencyId: null,
	number: null,
	mastery: null,
	words: null,
	codes: null,
	...change
});
const NOTHING = answersBySlot([]);

describe('the screens of a form', () => {
	const asked = form(
		item('level'),
		item('often', { kind: 'frequency', required: false }),
		item('wish', { kind: 'text', required: false })
	);

	test('go ability by ability, and what is asked of none comes once', () => {
		const screens = screensOf(asked, slotsOf(asked, 'self', ['a', 'b']));
		expect(
			screens.map(({ competencyId, slots }) => [competencyId, slots.map((slot) => slot.item.id)])
		).toEqual([
			['a', ['level', 'often']],
			['b', ['level', 'often']],
			[null, ['wish']]
		]);
	});

	test('one is done when nothing required is missing, whatever optional question was passed over', () => {
		const [a, , wish] = screensOf(asked, slotsOf(asked, 'self', ['a', 'b']));
		const level = answersBySlot([given('level', { competencyId: 'a', number: 3 })]);
		expect(isDone(a?.slots ?? [], level)).toBe(true);
		expect(isDone(a?.slots ?? [], answersBySlot([given('often', { competencyId: 'a', number: 3 })]))).toBe(
			false
		);
		// All of it is optional: nothing is missing, and nothing is done either.
		expect(isComplete(wish?.slots ?? [], NOTHING)).toBe(true);
		expect(isDone(wish?.slots ?? [], NOTHING)).toBe(false);
		expect(isDone(wish?.slots ?? [], answersBySlot([given('wish', { words: '  ' })]))).toBe(false);
		expect(isDone(wish?.slots ?? [], answersBySlot([given('wish', { words: 'Excel' })]))).toBe(true);
	});

	test('whoever answers in another role sees only what that role is asked', () => {
		expect(slotsOf(form(item('x', { raters: ['self'] })), 'supervisor', ['a'])).toEqual([]);
	});
});

describe('a condition', () => {
	const asked = form(
		item('level'),
		item('why', { kind: 'text', condition: { itemId: 'level', test: 'atMost', value: '1' } }),
		item('more', { kind: 'text', condition: { itemId: 'why', test: 'isNot', value: '-' } })
	);
	const low = given('level', { competencyId: 'b', number: 1 });

	test('shows its question when any ability meets it, and what hangs on a hidden one stays hidden', () => {
		const shown = (answers: Answer[]) =>
			shownSlots(asked, 'self', ['a', 'b'], answersBySlot(answers)).map(({ item: { id } }) => id);
		expect(shown([])).toEqual(['level', 'level']);
		expect(shown([{ ...low, number: 2 }, given('why', { words: 'x' })])).toEqual(['level', 'level']);
		expect(shown([low])).toEqual(['level', 'level', 'why']);
	});

	test('a required question that is hidden is not missing', () => {
		const slots = shownSlots(asked, 'self', ['b'], answersBySlot([{ ...low, number: 4 }]));
		expect(missingOf(slots, answersBySlot([{ ...low, number: 4 }]))).toEqual([]);
	});

	test('an answer that hides another tells which; what is hidden takes no answer', () => {
		const earlier = answersBySlot([low, given('why', { words: 'baru' })]);
		const filled = fill(asked, 'self', ['b'], earlier, [{ ...low, number: 4 }]);
		expect(filled.hidden.map(({ itemId }) => itemId)).toEqual(['why']);
		expect(() => fill(asked, 'self', ['b'], answersBySlot([]), [given('why', { words: 'x' })])).toThrowError(
			expect.objectContaining({ code: 'needs.answer.hidden' })
		);
	});
});

describe('an answer', () => {
	test('need and mastery are two taps: the second keeps the first', () => {
		const asked = form(item('both', { kind: 'needMastery' }));
		const need = given('both', { competencyId: 'a', number: 5 });
		const first = fill(asked, 'self', ['a'], NOTHING, [need]);
		expect(first.complete).toBe(false);
		const second = fill(asked, 'self', ['a'], answersBySlot(first.answers), [
			given('both', { competencyId: 'a', mastery: 2 })
		]);
		expect(second.answers).toEqual([{ ...need, mastery: 2 }]);
		expect(second.complete).toBe(true);
	});

	test.each([
		['a level above five', item('x'), given('x', { competencyId: 'a', number: 6 })],
		['a level that is no whole number', item('x'), given('x', { competencyId: 'a', number: 1.5 })],
		['no level at all', item('x'), given('x', { competencyId: 'a' })],
		['a need of zero', item('x', { kind: 'needMastery' }), given('x', { competencyId: 'a', number: 0 })],
		['an unknown choice', item('x', { kind: 'choice' }), given('x', { codes: ['b'] })],
		['two where one may be chosen', item('x', { kind: 'form' }), given('x', { codes: ['KL03', 'KL06'] })],
		['a topic as long as a letter', item('x', { kind: 'topic' }), given('x', { words: 'a'.repeat(121) })],
		['an ability that nobody asked', item('x'), given('x', { competencyId: 'z', number: 3 })]
	])('%s is refused', (_, asked, answer) => {
		expect(() => fill(form(asked), 'self', ['a'], NOTHING, [answer])).toThrowError(
			expect.objectContaining({ code: expect.stringMatching(/^needs\.(answer|rate)\./) })
		);
	});
});
