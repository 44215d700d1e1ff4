import { invalid, refused, type Issue } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';
import { lastReactionDay, pointsOf, type ClassEnd, type ReactionItem } from './model.ts';

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

export type GivenAnswer = {
	item: string;
	score?: number | undefined;
	before?: number | undefined;
	remark?: string | undefined;
};
export type KeptAnswer = {
	item: string;
	/** Of an item of 1 to 4. */
	score: number | null;
	/** Of one of 1 to 5, or how sure now. */
	grade: number | null;
	/** How sure before. */
	before: number | null;
	remark: string | null;
};

const NOTHING = { score: null, grade: null, before: null, remark: null };

/**
 * The answers worth keeping: every marked item has one, a confidence item both or neither, text items may stay empty.
 * Refuses, beside the field: a mark that is missing or too high, half a pair, an item that is not asked or asked twice,
 * a text where a mark belongs.
 */
export function readAnswers(items: readonly ReactionItem[], given: readonly GivenAnswer[]): KeptAnswer[] {
	const asked = new Map(items.map((item) => [item.code, item]));
	const seen = new Set<string>();
	const issues: Issue[] = [];
	const kept = given.flatMap((answer, at): KeptAnswer[] => {
		const question = asked.get(answer.item);
		if (question === undefined || seen.has(answer.item) || isOfOtherKind(question, answer)) {
			issues.push({ path: `answers.${at}`, code: 'kernel.field.invalid', params: {} });
			return [];
		}
		seen.add(answer.item);
		return keptOf(question, answer, (field) =>
			issues.push({ path: `answers.${at}.${field}`, code: 'kernel.field.choose', params: {} })
		);
	});
	if (items.some(({ code, kind }) => (kind === 'score' || kind === 'scale') && !seen.has(code)))
		issues.push({ path: 'answers', code: 'kernel.field.required', params: {} });
	if (issues.length > 0) throw invalid(issues);
	return kept;
}

function isOfOtherKind({ kind }: ReactionItem, { score, before, remark }: GivenAnswer): boolean {
	if (kind === 'text') return score !== undefined || before !== undefined;
	const tooHigh = (score ?? 0) > pointsOf(kind);
	return remark !== undefined || tooHigh || (before !== undefined && kind !== 'confidence');
}

function keptOf(
	{ code, kind }: ReactionItem,
	{ score, before, remark }: GivenAnswer,
	lacks: (field: 'score' | 'before') => void
): KeptAnswer[] {
	if (kind === 'text') return remark ? [{ ...NOTHING, item: code, remark }] : [];
	if (kind === 'confidence' && score === undefined && before === undefined) return [];
	if (kind === 'confidence' && before === undefined) lacks('before');
	if (score === undefined) {
		lacks('score');
		return [];
	}
	if (kind === 'score') return [{ ...NOTHING, item: code, score }];
	return [{ ...NOTHING, item: code, grade: score, before: before ?? null }];
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
