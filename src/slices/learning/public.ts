export { isRight } from './scoring.ts';
