export type { Verdict } from './verdict.ts';
export { costOfEffect } from './ui/cost-words.ts';
export { designWord, effectWords, verdictTag, verdictWords } from './ui/words.ts';
