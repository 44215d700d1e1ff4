import { missing, refused } from '#kernel/errors.ts';
import { issueAccessCode } from '#platform/auth/access-code.ts';
import { command } from '#platform/work/command.ts';
import { canReadPerson, canResetAccess } from '../../access.ts';
import { ResetAccess } from '../../input.ts';
import { powersOf } from '../queries/places.ts';

/**
 * A colleague who lost phone or password gets in again: a one-time code, shown once, to be read out to them. Somebody
 * without an account gets one: under their NIP, an elected official under the name chosen. Refuses: nobody one may see, powers that reach beyond the actor's unit, somebody who
 * does not work here any more, an official without account for whom no name was chosen, a name that is taken.
 */
export const resetAccess = command(
	'people.resetAccess',
	ResetAccess,
	async ({ tx, actor, now, today, permit, note }, { personId, username: chosen }) => {
		const person = await tx
			.selectFrom('people.person')
			.select(['id', 'nip', 'name', 'active'])
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', personId)
			.forUpdate()
			.executeTakeFirst();
		if (!person) throw missing();
		const powers = await powersOf(tx, personId, today);
		if (!canReadPerson(actor, powers)) throw missing();
		permit(canResetAccess(actor, powers));
		if (!person.active) throw refused('people.access.left');
		note({ personId });
		const name = person.nip ?? chosen;
		const newcomer = name === undefined ? undefined : { username: name, name: person.name };
		const { code, username, expiresAt } = await issueAccessCode(tx, personId, actor.accountId, now, newcomer);
		return { code, username, expiresAt: expiresAt.toISOString() };
	},
	{ keepAnswer: false, summary: 'Make a one-time code that opens a person’s access again; shown once' }
);
