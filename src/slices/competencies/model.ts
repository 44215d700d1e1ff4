/** Groups of competencies. @law UU 20/2023; PermenPANRB 38/2017 */
export const FAMILIES = ['managerial', 'sociocultural', 'technical'] as const;
export type Family = (typeof FAMILIES)[number];

/** Levels of mastery, 1 to 5; "not yet at level 1" is 0 and belongs to ratings, not to the dictionary. */
export const LEVELS = [1, 2, 3, 4, 5] as const;

/** Dictionaries that an agency has side by side: the regulation's, and its own of technical competencies. */
export const DICTIONARIES = ['national', 'technical'] as const;
export type DictionaryKind = (typeof DICTIONARIES)[number];

/** Which groups each of them holds. */
export const FAMILIES_OF: Record<DictionaryKind, readonly Family[]> = {
	national: ['managerial', 'sociocultural'],
	technical: ['technical']
};

/** A version of a dictionary and what may follow: in force it never changes, only a later version ends it. */
export const DICTIONARY_NEXT = { draft: ['in_force'], in_force: ['superseded'], superseded: [] } as const;
export type DictionaryStatus = keyof typeof DICTIONARY_NEXT;

/** A decree on standards. In force it stays: later decrees end its rules one by one. */
export const STANDARD_NEXT = { draft: ['in_force'], in_force: [] } as const;
export type StandardStatus = keyof typeof STANDARD_NEXT;

/** A proposal of a technical competency. A decision is final; whoever disagrees proposes anew. */
export const PROPOSAL_NEXT = { waiting: ['approved', 'declined'], approved: [], declined: [] } as const;
export type ProposalStatus = keyof typeof PROPOSAL_NEXT;

/** A sheet read and compared; nothing is written before 'applied'. */
export const IMPORT_NEXT = { checked: ['applied', 'discarded'], applied: [], discarded: [] } as const;
export type ImportStatus = keyof typeof IMPORT_NEXT;
export const IMPORT_KINDS = [...DICTIONARIES, 'standards'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** Narrows a word of the database to one of the words it is checked against there. */
function oneOf<Word extends string>(words: readonly Word[], text: string): Word {
	const word = words.find((known) => known === text);
	if (word === undefined) throw new TypeError(`not one of ${words.join(', ')}: ${text}`);
	return word;
}
export const familyOf = (text: string): Family => oneOf(FAMILIES, text);
export const dictionaryKind = (text: string): DictionaryKind => oneOf(DICTIONARIES, text);
export const dictionaryStatus = (text: string): DictionaryStatus =>
	oneOf(['draft', 'in_force', 'superseded'], text);
export const standardStatus = (text: string): StandardStatus => oneOf(['draft', 'in_force'], text);
export const proposalStatus = (text: string): ProposalStatus =>
	oneOf(['waiting', 'approved', 'declined'], text);
export const importKind = (text: string): ImportKind => oneOf(IMPORT_KINDS, text);
export const importStatus = (text: string): ImportStatus => oneOf(['checked', 'applied', 'discarded'], text);

export type LevelText = { level: number; headline: string; indicators: string[] };

/** What one version says of one competency. */
export type Edition = {
	competencyId: string;
	code: string;
	family: Family;
	/** Function of government (urusan) of a technical one. */
	area: string | null;
	name: string;
	nameEn: string;
	definition: string;
	levels: LevelText[];
};

export const POST_KINDS = ['structural', 'functional', 'general'] as const;

/** The posts that a rule is about: exactly one of title, level and kind, everywhere or in one kind of unit. */
export type PostScope = {
	postTitle: string | null;
	unitKind: string | null;
	postLevel: string | null;
	postKind: string | null;
};

/** A rule of the ruleset "which level must a post have": for one competency, or (null) for all of the national dictionary. */
export type RequiredRule = PostScope & {
	id: string;
	competencyId: string | null;
	/** 0: not asked of these posts. */
	level: number;
	legalBasis: string;
	validFrom: string;
	/** Exclusive; null while it holds. */
	validTo: string | null;
	standardId: string | null;
};
