import { sql } from 'kysely';
import { command } from '#platform/work/command.ts';
import { canTell, hasNotices } from '../../access.ts';
import { SaveSettings } from '../../input.ts';
import { CATEGORY_KEYS } from '../../model.ts';

/** How one wants to be told; in the app always. One's own only. */
export const saveSettings = command(
	'notices.saveSettings',
	SaveSettings,
	async ({ tx, actor, permit, note }, { email, push, quietFrom, quietTo, digestHour }) => {
		permit(hasNotices(actor) && !canTell(actor));
		await sql`
			insert into notices.preference (agency_id, person_id, category, email, push)
			select ${actor.agencyId}, ${actor.personId}::uuid, c.category, c.email, c.push
			from unnest(${[...CATEGORY_KEYS]}::text[], ${CATEGORY_KEYS.map((key) => email[key])}::text[],
				${CATEGORY_KEYS.map((key) => push.includes(key))}::boolean[]) as c (category, email, push)
			on conflict (agency_id, person_id, category) do update set email = excluded.email, push = excluded.push`.execute(
			tx
		);
		await sql`
			insert into notices.hours (agency_id, person_id, quiet_from, quiet_to, digest_hour)
			values (${actor.agencyId}, ${actor.personId}::uuid, ${quietFrom}, ${quietTo}, ${digestHour})
			on conflict (agency_id, person_id) do update
				set quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, digest_hour = excluded.digest_hour`.execute(
			tx
		);
		note({ personId: actor.personId ?? '' });
		return {};
	},
	{ summary: 'Choose how one is told of notices' }
);
