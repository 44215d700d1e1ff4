export { isPassed, percentOf, type Mark } from './scoring.ts';
