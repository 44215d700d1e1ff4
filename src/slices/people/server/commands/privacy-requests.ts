import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canDecidePrivacy } from '../../access.ts';
import { AskPrivacy, DecidePrivacy, OnePrivacyRequest } from '../../history-input.ts';

constraintMeans('privacy_request_waiting', 'people.privacy.already');

/**
 * A request under UU 27/2022: limit the processing (Ps 11), object to profiling (Ps 10), end and delete (Ps 8).
 * Refuses: an account without a person, one of the same kind that waits.
 */
export const askPrivacy = command(
	'people.askPrivacy',
	AskPrivacy,
	async ({ tx, actor, now, permit, note }, { kind, reason }) => {
		const personId = actor.personId;
		permit(personId !== null);
		if (personId === null) throw missing();
		const requestId = newId();
		await tx
			.insertInto('people.privacy_request')
			.values({
				agency_id: actor.agencyId,
				id: requestId,
				person_id: personId,
				kind,
				reason,
				status: 'waiting',
				asked_at: now
			})
			.execute();
		note({ requestId, personId });
		return { requestId };
	},
	{ summary: 'Ask for restriction or deletion, or object to profiling' }
);

/**
 * Answered with a reason by who watches over privacy. A granted restriction holds at once. Refuses: one's own, decided
 * already. Deleting is not done by a button: what must be kept by law is kept (Ps 15), so the answer says what was done.
 */
export const decidePrivacy = command(
	'people.decidePrivacy',
	DecidePrivacy,
	async ({ tx, actor, now, permit, note }, { requestId, decision, answer }) => {
		const found = await lockRequest(tx, actor.agencyId, requestId);
		permit(canDecidePrivacy(actor, found.person_id));
		if (found.status !== 'waiting')
			throw refused('people.correction.decided', { who: found.decided_by ?? '' });
		await tx
			.updateTable('people.privacy_request')
			.set({ status: decision, decided_at: now, decided_by: actor.name, answer })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', requestId)
			.execute();
		if (decision === 'granted' && found.kind === 'restrict')
			await restrict(tx, actor.agencyId, found.person_id, true);
		note({ requestId, personId: found.person_id, decision });
		return { requestId };
	},
	{ summary: 'Grant or refuse a request under UU 27/2022, with the reason' }
);

/** Taken back by who asked: one that waits ends, a granted restriction is lifted. Refuses: one that is over. */
export const endPrivacyRequest = command(
	'people.endPrivacyRequest',
	OnePrivacyRequest,
	async ({ tx, actor, permit, note }, { requestId }) => {
		const found = await lockRequest(tx, actor.agencyId, requestId);
		if (found.person_id !== actor.personId) throw missing();
		permit(true);
		const lifts = found.status === 'granted' && found.kind === 'restrict';
		if (found.status !== 'waiting' && !lifts) throw refused('people.order.over');
		await tx
			.updateTable('people.privacy_request')
			.set({ status: lifts ? 'lifted' : 'withdrawn' })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', requestId)
			.execute();
		if (lifts) await restrict(tx, actor.agencyId, found.person_id, false);
		note({ requestId });
		return { requestId };
	},
	{ summary: 'Take back a request, or lift one’s own restriction' }
);

async function lockRequest(tx: Tx, agencyId: string, requestId: string) {
	const found = await tx
		.selectFrom('people.privacy_request')
		.select(['person_id', 'kind', 'status', 'decided_by'])
		.where('agency_id', '=', agencyId)
		.where('id', '=', requestId)
		.forUpdate()
		.executeTakeFirst();
	if (!found) throw missing();
	return found;
}

const restrict = async (tx: Tx, agencyId: string, personId: string, restricted: boolean): Promise<void> =>
	void (await tx
		.updateTable('people.person')
		.set({ restricted })
		.where('agency_id', '=', agencyId)
		.where('id', '=', personId)
		.execute());
