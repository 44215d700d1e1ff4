import { newKey } from '#ui/new-key.ts';
import { sendForm, type Sent } from '#ui/post-action.ts';
import { flush, put, waiting, type Entry } from './answer-outbox.ts';

const TIMEOUT_MS = 15_000;
const AGAIN_MS = 10_000;

/** What the bar shows: how many answers wait on this device, why, and what could not be saved at all. */
export const outbox = $state<{ count: number; signedOut: boolean; offline: boolean; refusals: string[] }>({
	count: 0,
	signedOut: false,
	offline: false,
	refusals: []
});

function send(entry: Entry): Promise<Sent> {
	const form = new FormData();
	form.set('attemptId', entry.attemptId);
	form.set('questionId', entry.questionId);
	for (const id of entry.choiceIds) form.append('choiceIds[]', id);
	form.set('answeredAt', entry.answeredAt);
	form.set('_key', entry.key);
	return sendForm(`/learning/attempt/${entry.attemptId}?/answer`, form, TIMEOUT_MS);
}

let running: Promise<void> | null = null;
let again: ReturnType<typeof setTimeout> | undefined;

/** Sends what waits, unless that is going on already; tries again by itself while something waits. */
export function sendAnswers(): Promise<void> {
	clearTimeout(again);
	running ??= (async () => {
		const { stopped, refusals } = await flush(localStorage, send);
		outbox.count = waiting(localStorage).length;
		outbox.signedOut = stopped === 'signedOut';
		outbox.offline = stopped === 'unsent';
		outbox.refusals = [...outbox.refusals, ...refusals];
		running = null;
		if (outbox.count > 0) again = setTimeout(() => void sendAnswers(), stopped === 'empty' ? 0 : AGAIN_MS);
	})();
	return running;
}

/** Keeps an answer on the device at once and sends it as soon as it can. */
export function saveAnswer(answer: Omit<Entry, 'key'>): void {
	const entry = { ...answer, key: newKey() };
	if (put(localStorage, entry)) {
		outbox.count = waiting(localStorage).length;
		void sendAnswers();
	} else {
		// Nowhere to keep it: sent at once, and shown as refused should that fail.
		void send(entry).then((sent) => {
			if (sent.kind !== 'saved')
				outbox.refusals = [...outbox.refusals, sent.kind === 'refused' ? sent.message : ''];
		});
	}
}

/** From now on tries again whenever the connection or the person comes back; answers how to stop. */
export function watchConnection(): () => void {
	outbox.count = waiting(localStorage).length;
	if (outbox.count > 0) void sendAnswers();
	const back = () => {
		if (outbox.count > 0 && document.visibilityState === 'visible') void sendAnswers();
	};
	addEventListener('online', back);
	document.addEventListener('visibilitychange', back);
	return () => {
		removeEventListener('online', back);
		document.removeEventListener('visibilitychange', back);
		clearTimeout(again);
	};
}
