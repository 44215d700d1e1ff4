import { invalid, refused, type Issue } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import { SMALLEST_GROUP } from './gain.ts';
import { lastReactionDay, type ClassEnd, type ReactionItem } from './model.ts';

export type ReactionWindow = 'never' | 'notYet' | 'open' | 'over';

/** Whether reactions to a class are taken now: from the end of its last session until the end of the last day. */
export function reactionWindow(end: ClassEnd, now: Date, today: CivilDate): ReactionWindow {
	if (!end.held) return 'never';
	const ended = end.lastSessionEndsAt === null ? today > end.lastDay : now >= end.lastSessionEndsAt;
	if (!ended) return 'notYet';
	return today > lastReactionDay(end) ? 'over' : 'open';
}

/** Refuses: not open yet, over, called off. */
export function takeReaction(end: ClassEnd, now: Date, today: CivilDate): void {
	const window = reactionWindow(end, now, today);
	if (window !== 'open') throw refused(`evaluation.reaction.${window}`);
}

export type GivenAnswer = { item: string; score?: number | undefined; remark?: string | undefined };
export type KeptAnswer = { item: string; score: number | null; remark: string | null };

/**
 * The answers worth keeping: every score item has one, text items may stay empty. Refuses, beside the field: a score
 * that is missing, an item that is not asked or asked twice, a text where a score belongs.
 */
export function readAnswers(items: readonly ReactionItem[], given: readonly GivenAnswer[]): KeptAnswer[] {
	const asked = new Map(items.map((item) => [item.code, item]));
	const seen = new Set<string>();
	const issues: Issue[] = [];
	const kept = given.flatMap(({ item, score, remark }, at): KeptAnswer[] => {
		const question = asked.get(item);
		const wrongKind = question?.kind === 'score' ? remark !== undefined : score !== undefined;
		if (question === undefined || seen.has(item) || wrongKind) {
			issues.push({ path: `answers.${at}`, code: 'kernel.field.invalid', params: {} });
			return [];
		}
		seen.add(item);
		if (question.kind === 'text') return remark ? [{ item, score: null, remark }] : [];
		if (score !== undefined) return [{ item, score, remark: null }];
		issues.push({ path: `answers.${at}.score`, code: 'kernel.field.choose', params: {} });
		return [];
	});
	if (items.some(({ code, kind }) => kind === 'score' && !seen.has(code)))
		issues.push({ path: 'answers', code: 'kernel.field.required', params: {} });
	if (issues.length > 0) throw invalid(issues);
	return kept;
}

/** Whether no reaction can come any more: the form is over, or everybody has answered. */
export const isClosed = (
	end: ClassEnd,
	{ given, seated }: { given: number; seated: number },
	now: Date,
	today: CivilDate
): boolean => reactionWindow(end, now, today) === 'over' || (seated > 0 && given >= seated);

/**
 * Whether results may be looked at. Not while answers still come in: who looks before and after one of them would
 * know it. Until all envelopes were opened together there is nothing to look at.
 */
export function resultsState(
	end: ClassEnd,
	{ given, seated, opened }: { given: number; seated: number; opened: boolean },
	now: Date,
	today: CivilDate
): 'notFinished' | 'collecting' | 'opening' | 'tooFew' | 'shown' {
	if (!end.finished) return 'notFinished';
	if (!isClosed(end, { given, seated }, now, today)) return 'collecting';
	if (given < SMALLEST_GROUP) return 'tooFew';
	return opened ? 'shown' : 'opening';
}
