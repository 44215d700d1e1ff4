import { newKey } from '#ui/new-key.ts';
import { forgetScans, keepScan, keptScans, type KeptScan } from './kept-scans.ts';

export type Told = { taken: boolean; message: string; topic: string; later: boolean };
/** What became of the last scan: on its way, answered, kept on the device, or not even that. */
export type ScanState = 'idle' | 'sending' | 'kept' | 'lost' | 'signedOut' | 'answered';

/** A line that hangs is no line: then the scan is kept. */
const PATIENCE_MS = 8000;

type Reply =
	{ kind: 'unsent' } | { kind: 'signedOut' } | { kind: 'answered'; answers: Omit<Told, 'later'>[] };

/** Sends scans, and those that this device kept before; what cannot be sent is kept with its time. */
export function scanSender(door: string, owner: string) {
	let state = $state<ScanState>('idle');
	let told = $state<Told[]>([]);
	let waiting = $state(0);
	let underway = false;

	const count = () => (waiting = keptScans(localStorage, owner).length);

	/** A scan just made, or none: then only what waits is sent, and the server hears this device's clock. */
	async function send(scan: Omit<KeptScan, 'owner' | 'keptAt'> | null): Promise<boolean> {
		if (underway) return false;
		underway = true;
		const keptAt = Date.now();
		const kept = keptScans(localStorage, owner);
		if (scan !== null) state = 'sending';
		const reply = await posted(door, [
			...kept.map((one) => bare(one.scan)),
			...(scan === null ? [] : [scan])
		]);
		underway = false;
		if (reply.kind === 'answered') {
			forgetScans(
				localStorage,
				kept.map(({ name }) => name)
			);
			const fresh = reply.answers.map((one, at): Told => ({ ...one, later: at < kept.length }));
			if (fresh.length > 0) {
				told = fresh;
				state = 'answered';
			}
		} else if (scan !== null) {
			const held = keepScan(localStorage, { ...scan, owner, keptAt });
			state = !held ? 'lost' : reply.kind === 'signedOut' ? 'signedOut' : 'kept';
		} else if (reply.kind === 'signedOut') state = 'signedOut';
		count();
		return reply.kind === 'answered';
	}

	return {
		get state() {
			return state;
		},
		get told(): readonly Told[] {
			return told;
		},
		get waiting() {
			return waiting;
		},
		count,
		send
	};
}

const bare = ({ owner: _owner, ...scan }: KeptScan) => scan;

async function posted(door: string, scans: readonly object[]): Promise<Reply> {
	const stop = new AbortController();
	const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
	try {
		const response = await fetch(door, {
			method: 'POST',
			body: JSON.stringify({ key: newKey(), input: { clock: Date.now(), scans } }),
			headers: { 'content-type': 'application/json', accept: 'application/json' },
			signal: stop.signal
		});
		if (response.status === 401) return { kind: 'signedOut' };
		const body: unknown = response.ok ? await response.json() : null;
		const answers = answersIn(body);
		return answers === null ? { kind: 'unsent' } : { kind: 'answered', answers };
	} catch {
		return { kind: 'unsent' };
	} finally {
		clearTimeout(timer);
	}
}

/** Only our own server answers like this; anything else is something in between, and the scan is kept. */
function answersIn(body: unknown): Omit<Told, 'later'>[] | null {
	if (typeof body !== 'object' || body === null || !('answer' in body)) return null;
	const { answer } = body;
	if (typeof answer !== 'object' || answer === null || !('answers' in answer)) return null;
	if (!Array.isArray(answer.answers)) return null;
	return answer.answers.flatMap((one: unknown) => (isTold(one) ? [one] : []));
}

const isTold = (value: unknown): value is Omit<Told, 'later'> =>
	typeof value === 'object' &&
	value !== null &&
	'taken' in value &&
	typeof value.taken === 'boolean' &&
	'message' in value &&
	typeof value.message === 'string' &&
	'topic' in value &&
	typeof value.topic === 'string';

/** Where the phone is, for a session in the field; undefined when it will not say. */
export const whereAmI = (): Promise<KeptScan['position']> =>
	new Promise((resolve) => {
		if (!('geolocation' in navigator)) return resolve(undefined);
		navigator.geolocation.getCurrentPosition(
			({ coords }) =>
				resolve({ latitude: coords.latitude, longitude: coords.longitude, accuracy: coords.accuracy }),
			() => resolve(undefined),
			{ enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 }
		);
	});
