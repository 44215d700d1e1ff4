import { sql } from 'kysely';
import { z } from 'zod';
import { missing } from '#kernel/errors.ts';
import { command } from '#platform/work/command.ts';
import { canTell, hasNotices } from '../../access.ts';
import { OpenNotice } from '../../input.ts';

/** Marks one's own notice as read and answers the page that it leads to. Refuses: missing, somebody else's. */
export const openNotice = command(
	'notices.open',
	OpenNotice,
	async ({ tx, actor, now, permit, note }, { noticeId }) => {
		permit(hasNotices(actor));
		const { rows } = await sql<{ href: string }>`
			update notices.notice set read_at = coalesce(read_at, ${now})
			where agency_id = ${actor.agencyId} and id = ${noticeId} and person_id = ${actor.personId}::uuid returning href`.execute(
			tx
		);
		const [row] = rows;
		if (row === undefined) throw missing();
		note({ noticeId });
		return row;
	},
	{ summary: 'Mark a notice of one’s own as read' }
);

/** Marks everything of one's own as read. */
export const readAll = command(
	'notices.readAll',
	z.object({}),
	async ({ tx, actor, now, permit, note }) => {
		permit(hasNotices(actor));
		const { numAffectedRows } = await sql`
			update notices.notice set read_at = ${now}
			where agency_id = ${actor.agencyId} and person_id = ${actor.personId}::uuid and read_at is null`.execute(tx);
		const notices = Number(numAffectedRows ?? 0n);
		note({ notices });
		return { notices };
	},
	{ summary: 'Mark all notices of one’s own as read' }
);

/** What was read is kept for half a year, as letters are. */
export const KEPT_DAYS = 180;

/** Forgets what was read long ago. */
export const forgetNotices = command(
	'notices.forget',
	z.object({}),
	async ({ tx, actor, now, permit, note }) => {
		permit(canTell(actor));
		const old = sql`${now}::timestamptz - make_interval(days => ${sql.lit(KEPT_DAYS)})`;
		const { numAffectedRows } = await sql`
			delete from notices.notice where agency_id = ${actor.agencyId} and read_at < ${old}`.execute(tx);
		await sql`
			delete from notices.digest d where d.agency_id = ${actor.agencyId} and d.created_at < ${old}
				and not exists (select from notices.notice n where n.agency_id = d.agency_id and n.digest_id = d.id)`.execute(
			tx
		);
		const notices = Number(numAffectedRows ?? 0n);
		note({ notices });
		return { notices };
	},
	{ summary: 'Forget notices that were read half a year ago' }
);
