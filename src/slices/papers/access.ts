import { hasAbility, isSelf, mayEverywhere, mayIn, type Actor } from '#kernel/actor.ts';
import type { PaperStatus } from './model.ts';

/** Drafts, issues and withdraws papers, keeps the letterhead and the costs: the training office, for the whole agency. */
export const canIssue = (actor: Actor): boolean => mayEverywhere(actor, 'papers.issue');

/** Has a list of papers at all, of the whole agency or of some unit. */
export const hasPapers = (actor: Actor): boolean => canIssue(actor) || hasAbility(actor, 'papers.read');

/** What a class costs is the office's, and of whoever answers for the whole. */
export const canReadCosts = (actor: Actor): boolean => canIssue(actor) || mayEverywhere(actor, 'papers.read');

/** A paper as access sees it; who moved away has no path any more and is in reach of the whole agency only. */
export type Reading = {
	status: PaperStatus;
	unitPath: string | null;
	/** People invited or sent by it. */
	recipients: readonly string[];
};

/**
 * Drafts are the office's. An issued paper is read by whoever reads papers of the unit it is addressed to, and by the
 * people it invites or sends. Twin of the SQL in `visiblePaper` (server/visible.ts), proved equal by test.
 */
export const canSee = (actor: Actor, paper: Reading): boolean =>
	canIssue(actor) ||
	(paper.status !== 'draft' &&
		(mayIn(actor, 'papers.read', paper.unitPath ?? '') ||
			paper.recipients.some((personId) => isSelf(actor, personId))));
