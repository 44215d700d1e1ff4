export { hoursByUnit } from './server/learning-hours.ts';
export { linesToTrace } from './server/queries.ts';
export type { LineToTrace } from './server/queries.ts';
export { yearResults } from './server/year-results.ts';
