import { refused } from '#kernel/errors.ts';

export const NEED_STATUSES = [
	'draft',
	'submitted',
	'revise',
	'verified',
	'discussed',
	'accepted',
	'rejected',
	'deferred'
] as const;
export type NeedStatus = (typeof NEED_STATUSES)[number];

/**
 * Which status of a proposed need may follow which; buttons, refusals and tests come from it. What was put off comes
 * back to a forum; what was accepted or rejected ends.
 * @law domain.md §12.2: draf → diajukan OPD → (perlu revisi) → diverifikasi → dibahas FGD → diterima/ditolak/ditunda
 */
export const NEED_NEXT: Record<NeedStatus, readonly NeedStatus[]> = {
	draft: ['submitted'],
	submitted: ['verified', 'revise'],
	revise: ['submitted'],
	verified: ['discussed', 'revise'],
	discussed: ['accepted', 'rejected', 'deferred'],
	accepted: [],
	rejected: [],
	deferred: ['discussed']
};

/** While it stands so, the unit may change it or take it back. */
export const NEED_EDITABLE: readonly NeedStatus[] = ['draft', 'revise'];

export const OUTCOMES = ['accepted', 'rejected', 'deferred'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const NEED_KINDS = ['competency', 'performance', 'service', 'own'] as const;
export type NeedKind = (typeof NEED_KINDS)[number];

/** Forms that people ask for; the program that answers the need decides its own (annex of PerLAN 10/2018). */
export const WANTED_FORMS = [
	'training',
	'workshop',
	'seminar',
	'elearning',
	'coaching',
	'mentoring',
	'internship',
	'benchmarking',
	'community',
	'selfStudy',
	'education'
] as const;
export type WantedForm = (typeof WANTED_FORMS)[number];

export const GOAL_SOURCES = ['rpjmd', 'renstra', 'vision', 'other'] as const;
export type GoalSource = (typeof GOAL_SOURCES)[number];

/** The database's check constraints keep these columns to their words. */
function oneOf<Word extends string>(words: readonly Word[]): (text: string) => Word {
	return (text) => {
		const word = words.find((known) => known === text);
		if (word === undefined) throw new TypeError(`not one of ${words.join()}: ${text}`);
		return word;
	};
}
export const needStatus = oneOf(NEED_STATUSES);
export const needKind = oneOf(NEED_KINDS);
export const wantedForm = oneOf(WANTED_FORMS);
export const goalSource = oneOf(GOAL_SOURCES);
export const outcomeOf = oneOf(OUTCOMES);

/** Refuses a step that the table does not know; the words of the refusal say how it stands. */
export function needStep(from: NeedStatus, to: NeedStatus): { status: NeedStatus } {
	if (!NEED_NEXT[from].includes(to)) throw refused(`needs.need.already.${from}`);
	return { status: to };
}

/** Refuses a change of a need that lies with somebody else, or was decided. */
export function needEditable(status: NeedStatus): void {
	if (!NEED_EDITABLE.includes(status)) throw refused(`needs.need.already.${status}`);
}

/** What makes two proposals of different units the same need. */
export const sameNeed = (need: {
	kind: string;
	competencyId: string | null;
	element: number | null;
	topic: string;
}): string =>
	need.competencyId !== null
		? `competency ${need.competencyId}`
		: need.element !== null
			? `service ${need.element}`
			: `${need.kind} ${need.topic.trim().toLowerCase()}`;

/** Fewer than two, needs of different kinds, or one not verified: nothing that could become one. */
export function mergeable(
	needs: readonly {
		kind: string;
		competencyId: string | null;
		element: number | null;
		topic: string;
		status: NeedStatus;
		year: number;
		mergedInto: string | null;
	}[]
): void {
	if (needs.length < 2) throw refused('needs.need.mergeFew');
	if (new Set(needs.map((need) => `${need.year} ${sameNeed(need)}`)).size > 1)
		throw refused('needs.need.mergeDifferent');
	if (needs.some((need) => need.status !== 'verified' || need.mergedInto !== null))
		throw refused('needs.need.mergeNotVerified');
}
