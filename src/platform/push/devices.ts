import { createHash, ECDH } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { AppError, invalidField, missing, refused, signedOut } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { command, type Beam } from '#platform/work/command.ts';
import { pusher } from './push.ts';

/** A phone, a computer at work and one at home, and what was forgotten to be taken back. */
export const MOST_DEVICES = 10;
/** A trial is a request to somebody else's server: not as fast as one can press. */
const TRIAL_PAUSE_MS = 15_000;

const isKey = (text: string): boolean => {
	try {
		ECDH.convertKey(text, 'prime256v1', 'base64url', 'hex', 'uncompressed');
		return true;
	} catch {
		return false;
	}
};

const Subscribed = z.object({
	/** Of the browser that asks; the screen takes it from the session, not from the form. */
	sessionId: z.string().min(1).max(100),
	endpoint: z.string().min(1).max(1000),
	p256dh: z
		.string()
		.regex(/^[\w-]{87}$/)
		.refine(isKey),
	auth: z.string().regex(/^[\w-]{22}$/),
	label: z.string().max(80).optional()
});

/**
 * Turns notices on in this browser. Refuses: an address that no push service can have, more than ten devices, a session
 * that ended meanwhile. Whoever had this browser before no longer has it.
 */
export const addDevice = command(
	'push.addDevice',
	Subscribed,
	async ({ tx, actor, now, permit, note }, { sessionId, endpoint, p256dh, auth, label }) => {
		permit(true); // everybody decides what their own devices show
		const { personId } = actor;
		if (personId === null) throw refused('platform.push.noPerson');
		const push = pusher();
		if (push === null) throw refused('platform.push.off');
		if (!push.takes(endpoint)) throw invalidField('endpoint', 'platform.push.address');
		const hash = createHash('sha256').update(endpoint).digest('hex');
		// Two browsers of one person at once do not become eleven.
		await sql`select pg_advisory_xact_lock(hashtextextended(${`push ${personId}`}, 0))`.execute(tx);
		const claimed = await sql<{ ours: boolean }>`
			select platform.claim_device(${sessionId}, ${actor.accountId}, ${hash}) as ours`.execute(tx);
		if (claimed.rows[0]?.ours !== true) throw signedOut();
		// One browser has one address at a time: what this session had before was given up by the browser.
		await tx
			.deleteFrom('platform.push_subscription')
			.where('agency_id', '=', actor.agencyId)
			.where('session_id', '=', sessionId)
			.execute();
		const { rows } = await sql<{ devices: number }>`
			select count(*)::int as devices from platform.push_subscription
			where agency_id = (select platform.current_agency()) and person_id = ${personId} and platform.session_open(session_id)`.execute(
			tx
		);
		if ((rows[0]?.devices ?? 0) >= MOST_DEVICES)
			throw refused('platform.push.tooMany', { most: MOST_DEVICES });
		const id = newId();
		await tx
			.insertInto('platform.push_subscription')
			.values({
				agency_id: actor.agencyId,
				id,
				person_id: personId,
				session_id: sessionId,
				endpoint,
				endpoint_hash: hash,
				p256dh,
				auth,
				label: label ?? null,
				created_at: now
			})
			.execute();
		note({ deviceId: id });
		return { id };
	}
);

const Chosen = z.object({ deviceId: z.uuid() });

/** Refuses: a device that is not one's own, as if it were not there. */
export const removeDevice = command('push.removeDevice', Chosen, async (beam, { deviceId }) => {
	await ownDevice(beam, deviceId);
	await beam.tx
		.deleteFrom('platform.push_subscription')
		.where('agency_id', '=', beam.actor.agencyId)
		.where('id', '=', deviceId)
		.execute();
	beam.note({ deviceId });
});

/**
 * Allows one trial, which is sent outside the transaction (try-device.ts). Refuses: somebody else's device as missing,
 * a trial that comes too soon after the last one.
 */
export const allowTrial = command(
	'push.allowTrial',
	Chosen,
	async (beam, { deviceId }) => {
		const device = await ownDevice(beam, deviceId);
		if (device.tried_at !== null && beam.now.getTime() - device.tried_at.getTime() < TRIAL_PAUSE_MS)
			throw new AppError('tooOften', 'platform.push.tooOften', { seconds: TRIAL_PAUSE_MS / 1000 });
		await beam.tx
			.updateTable('platform.push_subscription')
			.set({ tried_at: beam.now })
			.where('agency_id', '=', beam.actor.agencyId)
			.where('id', '=', deviceId)
			.execute();
		beam.note({ deviceId });
		const { endpoint, p256dh, auth } = device;
		return { id: deviceId, endpoint, p256dh, auth };
	},
	{ keepAnswer: false }
);

async function ownDevice({ tx, actor, permit }: Beam, deviceId: string) {
	const device = await tx
		.selectFrom('platform.push_subscription')
		.select(['person_id', 'endpoint', 'p256dh', 'auth', 'tried_at'])
		.where('agency_id', '=', actor.agencyId)
		.where('id', '=', deviceId)
		.forUpdate()
		.executeTakeFirst();
	if (!device || device.person_id !== actor.personId) throw missing();
	permit(true);
	return device;
}
