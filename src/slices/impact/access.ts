import { hasAbility, mayEverywhere, mayIn, type Actor } from '#kernel/actor.ts';

/** Figures of services, never of persons; a unit's head sees the own units' series. */
export const canRead = (actor: Actor): boolean => hasAbility(actor, 'impact.read');
export const canEdit = (actor: Actor): boolean => mayEverywhere(actor, 'impact.edit');

/** Who answers for the trainings may say something about a study of one, and change nothing of it. */
export const canComment = (actor: Actor): boolean => hasAbility(actor, 'programs.edit');

/**
 * A study is one piece: who may read one of its units reads all of it, because half a comparison misleads. One still
 * being designed concerns only those who read the whole agency. Its SQL twin is `visibleStudy`.
 */
export const canReadStudy = (
	actor: Actor,
	study: { frozen: boolean; unitPaths: readonly string[] }
): boolean =>
	mayEverywhere(actor, 'impact.read') ||
	(study.frozen && study.unitPaths.some((path) => mayIn(actor, 'impact.read', path)));
