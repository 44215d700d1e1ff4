import { authPool } from '#platform/auth/auth.ts';
import { plainUsername } from '#platform/auth/username.ts';
import { run } from '#platform/work/run.ts';
import { resetAccess } from '#slices/people/server/commands/reset-access.ts';
import { systemActor } from './actor.ts';

export type Rescued = { code: string; username: string; expiresAt: string };

/**
 * A one-time code for an account, asked for by whoever runs the machine: the last administrator who lost password and
 * phone has no colleague who could make one. Stands in the audit trail as done by Asah itself. Null: no such account.
 * Refuses what `people.resetAccess` refuses.
 */
export async function rescue(typed: string): Promise<Rescued | null> {
	const { rows } = await authPool().query<{ agency_id: string; person_id: string }>(
		'select agency_id, person_id from auth.user where username = $1',
		[plainUsername(typed)]
	);
	const account = rows[0];
	if (!account) return null;
	const actor = systemActor(account.agency_id);
	return run(resetAccess, { actor, input: { personId: account.person_id } });
}
