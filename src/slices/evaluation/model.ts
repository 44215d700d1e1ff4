import { addDays, type CivilDate } from '#kernel/time.ts';

/** How many days after its last day a class still takes reactions; after that they are shown. */
export const REACTION_DAYS = 7;

/** What is asked of a participant, in the order of the form. */
export type ReactionItem = { code: string; kind: ItemKind; wordingId: string; wordingEn: string };
export type ItemKind = 'score' | 'text';

/** The database's check constraint keeps the column to these words. */
export function itemKind(text: string): ItemKind {
	if (text === 'score' || text === 'text') return text;
	throw new TypeError(`not a kind of reaction item: ${text}`);
}

/** When a class ends, as reactions see it. */
export type ClassEnd = {
	/** Taught or being taught: neither still planned nor called off. */
	held: boolean;
	finished: boolean;
	/** End of the last session that was not called off; null without sessions. */
	lastSessionEndsAt: Date | null;
	/** That session's day in the agency's zone, else the class's last day. */
	lastDay: CivilDate;
};

export const lastReactionDay = (end: Pick<ClassEnd, 'lastDay'>): CivilDate =>
	addDays(end.lastDay, REACTION_DAYS);

/** Given marks of one item, from worst to best. */
export type Spread = readonly [one: number, two: number, three: number, four: number];

/** What a class's page may show of the reactions, and why not all of it. */
export type ReactionResults =
	| { shown: false; reason: 'notFinished' | 'tooFew' | 'opening' }
	| { shown: false; reason: 'collecting'; until: CivilDate }
	| { shown: true; items: ItemResult[]; remarks: { item: string; texts: string[] }[] };

export type ItemResult = {
	code: string;
	wordingId: string;
	wordingEn: string;
	answers: number;
	mean: number;
	spread: Spread;
};
