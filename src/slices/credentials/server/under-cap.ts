import { sql } from 'kysely';

/** Hours of a record `e` as a cap per day sees them: before "+20 %" abroad and its rounding. */
export const UNDER_CAP = sql<number>`coalesce((e.rule #>> '{how,counted}')::numeric, e.learning_hours / coalesce(
	case when e.abroad and e.rule ->> 'abroad' is null then (e.rule ->> 'abroadFactor')::numeric end, 1))`;
