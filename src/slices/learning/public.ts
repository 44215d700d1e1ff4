export { isPassed, isRight, percentOf, type Mark } from './scoring.ts';
