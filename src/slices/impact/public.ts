export type { Verdict } from './verdict.ts';
export type { Indicator } from './model.ts';
export type { Design } from './model.ts';
export { costOfEffect } from './ui/cost-words.ts';
export { designWord, effectWords, verdictTag, verdictWords } from './ui/words.ts';
