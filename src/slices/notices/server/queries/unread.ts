import { sql, type RawBuilder } from 'kysely';

/** A bell says "99+" long before; counting on would cost every page of whoever never looks. */
const MOST = 100;

/** How many notices of a person are unread, at most a hundred, as one expression of somebody's statement. */
export const unreadCount = (personId: string | null): RawBuilder<number> => sql`(
	select count(*)::int from (
		select from notices.notice n
		where n.agency_id = (select platform.current_agency()) and n.person_id = ${personId}::uuid and n.read_at is null limit ${sql.lit(MOST)}
	) u)`;
