import { levelInterval } from '#slices/needs/public.ts';
import type { LevelChange } from '../server/queries/evaluations.ts';
import { competencyName } from './words.ts';

const estimate = (known: { level: number; sd: number }) => ({
	value: known.level,
	...levelInterval(known)
});

/** A level before and now with its 90 % intervals; nothing where either is not known. */
export const changePictured = (change: LevelChange) =>
	change.before === null || change.now === null
		? []
		: [{ label: competencyName(change), before: estimate(change.before), after: estimate(change.now) }];
