import { invalidField, refused } from '#kernel/errors.ts';

export const IDP_STATUSES = ['draft', 'submitted', 'revise', 'agreed', 'declined'] as const;
export type IdpStatus = (typeof IDP_STATUSES)[number];

/** Which status of an individual plan may follow which. Agreed it ends: the next wish is next year's, or a new talk. */
export const IDP_NEXT: Record<IdpStatus, readonly IdpStatus[]> = {
	draft: ['submitted'],
	submitted: ['agreed', 'revise', 'declined'],
	revise: ['submitted'],
	agreed: [],
	declined: []
};
export const IDP_EDITABLE: readonly IdpStatus[] = ['draft', 'revise'];
export const MOST_LINES = 5;

export function idpStatus(text: string): IdpStatus {
	const status = IDP_STATUSES.find((known) => known === text);
	if (status === undefined) throw new TypeError(`not a status of an individual plan: ${text}`);
	return status;
}

export function idpStep(from: IdpStatus, to: IdpStatus): { status: IdpStatus } {
	if (!IDP_NEXT[from].includes(to)) throw refused(`needs.idp.already.${from}`);
	return { status: to };
}

export function idpEditable(status: IdpStatus): void {
	if (!IDP_EDITABLE.includes(status)) throw refused(`needs.idp.already.${status}`);
}

/** Nothing to agree to is nothing to hand in. */
export function handedIn(lines: number): void {
	if (lines === 0) throw refused('needs.idp.noLines');
}

/** Whoever sends something back, or refuses it, says why: it is the only thing the other can go by. */
export function withReason(to: string, note: string, field = 'note'): void {
	if (['revise', 'declined', 'rejected', 'deferred'].includes(to) && note.trim().length < 5)
		throw invalidField(field, 'needs.need.noteNeeded');
}

export type OwnGap = {
	competencyId: string;
	name: string;
	pGap: number;
	shortfall: number;
	required: number;
};
export type Suggestion = OwnGap & { learningHours: number };

/** JP of a level: a technical course of a week raises one by about that (demo and practice; people change it). */
const HOURS_A_LEVEL = 20;

/** Own gaps worth a line, surest and largest first; as many as a plan has lines. Estimates, to be changed. */
export const suggestionsOf = (gaps: readonly OwnGap[]): Suggestion[] =>
	gaps
		.filter((gap) => gap.pGap >= 0.5)
		.toSorted((a, b) => b.pGap * b.shortfall - a.pGap * a.shortfall || (a.name < b.name ? -1 : 1))
		.slice(0, MOST_LINES)
		.map((gap) => ({ ...gap, learningHours: HOURS_A_LEVEL * Math.max(1, Math.round(gap.shortfall)) }));
