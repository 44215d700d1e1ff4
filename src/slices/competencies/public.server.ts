import type { Db } from '#platform/db/db.ts';
import { requiredLevels, type RequiredLevel } from './server/queries/required.ts';

export { competencyById, dictionaryOn, levelsOfAll } from './server/queries/dictionary.ts';
export { affectedBy, statesOf, type Change } from './server/queries/affected.ts';
export { askedOfPost, titlesNamed, type AskedOfPost } from './server/queries/required.ts';
export { seedCompetencies } from './server/seed.ts';

/**
 * Levels that a post level must have on a day, one per competency in force; empty when nothing is asked of it. Rules
 * for exact titles and kinds of unit are not looked at: `askedOfPost` does, and sets of people join the SQL function
 * `competencies.required_for(day)`.
 */
export const requiredLevelsFor = (db: Db, postLevel: string, on: string): Promise<RequiredLevel[]> =>
	requiredLevels(db, on, postLevel);

/** Whom the room's events concern, for notices. */
export { competencyNotices } from './server/notices.ts';
