import { sql, type RawBuilder } from 'kysely';
import { CATEGORIES, CATEGORY_KEYS, KINDS, USUAL_HOURS } from '../model.ts';

/** Kinds with their category and how it is sent to whoever chose nothing: `k (kind, category, email, push)`. */
export const kindRows: RawBuilder<unknown> = sql`(
	select k.kind, k.category, c.email, c.push
	from unnest(${Object.keys(KINDS)}::text[], ${Object.values(KINDS)}::text[]) as k (kind, category)
	join unnest(${[...CATEGORY_KEYS]}::text[], ${CATEGORY_KEYS.map((key) => CATEGORIES[key].email)}::text[],
		${CATEGORY_KEYS.map((key) => CATEGORIES[key].push)}::boolean[]) as c (category, email, push) on c.category = k.category
)`;

/** Quiet hours of the person of `q` (outer-joined notices.hours), or the usual. */
export const quietFrom = sql`coalesce(q.quiet_from, ${sql.lit(USUAL_HOURS.quietFrom)})`;
export const quietTo = sql`coalesce(q.quiet_to, ${sql.lit(USUAL_HOURS.quietTo)})`;
export const digestHour = sql`coalesce(q.digest_hour, ${sql.lit(USUAL_HOURS.digestHour)})`;
