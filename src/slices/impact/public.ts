export type { Verdict } from './verdict.ts';
export type { Indicator } from './model.ts';
export { verdictTag, verdictWords } from './ui/words.ts';
