import { m } from '#platform/i18n/messages.ts';
import type { ConditionTest, ItemKind, Rater, WANTED_FORMS } from '../instrument.ts';

const FORMS: Record<(typeof WANTED_FORMS)[number], () => string> = {
	KL03: m['needs.form.KL03'],
	KL06: m['needs.form.KL06'],
	KL07: m['needs.form.KL07'],
	KL10: m['needs.form.KL10'],
	NK01: m['needs.form.NK01'],
	NK02: m['needs.form.NK02'],
	NK03: m['needs.form.NK03'],
	NK04: m['needs.form.NK04'],
	NK07: m['needs.form.NK07'],
	NK09: m['needs.form.NK09'],
	NK10: m['needs.form.NK10'],
	NK11: m['needs.form.NK11'],
	NK12: m['needs.form.NK12']
};
const isForm = (code: string): code is keyof typeof FORMS => Object.hasOwn(FORMS, code);
/** A form of development; a code that nobody knows stays as it is. */
export const formName = (code: string): string => (isForm(code) ? FORMS[code]() : code);

const FREQUENCY = [
	m['needs.frequency.1'],
	m['needs.frequency.2'],
	m['needs.frequency.3'],
	m['needs.frequency.4'],
	m['needs.frequency.5']
];
export const frequencyName = (value: number): string => FREQUENCY[value - 1]?.() ?? '';

const RATERS: Record<Rater | 'assessment', () => string> = {
	self: m['needs.rater.self'],
	supervisor: m['needs.rater.supervisor'],
	peer: m['needs.rater.peer'],
	subordinate: m['needs.rater.subordinate'],
	assessment: m['needs.rater.assessment']
};
export const raterName = (rater: Rater | 'assessment'): string => RATERS[rater]();

const KINDS: Record<ItemKind, () => string> = {
	level: m['needs.kind.level'],
	needMastery: m['needs.kind.needMastery'],
	frequency: m['needs.kind.frequency'],
	choice: m['needs.kind.choice'],
	text: m['needs.kind.text'],
	form: m['needs.kind.form'],
	topic: m['needs.kind.topic']
};
export const kindName = (kind: ItemKind): string => KINDS[kind]();

const TESTS: Record<ConditionTest, () => string> = {
	atLeast: m['needs.test.atLeast'],
	atMost: m['needs.test.atMost'],
	is: m['needs.test.is'],
	isNot: m['needs.test.isNot']
};
export const testName = (test: ConditionTest): string => TESTS[test]();
