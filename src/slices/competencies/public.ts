export { FAMILIES, LEVELS } from './model.ts';
export { nextPost, postAt, type TargetPost } from './career.ts';
export type { Competency, Level } from './server/queries/dictionary.ts';
export type { RequiredLevel } from './server/queries/required.ts';

/** A competency's name in the language of the screen; only names are in both, definitions are the regulation's. */
export const competencyName = (competency: { name: string; nameEn: string }, language: string): string =>
	language === 'en' ? competency.nameEn : competency.name;
export { unitKindName } from './ui/scope-words.ts';
export { levelName, postLevelName } from './ui/words.ts';
