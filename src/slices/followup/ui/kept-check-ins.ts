import type { Sent } from '#ui/post-action.ts';

/**
 * Check-ins that could not be sent, kept on the device with their photo and the key they were tried with: what the server
 * may have had already is recognised by it. Each belongs to one person; a shared phone shows nobody else's.
 */
export type KeptCheckIn = {
	owner: string;
	actionPlanId: string;
	/** The form's key, so that sent twice is once. */
	key: string;
	/** Epoch milliseconds. */
	keptAt: number;
	fields: [name: string, value: string][];
	/** Photo and small picture as data addresses. */
	files: [name: string, fileName: string, data: string][];
};

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const PREFIX = 'asah.checkIn:';

/** True when it was kept: the screen promises nothing that a full or forbidden shelf cannot hold. */
export function keepCheckIn(shelf: Shelf, kept: KeptCheckIn): boolean {
	try {
		shelf.setItem(`${PREFIX}${kept.key}`, JSON.stringify(kept));
		return true;
	} catch {
		return false;
	}
}

/** What still waits of this person, oldest first. */
export function keptCheckIns(shelf: Shelf, owner: string): KeptCheckIn[] {
	return Array.from({ length: shelf.length }, (_, index) => shelf.key(index) ?? '')
		.filter((name) => name.startsWith(PREFIX))
		.flatMap((name) => parsed(shelf.getItem(name)))
		.filter((kept) => kept.owner === owner)
		.toSorted((a, b) => a.keptAt - b.keptAt);
}

/**
 * Sends what waits, oldest first, until the line or the session fails. What was refused is taken off and told, so that it
 * does not hold up the others.
 */
export async function sendKept(
	shelf: Shelf,
	owner: string,
	send: (kept: KeptCheckIn) => Promise<Sent>
): Promise<{ sent: number; refusals: string[] }> {
	let sent = 0;
	const refusals: string[] = [];
	for (const kept of keptCheckIns(shelf, owner)) {
		const answer = await send(kept);
		if (answer.kind === 'unsent' || answer.kind === 'signedOut') break;
		if (answer.kind === 'refused') refusals.push(answer.message);
		else sent += 1;
		shelf.removeItem(`${PREFIX}${kept.key}`);
	}
	return { sent, refusals };
}

function parsed(text: string | null): KeptCheckIn[] {
	try {
		const value: unknown = JSON.parse(text ?? 'null');
		return isKept(value) ? [value] : [];
	} catch {
		return [];
	}
}

const isKept = (value: unknown): value is KeptCheckIn =>
	typeof value === 'object' &&
	value !== null &&
	['owner', 'actionPlanId', 'key'].every((name) => typeof Reflect.get(value, name) === 'string') &&
	typeof Reflect.get(value, 'keptAt') === 'number' &&
	Array.isArray(Reflect.get(value, 'fields')) &&
	Array.isArray(Reflect.get(value, 'files'));
