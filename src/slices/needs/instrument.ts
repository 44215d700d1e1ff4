/**
 * What a campaign asks: sections of items, in a version that never changes once it was used.
 * @law domain.md §6.1: AKPK asks for levels, for need and mastery (LAN), for the form and topic wanted
 */

/** Whoever answers in Asah about a person. */
export const RATERS = ['self', 'supervisor', 'peer', 'subordinate'] as const;
export type Rater = (typeof RATERS)[number];

/** Fewer peers, or fewer subordinates, than this are never shown; the view needs.group_rating says the same. */
export const SMALLEST_RATER_GROUP = 3;

export const ITEM_KINDS = ['level', 'needMastery', 'frequency', 'choice', 'text', 'form', 'topic'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** Kinds that are asked once a competency. */
export const PER_COMPETENCY: readonly ItemKind[] = ['level', 'needMastery', 'frequency'];
export const isPerCompetency = (kind: ItemKind): boolean => PER_COMPETENCY.includes(kind);

export const CONDITION_TESTS = ['atLeast', 'atMost', 'is', 'isNot'] as const;
export type ConditionTest = (typeof CONDITION_TESTS)[number];
export type Condition = { itemId: string; test: ConditionTest; value: string };

export type Option = { code: string; label: string; labelEn: string };

export type Item = {
	id: string;
	sectionId: string;
	kind: ItemKind;
	raters: readonly Rater[];
	/** One competency; null with a kind about competencies: each that the post asks for. */
	competencyId: string | null;
	question: string;
	questionEn: string;
	hint: string;
	hintEn: string;
	required: boolean;
	/** Choices at most. */
	most: number;
	options: readonly Option[];
	condition: Condition | null;
};

export type InstrumentSection = {
	id: string;
	title: string;
	titleEn: string;
	intro: string;
	introEn: string;
	items: readonly Item[];
};

export type ScalePoints = 4 | 5;

export type Definition = {
	/** Null: the levels alone, which campaigns without an instrument ask. */
	versionId: string | null;
	scalePoints: ScalePoints;
	sections: readonly InstrumentSection[];
};

/** How often a competency is used: from never to every day. */
export const FREQUENCIES = [1, 2, 3, 4, 5] as const;

/**
 * Forms of development that can be wished for, by the codes of the JP table; education and leadership programmes are
 * not wished for in a survey.
 * @law PerLAN 10/2018, lampiran
 */
export const WANTED_FORMS = [
	'KL03',
	'KL06',
	'KL07',
	'KL10',
	'NK01',
	'NK02',
	'NK03',
	'NK04',
	'NK07',
	'NK09',
	'NK10',
	'NK11',
	'NK12'
] as const;

/** The item that asks for levels where a campaign has no instrument. */
const LEVELS_ALONE = '00000000-0000-4000-8000-000000000001';
export const LEVELS_ONLY: Definition = {
	versionId: null,
	scalePoints: 5,
	sections: [
		{
			id: LEVELS_ALONE,
			title: '',
			titleEn: '',
			intro: '',
			introEn: '',
			items: [
				{
					id: LEVELS_ALONE,
					sectionId: LEVELS_ALONE,
					kind: 'level',
					raters: RATERS,
					competencyId: null,
					question: '',
					questionEn: '',
					hint: '',
					hintEn: '',
					required: true,
					most: 1,
					options: [],
					condition: null
				}
			]
		}
	]
};

export const itemsOf = (definition: Definition): Item[] =>
	definition.sections.flatMap((section) => section.items);

/** A text in the language of the screen; English is optional. */
export const inLanguage = (indonesian: string, english: string, language: string): string =>
	language === 'en' && english !== '' ? english : indonesian;

/** For `lang` beside it: a text without English is read aloud as Indonesian on an English page (WCAG 3.1.2). */
export const langOf = (english: string, language: string): 'id' | undefined =>
	language === 'en' && english === '' ? 'id' : undefined;

export function rater(text: string): Rater {
	const known = RATERS.find((one) => one === text);
	if (known === undefined) throw new TypeError(`nobody rates as ${text}`);
	return known;
}
export function itemKind(text: string): ItemKind {
	const known = ITEM_KINDS.find((one) => one === text);
	if (known === undefined) throw new TypeError(`not a kind of item: ${text}`);
	return known;
}
export function conditionTest(text: string): ConditionTest {
	const known = CONDITION_TESTS.find((one) => one === text);
	if (known === undefined) throw new TypeError(`not a condition: ${text}`);
	return known;
}
