import { refused } from '#kernel/errors.ts';
import type { Actor } from '#kernel/actor.ts';
import { writing } from '#platform/db/pools.ts';
import { run } from '#platform/work/run.ts';
import { allowTrial } from './devices.ts';
import { pusher, type PushNote } from './push.ts';
import { forgetDevice, noteReached } from './subscriptions.ts';

/** Long enough for a phone that wakes up, too short to surprise anybody tomorrow. */
const TRIAL_S = 300;

/**
 * Sends one note to one of one's own devices at once, so that whoever presses learns how it went. Refuses: what
 * `allowTrial` refuses, and whatever the push service said, in words.
 */
export async function tryDevice(
	actor: Actor,
	deviceId: string,
	note: PushNote,
	requestId: string
): Promise<void> {
	const push = pusher();
	if (push === null) throw refused('platform.push.off');
	const device = await run(allowTrial, { actor, input: { deviceId }, requestId });
	const now = new Date();
	const pushed = await push.send(device, note, { ttl: TRIAL_S, now });
	if (pushed.outcome === 'sent')
		await writing(actor.agencyId, (tx) => noteReached(tx, actor.agencyId, deviceId, now));
	else if (pushed.outcome === 'gone') {
		await writing(actor.agencyId, (tx) => forgetDevice(tx, actor.agencyId, deviceId));
		throw refused('platform.push.gone');
	} else throw refused(pushed.why);
}
