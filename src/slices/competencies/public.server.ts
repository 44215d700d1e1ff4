import type { Db } from '#platform/db/db.ts';
import { requiredLevels, type RequiredLevel } from './server/queries.ts';

export { competencyById, dictionaryOn, levelsOfAll } from './server/queries.ts';
export { seedCompetencies } from './server/seed.ts';

/**
 * Levels that a post level must have on a day, one per competency in force; empty when nothing is asked of it.
 * Sets of people join the SQL function `competencies.required_on(day)` instead.
 */
export const requiredLevelsFor = (db: Db, postLevel: string, on: string): Promise<RequiredLevel[]> =>
	requiredLevels(db, on, postLevel);
