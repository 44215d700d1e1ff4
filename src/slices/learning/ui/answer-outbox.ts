import type { Sent } from '#ui/post-action.ts';

/**
 * Answers on their way to the server, kept on the device until it has them: a lost connection, a closed tab or a reload
 * loses nothing. Of each question only the newest waits. Sending twice is harmless (every entry has its own key).
 */
export type Entry = {
	attemptId: string;
	questionId: string;
	choiceIds: string[];
	/** ISO instant by the server's clock. */
	answeredAt: string;
	key: string;
};

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const NAME = 'asah.answers';

function isEntry(value: unknown): value is Entry {
	if (typeof value !== 'object' || value === null) return false;
	const texts = ['attemptId', 'questionId', 'answeredAt', 'key'];
	const choices: unknown = Reflect.get(value, 'choiceIds');
	return (
		texts.every((name) => typeof Reflect.get(value, name) === 'string') &&
		Array.isArray(choices) &&
		choices.every((choice) => typeof choice === 'string')
	);
}

export function waiting(shelf: Shelf): Entry[] {
	try {
		const value: unknown = JSON.parse(shelf.getItem(NAME) ?? '[]');
		return Array.isArray(value) ? value.filter(isEntry) : [];
	} catch {
		return [];
	}
}

function keep(shelf: Shelf, entries: readonly Entry[]): void {
	if (entries.length === 0) shelf.removeItem(NAME);
	else shelf.setItem(NAME, JSON.stringify(entries));
}

const isSame = (a: Entry, b: Entry) => a.attemptId === b.attemptId && a.questionId === b.questionId;

/** Puts an answer on the shelf in place of an older one to the same question; false when the shelf is full or forbidden. */
export function put(shelf: Shelf, entry: Entry): boolean {
	try {
		keep(shelf, [...waiting(shelf).filter((other) => !isSame(other, entry)), entry]);
		return true;
	} catch {
		return false;
	}
}

/** Takes one off, unless a newer answer to the same question has taken its place meanwhile (another key). */
export function drop(shelf: Shelf, key: string): void {
	keep(
		shelf,
		waiting(shelf).filter((entry) => entry.key !== key)
	);
}

/** The newest answer to a question of an attempt that is still waiting. */
export const waitingFor = (shelf: Shelf, attemptId: string, questionId: string): Entry | undefined =>
	waiting(shelf).find((entry) => entry.attemptId === attemptId && entry.questionId === questionId);

/**
 * Sends what waits, oldest first, one at a time, until the shelf is empty or sending makes no sense for now. Answers
 * why it stopped and what was refused for good (taken off the shelf, so that one bad answer does not block the rest).
 */
export async function flush(
	shelf: Shelf,
	send: (entry: Entry) => Promise<Sent>
): Promise<{ stopped: 'empty' | 'unsent' | 'signedOut'; refusals: string[] }> {
	const refusals: string[] = [];
	for (let entry = waiting(shelf)[0]; entry !== undefined; entry = waiting(shelf)[0]) {
		const sent = await send(entry);
		if (sent.kind === 'unsent' || sent.kind === 'signedOut') return { stopped: sent.kind, refusals };
		if (sent.kind === 'refused') refusals.push(sent.message);
		drop(shelf, entry.key);
	}
	return { stopped: 'empty', refusals };
}

/** A clock that follows the server's and never runs back: two answers never change places. */
export function answerClock(serverNow: number, deviceNow: () => number): () => string {
	const ahead = serverNow - deviceNow();
	let last = 0;
	return () => {
		last = Math.max(deviceNow() + ahead, last + 1);
		return new Date(last).toISOString();
	};
}
