import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { enqueue, unfinishedJob } from '#platform/jobs/jobs.ts';
import { close } from '#platform/signing/closed-box.ts';
import { commonName } from '#platform/signing/p12.ts';
import { command } from '#platform/work/command.ts';
import { canIssue } from '../../access.ts';
import { AskToSign, KeepSeal, RetireSeal } from '../../signing-input.ts';
import { SEAL_PURPOSE } from '../open-seal.ts';
import { unsignedIn } from '../queries/signing.ts';
import { closeSeal, openedSeal } from '../unlocked.ts';

export const SIGN_CLASS = 'credentials.signClass';

/** Keeps the agency's P12, closed by its own passphrase and by the installation's key. The passphrase is not kept. */
export const keepSeal = command(
	'credentials.keepSeal',
	KeepSeal,
	async ({ tx, actor, now, permit, note }, { name, timeServer, content, opened }) => {
		permit(canIssue(actor));
		const signer = openedSeal(actor.agencyId, null, opened, now);
		if (!signer) throw refused('credentials.seal.locked');
		closeSeal(opened);
		const { subject, issuer, serialNumber, validFrom, validTo } = signer.certificate;
		const sealId = newId();
		await tx
			.insertInto('credentials.seal')
			.values({
				agency_id: actor.agencyId,
				id: sealId,
				name,
				subject: commonName(subject),
				issuer: commonName(issuer),
				serial: serialNumber,
				valid_from: new Date(validFrom),
				valid_to: new Date(validTo),
				content: close(content, SEAL_PURPOSE),
				time_server: timeServer,
				account_id: actor.accountId,
				created_at: now
			})
			.execute();
		note({ sealId });
		return { sealId };
	},
	{ summary: 'Keep a P12 file to sign certificates with' }
);

/** No more signatures with it; those that were made stay. */
export const retireSeal = command(
	'credentials.retireSeal',
	RetireSeal,
	async ({ tx, actor, now, permit, note }, { sealId }) => {
		permit(canIssue(actor));
		const changed = await tx
			.updateTable('credentials.seal')
			.set({ retired_at: now })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', sealId)
			.where('retired_at', 'is', null)
			.executeTakeFirst();
		if (changed.numUpdatedRows === 0n) throw missing();
		note({ sealId });
	},
	{ summary: 'Stop signing with a P12 file' }
);

/**
 * Puts the signing of a class in the queue. The seal must be open in memory; after a restart the job says so and is
 * asked for again: what was signed stays signed. Refuses: locked, nothing to sign.
 */
export const askToSign = command(
	'credentials.askToSign',
	AskToSign,
	async ({ tx, actor, now, permit, note }, { classId, sealId, opened, home }) => {
		permit(canIssue(actor));
		if (!openedSeal(actor.agencyId, sealId, opened, now)) throw refused('credentials.seal.locked');
		if ((await unsignedIn(tx, classId, 1)).length === 0) throw refused('credentials.sign.nothing');
		const input = { classId, sealId, opened, home };
		const under = await unfinishedJob(tx, actor, SIGN_CLASS, input);
		const jobId = under?.id ?? (await enqueue(tx, { actor, kind: SIGN_CLASS, input, now }));
		note({ classId, sealId, jobId });
		return { jobId };
	},
	{ summary: 'Ask for the certificates of a class to be signed; it happens in the background' }
);
