import { draftName, draftOf, forgetDraft, keepDraft } from '#ui/drafts.ts';
import { readResult, type ShownResult } from '#ui/form-result.ts';
import { newKey } from '#ui/new-key.ts';
import { postAction } from '#ui/post-action.ts';

const TIMEOUT_MS = 15_000;

export type CellState =
	| { kind: 'saving' | 'saved' | 'unsent' }
	/** `kept`: it came too late, and stays on the device. */
	| { kind: 'refused'; message: string; signIn: string | undefined; kept: boolean };

/**
 * Saves answers one by one in the background, each under its own name: what could not be sent stays on the device and
 * goes out when the network is back, on the next answer, or on the next visit. Sent twice, it counts once.
 */
export function answerSaver(options: {
	shelf: string;
	owner: string;
	action: string;
	fixed: Record<string, string>;
	/** Sends to a narrow door instead of a form's action: what goes in, from the fields. */
	json?: (fields: [string, string][]) => unknown;
}) {
	const states = $state<Record<string, CellState>>({});

	const newest: Record<string, string> = {};
	const underway: Record<string, Promise<unknown>> = {};

	/** A second answer to the same question waits for the first, so that the last one given is the last to arrive. */
	function save(
		cell: string,
		fields: Record<string, string>,
		more: [string, string][] = []
	): Promise<boolean> {
		const entries = [...Object.entries({ ...options.fixed, ...fields }), ...more];
		const key = newKey();
		keepDraft(localStorage, draftName(options.shelf, cell), {
			owner: options.owner,
			at: Date.now(),
			key,
			fields: entries
		});
		return send(cell, key, entries);
	}

	function send(cell: string, key: string, entries: [string, string][]): Promise<boolean> {
		newest[cell] = key;
		states[cell] = { kind: 'saving' };
		const sent = (underway[cell] ?? Promise.resolve()).then(async () => {
			if (newest[cell] !== key) return false;
			const outcome =
				options.json === undefined
					? await posted(options.action, key, entries)
					: await handedIn(options.action, key, options.json(entries));
			if (newest[cell] !== key) return false;
			if (
				outcome.kind === 'saved' ||
				(outcome.kind === 'refused' && outcome.signIn === undefined && !outcome.kept)
			)
				forgetDraft(localStorage, draftName(options.shelf, cell));
			states[cell] = outcome;
			return outcome.kind === 'saved';
		});
		underway[cell] = sent;
		return sent;
	}

	/** What an earlier visit could not send, of these cells: sent again. Returns the fields by cell, for the screen. */
	function resume(cells: readonly string[]): Record<string, [string, string][]> {
		const waiting: Record<string, [string, string][]> = {};
		for (const cell of cells) {
			const draft = draftOf(localStorage, draftName(options.shelf, cell), options.owner, Date.now());
			if (draft === null || states[cell]?.kind === 'saving') continue;
			waiting[cell] = draft.fields;
			void send(cell, draft.key, draft.fields);
		}
		return waiting;
	}

	return {
		get states(): Readonly<Record<string, CellState>> {
			return states;
		},
		get unsent(): number {
			return Object.values(states).filter((state) => state.kind === 'unsent').length;
		},
		save,
		resume
	};
}

/** The survey ended while somebody was typing: what came too late is told and kept where it was typed. */
const TOO_LATE: readonly unknown[] = ['needs.rate.closed', 'needs.rate.over'];

async function posted(action: string, key: string, entries: [string, string][]): Promise<CellState> {
	const body = new FormData();
	for (const [name, value] of [['_key', key] as const, ...entries]) body.append(name, value);
	const sent = await postAction(action, body, TIMEOUT_MS);
	return sent.kind === 'refused' ? refusalOf(sent.refusal) : sent;
}

async function handedIn(door: string, key: string, input: unknown): Promise<CellState> {
	try {
		const response = await fetch(door, {
			method: 'POST',
			body: JSON.stringify({ key, input }),
			headers: { 'content-type': 'application/json', accept: 'application/json' }
		});
		if (response.ok) return { kind: 'saved' };
		// Only our own refusals are JSON; anything else is a line or a server in trouble, and is tried again.
		return response.status >= 500 ? { kind: 'unsent' } : refusalOf(readResult(await response.json()));
	} catch {
		return { kind: 'unsent' };
	}
}

function refusalOf(refusal: ShownResult | null): CellState {
	const said = Object.values(refusal?.issues ?? {})[0] ?? refusal?.message ?? '';
	return {
		kind: 'refused',
		message: said,
		signIn: refusal?.signIn,
		kept: TOO_LATE.includes(refusal?.code)
	};
}
