import { deserialize } from '$app/forms';
import { readResult, type ShownResult } from './form-result.ts';

/** What became of sending: `saved`; `unsent`, try again later; `signedOut`, after signing in; `refused`, never (told why). */
export type Sent = { kind: 'saved' | 'unsent' | 'signedOut' } | { kind: 'refused'; message: string };

/**
 * Sends to the same action as the form without scripts: one way to write. No connection, no answer in time, or an answer
 * of something in between is `unsent`: the server may or may not have it, so what is sent again carries the same key.
 */
export async function postAction(
	action: string,
	body: FormData,
	timeoutMs: number
): Promise<{ kind: 'saved' | 'unsent' } | { kind: 'refused'; refusal: ShownResult | null }> {
	try {
		const response = await fetch(action, {
			method: 'POST',
			headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
			body,
			signal: AbortSignal.timeout(timeoutMs)
		});
		const result = deserialize(await response.text());
		if (result.type === 'success' || result.type === 'redirect') return { kind: 'saved' };
		if (result.type === 'error') return { kind: 'unsent' };
		return { kind: 'refused', refusal: readResult(result.data) };
	} catch {
		return { kind: 'unsent' };
	}
}

/** For whatever waits on the device until the server has it. */
export async function sendForm(action: string, body: FormData, timeoutMs: number): Promise<Sent> {
	const sent = await postAction(action, body, timeoutMs);
	if (sent.kind !== 'refused') return sent;
	if (sent.refusal?.kind === 'signedOut') return { kind: 'signedOut' };
	return { kind: 'refused', message: sent.refusal?.message ?? '' };
}
