/** Kinds of paper of a class, in the order in which an office needs them. */
export const PAPER_KINDS = [
	'terms',
	'invitation',
	'assignment',
	'schedule',
	'nominative',
	'attendance',
	'minutes',
	'report'
] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** Letters that go to units or people; the others are about the whole class. */
export const ADDRESSED: readonly PaperKind[] = ['invitation', 'assignment'];

export const PAPER_STATUSES = ['draft', 'issued', 'withdrawn'] as const;
export type PaperStatus = (typeof PAPER_STATUSES)[number];

/** A number once given stays used: what was wrong is withdrawn, and a new paper takes a new number. */
export const PAPER_NEXT: Record<PaperStatus, readonly PaperStatus[]> = {
	draft: ['issued'],
	issued: ['withdrawn'],
	withdrawn: []
};

/** Holds the post; acts for a longer time (Plt.), for days (Plh.); or signs on behalf of its holder (a.n.). */
export const CAPACITIES = ['definitive', 'plt', 'plh', 'an'] as const;
export type Capacity = (typeof CAPACITIES)[number];

export const COST_KINDS = ['honorarium', 'consumption', 'rent', 'stationery', 'travel', 'other'] as const;
export type CostKind = (typeof COST_KINDS)[number];

/** One letter for each unit of the participants, or for each of them. */
export const PER = ['unit', 'person'] as const;
export type Per = (typeof PER)[number];

/** Texts of a draft that an office may change, by the kind of paper; each line of a list is an item of its own. */
export const PARTS = {
	terms: ['background', 'basis', 'purpose', 'target', 'outcome', 'closing'],
	invitation: ['opening', 'closing'],
	assignment: ['basis', 'purpose'],
	schedule: ['opening'],
	nominative: ['opening'],
	attendance: ['opening'],
	minutes: ['opening', 'discussion', 'closing'],
	report: ['background', 'basis', 'implementation', 'obstacles', 'suggestions', 'closing']
} as const satisfies Record<PaperKind, readonly string[]>;

export type PartKey = (typeof PARTS)[PaperKind][number];
export const PART_KEYS: readonly PartKey[] = [
	...new Set<PartKey>(PAPER_KINDS.flatMap((kind): readonly PartKey[] => PARTS[kind]))
];
export type Parts = Partial<Record<PartKey, string>>;

/** Database check constraints keep these columns to these words; the functions narrow what SQL hands back. */
function narrowed<Word extends string>(words: readonly Word[], text: string): Word {
	const word = words.find((known) => known === text);
	if (word === undefined) throw new TypeError(`unknown word: ${text}`);
	return word;
}
export const paperKind = (text: string): PaperKind => narrowed(PAPER_KINDS, text);
export const paperStatus = (text: string): PaperStatus => narrowed(PAPER_STATUSES, text);
export const capacityOf = (text: string): Capacity => narrowed(CAPACITIES, text);
export const costKind = (text: string): CostKind => narrowed(COST_KINDS, text);
export const perOf = (text: string): Per => narrowed(PER, text);
