import { addDays, type CivilDate } from '#kernel/time.ts';

/** How many days after its last day a class still takes reactions; after that they are shown. */
export const REACTION_DAYS = 7;
/** A session's form is for today's memory: three days, and its facilitator can still do something about it. */
export const SESSION_REACTION_DAYS = 3;
/** It opens in the last minutes of the session, while everybody is in the room. */
export const SESSION_EARLY_MINUTES = 15;

/** Aspects after the practice of BPSDM Sulawesi Barat and trainers' evaluation forms, domain.md §8.1. */
export const REACTION_ASPECTS = [
	'organiser',
	'facilitator',
	'material',
	'facility',
	'relevance',
	'application'
] as const;
export type ReactionAspect = (typeof REACTION_ASPECTS)[number];

/**
 * `score`: 1 to 4, only in the shipped form. `scale`: 1 to 5. `confidence`: how sure one was before and is now, both asked
 * afterwards (retrospective pre-post, Howard 1980: before, people do not know what they do not know). `text`: free words.
 */
export const ITEM_KINDS = ['score', 'scale', 'confidence', 'text'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** What is asked of a participant, in the order of the form. */
export type ReactionItem = {
	code: string;
	aspect: ReactionAspect;
	kind: ItemKind;
	wordingId: string;
	wordingEn: string;
};

/** The database's check constraint keeps the column to these words. */
export function itemKind(text: string): ItemKind {
	const kind = ITEM_KINDS.find((one) => one === text);
	if (kind === undefined) throw new TypeError(`not a kind of reaction item: ${text}`);
	return kind;
}

export function reactionAspect(text: string): ReactionAspect {
	const aspect = REACTION_ASPECTS.find((one) => one === text);
	if (aspect === undefined) throw new TypeError(`not an aspect of reactions: ${text}`);
	return aspect;
}

/** How far the marks of a kind go; free words have none. */
export const pointsOf = (kind: ItemKind): 4 | 5 => (kind === 'score' ? 4 : 5);

/** Marks of 1 to 5 brought to 1 to 4, end to end, so that forms of both kinds can stand side by side. */
export const onFour = (mean: number, points: number): number => 1 + ((mean - 1) * 3) / (points - 1);

/** Mean of all marks, 1 to 4, from the means of items; null where nobody answered. */
export function meanOnFour(items: readonly Pick<ItemResult, 'answers' | 'mean' | 'points'>[]): {
	mean: number | null;
	answers: number;
} {
	const answers = items.reduce((sum, item) => sum + item.answers, 0);
	const marks = items.reduce((sum, item) => sum + item.answers * onFour(item.mean, item.points), 0);
	return { mean: answers === 0 ? null : marks / answers, answers };
}

/** A class's form at its end, or the short one after one of its sessions. */
export type FormKey = { classId: string; sessionId: string | null };

/** When a class ends, as reactions see it; or a session, whose form has fewer days. */
export type ClassEnd = {
	/** Taught or being taught: neither still planned nor called off. */
	held: boolean;
	finished: boolean;
	/** End of the last session that was not called off; null without sessions. */
	lastSessionEndsAt: Date | null;
	/** That session's day in the agency's zone, else the class's last day. */
	lastDay: CivilDate;
	/** How many days it is taken after that; a week unless said. */
	days?: number;
};

export const lastReactionDay = (end: Pick<ClassEnd, 'lastDay' | 'days'>): CivilDate =>
	addDays(end.lastDay, end.days ?? REACTION_DAYS);

/** How many gave each mark of one item, from worst to best. */
export type Spread = readonly number[];

/** What a class's page may show of the reactions, and why not all of it. */
export type ReactionResults =
	| { shown: false; reason: 'notFinished' | 'tooFew' | 'opening' }
	| { shown: false; reason: 'collecting'; until: CivilDate }
	| ({ shown: true } & ShownReactions);

export type ShownReactions = {
	items: ItemResult[];
	confidence: ConfidenceResult[];
	/** How those changed who let their forms be linked; items with few pairs are not among them. */
	changes: ChangeResult[];
	remarks: RemarksOfItem[];
};

export type RemarksOfItem = { item: string; wordingId: string; wordingEn: string; texts: string[] };

export type Wording = { code: string; wordingId: string; wordingEn: string };

export type ItemResult = Wording & {
	answers: number;
	mean: number;
	/** Marks go from 1 to this. */
	points: 4 | 5;
	spread: Spread;
};

/** Mean change with its t interval; `shown` is false where fewer than five answered, and then nothing else is told. */
export type ConfidenceResult = Wording & ({ shown: false } | ({ shown: true } & MeanChange));
export type ChangeResult = Wording & MeanChange & { points: 4 | 5 };

export type MeanChange = {
	pairs: number;
	meanBefore: number;
	meanAfter: number;
	change: number;
	lower: number;
	upper: number;
};
