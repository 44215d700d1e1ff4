import { missing, refused } from '#kernel/errors.ts';
import { issueAccessCode } from '#platform/auth/access-code.ts';
import { command } from '#platform/work/command.ts';
import { canReadPerson, canResetAccess } from '../../access.ts';
import { OnePerson } from '../../input.ts';
import { powersOf } from '../queries/places.ts';

/**
 * A colleague who lost phone or password gets in again: a one-time code, shown once, to be read out to them. Somebody
 * without an account gets one. Refuses: nobody one may see, powers that reach beyond the actor's unit, somebody who
 * does not work here any more, an official without NIP and account.
 */
export const resetAccess = command(
	'people.resetAccess',
	OnePerson,
	async ({ tx, actor, now, today, permit, note }, { personId }) => {
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
		const newcomer = person.nip === null ? undefined : { username: person.nip, name: person.name };
		const { code, username, expiresAt } = await issueAccessCode(tx, personId, actor.accountId, now, newcomer);
		return { code, username, expiresAt: expiresAt.toISOString() };
	},
	{ keepAnswer: false, summary: 'Make a one-time code that opens a person’s access again; shown once' }
);
