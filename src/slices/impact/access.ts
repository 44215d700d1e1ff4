import { hasAbility, isSelf, mayEverywhere, mayIn, type Actor } from '#kernel/actor.ts';
import type { Subject } from './model.ts';

/** Figures of services, and groups of five people and more; a unit's head sees the own units' series. */
export const canRead = (actor: Actor): boolean => hasAbility(actor, 'impact.read');
export const canEdit = (actor: Actor): boolean => mayEverywhere(actor, 'impact.edit');

/** Somebody whose figures are looked at. */
type Measured = { personId: string; unitPath: string; restricted: boolean };

/**
 * Figures of one person: one's own always, else with the ability in the unit where they work today. Who asked for a
 * limit of processing is left out, as everywhere (UU 27/2022 Ps 11). Its SQL twin is `visibleFigures`.
 */
export const canReadPerson = (actor: Actor, person: Measured): boolean =>
	isSelf(actor, person.personId) ||
	(mayIn(actor, 'impact.readPeople', person.unitPath) &&
		(!person.restricted || mayIn(actor, 'people.correct', person.unitPath)));

/** People of the whole agency one by one: what it takes to bring in their figures and to choose them for a study. */
export const canReadEverybody = (actor: Actor): boolean => mayEverywhere(actor, 'impact.readPeople');
export const canEditPeople = (actor: Actor): boolean => canEdit(actor) && canReadEverybody(actor);
/** Plans of studies, to whom their figures are open. */
export const canDesign = (actor: Actor, subject: Subject | undefined): boolean =>
	subject === 'person' ? canEditPeople(actor) : canEdit(actor);

/** Rows of people are rows of people, whatever stands in place of their names: only who sees everybody takes them along. */
export const canTakeBundle = (actor: Actor, { subject }: { subject?: Subject }): boolean =>
	subject !== 'person' || canReadEverybody(actor);

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
