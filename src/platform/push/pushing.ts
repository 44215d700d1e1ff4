import type { Kysely } from 'kysely';
import type { DB, Db } from '#platform/db/db.ts';
import { reading } from '#platform/db/pools.ts';
import { log } from '#platform/log/log.ts';
import type { Step } from '#platform/mail/carrying.ts';
import { again, finish, pauseOfLetter, take, type LetterTo, type Taken } from '#platform/mail/turns.ts';
import type { Device, Pushed, Pusher, PushNote } from './push.ts';
import { devicesOf, forgetDevice, noteReached } from './subscriptions.ts';

/** Writes a note when it is its turn; null: it was read meanwhile, or nobody needs it any more. */
export type PushKind = (db: Db, to: LetterTo) => Promise<PushNote | null>;
export type PushKinds = Readonly<Record<string, PushKind>>;

export type PushCarrier = {
	worker: Kysely<DB>;
	app: Kysely<DB>;
	kinds: PushKinds;
	send: Pusher['send'];
};

type Held = Extract<Pushed, { why: string }>;

/**
 * Carries one letter by push at each call, to every device of its person that does not have it yet. What each device
 * took is written down at once: should this process die, or one device's service be away, the others are passed by the
 * next time. A service that is away is left alone by `send` itself; letters to other services go on.
 */
export function pushing({ worker, app, kinds, send }: PushCarrier): (now?: Date) => Promise<Step> {
	return async (now = new Date()) => {
		const taken = await take(worker, 'push', now);
		if (taken === undefined) return 'nothing';
		if (taken.late) {
			// What nothing went wrong with is merely yesterday's news; what could not go is said.
			const status = taken.error === null ? 'dropped' : 'failed';
			await finish(worker, taken, { status, now });
			return 'late';
		}
		const written = await write(taken);
		if (written === 'ours') {
			await again(
				worker,
				taken,
				'platform.push.ours',
				new Date(now.getTime() + pauseOfLetter(taken.attempts))
			);
			return 'later';
		}
		if (written === null) {
			await finish(worker, taken, { status: 'dropped', now });
			return 'dropped';
		}
		return carry(taken, written, now);
	};

	async function write({ agencyId, id, kind, personId, aboutId }: Taken) {
		try {
			const compose = kinds[kind];
			if (!compose) throw new Error(`Nobody writes notes of kind ${kind}`);
			return await reading(
				agencyId,
				async (db) => {
					const devices = await devicesOf(db, personId);
					const note = devices.length === 0 ? null : await compose(db, { personId, aboutId });
					return note === null ? null : { note, devices };
				},
				app
			);
		} catch (error) {
			// A bug of ours in one letter must not hold up the others.
			log.error({ err: error, letterId: id, kind }, 'note not written');
			return 'ours';
		}
	}

	async function carry(
		taken: Taken,
		{ note, devices }: { note: PushNote; devices: readonly Device[] },
		now: Date
	): Promise<Step> {
		const ttl = Math.max(0, Math.floor((taken.expiresAt.getTime() - now.getTime()) / 1000));
		const held: Held[] = [];
		let reached = taken.reached.length;
		for (const device of devices) {
			if (taken.reached.includes(device.id)) continue;
			const pushed = await send(device, note, { ttl, now });
			if (pushed.outcome === 'sent') {
				await noteReached(worker, taken.agencyId, device.id, now, taken.id);
				reached += 1;
			} else if (pushed.outcome === 'gone') await forgetDevice(worker, taken.agencyId, device.id);
			else held.push(pushed);
		}
		const waits = held.filter(({ outcome }) => outcome !== 'refused');
		const [first] = waits;
		if (first !== undefined) {
			const pause = new Date(now.getTime() + pauseOfLetter(taken.attempts));
			const next = waits.map((one) => ('retryAt' in one && one.retryAt) || pause);
			await again(worker, taken, first.why, new Date(Math.min(...next.map((at) => at.getTime()))));
			return first.outcome;
		}
		const [refusal] = held;
		if (reached === 0 && refusal !== undefined) {
			await finish(worker, taken, { status: 'failed', error: refusal.why, now });
			return 'refused';
		}
		// Every device was given up by its browser: there is nobody to tell, and the notice itself waits in Asah.
		await finish(worker, taken, { status: reached > 0 ? 'sent' : 'dropped', now });
		return reached > 0 ? 'sent' : 'dropped';
	}
}
