import type { EvaluationOfVersion } from '#slices/evaluation/public.server.ts';
import type { FollowUpOf } from '#slices/followup/public.server.ts';
import type { StudyOfProgram } from '#slices/impact/public.server.ts';
import { SMALLEST_GROUP } from '#kernel/small-groups.ts';

/** Gaps of people who passed, before the class and measured again after it. */
export type Remeasured = {
	people: number;
	before: number;
	after: number;
	/** Competencies of people that lacked something before, and of them those that lack nothing any more. */
	short: number;
	reached: number;
};

/** Why a level says nothing. The words are `reports.level.<why>`; what would fill it is a link of the page. */
export type Why =
	/** Not for this reader. */
	| 'notYours'
	| 'noClass'
	| 'noAnswers'
	| 'collecting'
	| 'tooFew'
	| 'noTests'
	| 'noPairs'
	| 'noPlans'
	| 'noCheckIns'
	| 'notAsked'
	| 'stillOpen'
	| 'notRemeasured'
	| 'noStudy'
	| 'notFixed';

/** A figure that stands, or the reason why none does. Too few people are no break: something is there. */
export type Part<Facts> = { why: null; facts: Facts } | { why: Why };

export type Applied = FollowUpOf['applied'] & { answered: number };
export type LevelsOfVersion = {
	reaction: Part<EvaluationOfVersion['reaction'] & { mean: number }>;
	learning: Part<Pick<EvaluationOfVersion, 'gain' | 'mastery'>>;
	applied: Part<Applied>;
	rated: Part<FollowUpOf['rated'] & { before: number; now: number }>;
	remeasured: Part<Remeasured>;
	studies: Part<StudyOfProgram[]>;
};

const found = <Facts>(facts: Facts): Part<Facts> => ({ why: null, facts });
const because = (why: Why) => ({ why });
const few = (people: number) => people > 0 && people < SMALLEST_GROUP;

/** What each level of a curriculum version says. Null: not for this reader; undefined: nothing was found at all. */
export function levelsOf(
	evaluation: EvaluationOfVersion | null | undefined,
	followUp: FollowUpOf | null | undefined,
	remeasured: Remeasured | null | undefined,
	studies: readonly StudyOfProgram[] | null
): LevelsOfVersion {
	return {
		reaction: reactionOf(evaluation),
		learning: learningOf(evaluation),
		applied: appliedOf(followUp),
		rated: ratedOf(followUp),
		remeasured:
			remeasured === null
				? because('notYours')
				: remeasured === undefined || remeasured.people === 0
					? because('notRemeasured')
					: few(remeasured.people)
						? because('tooFew')
						: found(remeasured),
		studies:
			studies === null
				? because('notYours')
				: studies.length === 0
					? because('noStudy')
					: studies.every(({ verdict }) => verdict === null)
						? because('notFixed')
						: found(studies.filter(({ verdict }) => verdict !== null))
	};
}

function reactionOf(evaluation: EvaluationOfVersion | null | undefined): LevelsOfVersion['reaction'] {
	if (evaluation === null) return because('notYours');
	if (evaluation === undefined || evaluation.classes === 0) return because('noClass');
	const { reaction } = evaluation;
	if (reaction.mean !== null) return found({ ...reaction, mean: reaction.mean });
	if (reaction.waiting > 0) return because('collecting');
	return because(reaction.given > 0 ? 'tooFew' : 'noAnswers');
}

function learningOf(evaluation: EvaluationOfVersion | null | undefined): LevelsOfVersion['learning'] {
	if (evaluation === null) return because('notYours');
	if (evaluation === undefined || evaluation.classes === 0) return because('noClass');
	const { gain, mastery, tests } = evaluation;
	if (gain.shown) return found({ gain, mastery });
	if (tests.before === null || tests.after === null) return because('noTests');
	return because(evaluation.pairs > 0 ? 'tooFew' : 'noPairs');
}

function appliedOf(followUp: FollowUpOf | null | undefined): LevelsOfVersion['applied'] {
	if (followUp === null) return because('notYours');
	if (followUp === undefined || followUp.applied.plans === 0) return because('noPlans');
	const { applied } = followUp;
	if (few(applied.plans)) return because('tooFew');
	const answered = applied.yes + applied.partly + applied.no;
	return answered === 0 ? because('noCheckIns') : found({ ...applied, answered });
}

function ratedOf(followUp: FollowUpOf | null | undefined): LevelsOfVersion['rated'] {
	if (followUp === null) return because('notYours');
	if (followUp === undefined || followUp.rated.evaluations === 0) return because('notAsked');
	const { rated } = followUp;
	if (rated.closed === 0) return because('stillOpen');
	const { before, now } = rated;
	if (rated.people < SMALLEST_GROUP || before === null || now === null) return because('tooFew');
	return found({ ...rated, before, now });
}

/** Levels (1 to 4) of which this reader is told a figure. */
export const toldOf = ({
	reaction,
	learning,
	applied,
	rated,
	remeasured,
	studies
}: LevelsOfVersion): number =>
	[[reaction], [learning], [applied, rated, remeasured], [studies]].filter((parts) =>
		parts.some(({ why }) => why === null)
	).length;

/** A level is a break when none of its parts stands, nor would stand but for few people or the reader's role. */
const HELD: readonly (Why | null)[] = [null, 'tooFew', 'notYours'];
export function breaksOf(levels: LevelsOfVersion): (1 | 2 | 3 | 4)[] {
	const broken = (...parts: readonly { why: Why | null }[]) => parts.every(({ why }) => !HELD.includes(why));
	return ([1, 2, 3, 4] as const).filter((level) =>
		level === 1
			? broken(levels.reaction)
			: level === 2
				? broken(levels.learning)
				: level === 3
					? broken(levels.applied, levels.rated, levels.remeasured)
					: broken(levels.studies)
	);
}
