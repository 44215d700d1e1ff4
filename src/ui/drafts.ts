/**
 * What somebody was typing, kept on the device until the server has it. A draft belongs to one form on one page and to
 * one person: a shared PC at a counter must not show one clerk another's words.
 */
export type Draft = {
	owner: string;
	/** Epoch milliseconds. */
	at: number;
	/** The key the form had, so that sending again what already arrived is recognised. */
	key: string;
	fields: [name: string, value: string][];
};

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const PREFIX = 'asah.draft:';
const KEPT_MS = 14 * 86_400_000;

export const draftName = (path: string, form: string): string => `${PREFIX}${path}#${form}`;

/** True when it was kept. A full or forbidden shelf loses the draft, never the typing. */
export function keepDraft(shelf: Shelf, name: string, draft: Draft): boolean {
	try {
		shelf.setItem(name, JSON.stringify(draft));
		return true;
	} catch {
		return false;
	}
}

/** The draft of this owner, not older than fourteen days; anything else under that name is thrown away. */
export function draftOf(shelf: Shelf, name: string, owner: string, now: number): Draft | null {
	const draft = parsed(shelf.getItem(name));
	if (draft !== null && draft.owner === owner && now - draft.at <= KEPT_MS) return draft;
	if (draft !== null) shelf.removeItem(name);
	return null;
}

export const forgetDraft = (shelf: Shelf, name: string): void => shelf.removeItem(name);

/** All, at sign-out: the next person at this device finds nothing. Or those of one page, which takes no more. */
export function forgetAllDrafts(shelf: Shelf, path?: string): void {
	const start = path === undefined ? PREFIX : draftName(path, '');
	const names = Array.from({ length: shelf.length }, (_, index) => shelf.key(index));
	for (const name of names) if (name?.startsWith(start)) shelf.removeItem(name);
}

/** What is worth keeping of a form: no files, no passwords, nothing that the page itself put there. */
export function typedFields(form: HTMLFormElement): [string, string][] {
	const secret = new Set(
		Array.from(
			form.querySelectorAll<HTMLInputElement>('input[type=password], input[type=hidden]'),
			(input) => input.name
		)
	);
	return [...new FormData(form)].flatMap(([name, value]): [string, string][] =>
		typeof value === 'string' && !secret.has(name) ? [[name, value]] : []
	);
}

/** Puts the fields back as if typed, so that whoever listens hears it. */
export function fillForm(form: HTMLFormElement, fields: readonly (readonly [string, string])[]): void {
	const left = new Map<string, string[]>();
	for (const [name, value] of fields) left.set(name, [...(left.get(name) ?? []), value]);
	for (const control of form.elements) {
		if (control instanceof HTMLInputElement && (control.type === 'checkbox' || control.type === 'radio')) {
			const checked = left.get(control.name)?.includes(control.value) ?? false;
			if (control.checked !== checked) setAndTell(control, () => (control.checked = checked));
		} else if (isTextual(control)) {
			const value = left.get(control.name)?.shift();
			if (value !== undefined && control.value !== value) setAndTell(control, () => (control.value = value));
		}
	}
}

type Textual = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function isTextual(control: Element): control is Textual {
	if (control instanceof HTMLInputElement)
		return !['file', 'password', 'hidden', 'submit'].includes(control.type);
	return control instanceof HTMLTextAreaElement || control instanceof HTMLSelectElement;
}

function setAndTell(control: Textual, set: () => void): void {
	set();
	control.dispatchEvent(new Event('input', { bubbles: true }));
	control.dispatchEvent(new Event('change', { bubbles: true }));
}

export const sameFields = (
	a: readonly (readonly [string, string])[],
	b: readonly (readonly [string, string])[]
) => JSON.stringify(a) === JSON.stringify(b);

function parsed(text: string | null): Draft | null {
	if (text === null) return null;
	try {
		const value: unknown = JSON.parse(text);
		return isDraft(value) ? value : null;
	} catch {
		return null;
	}
}

function isDraft(value: unknown): value is Draft {
	return (
		typeof value === 'object' &&
		value !== null &&
		'owner' in value &&
		typeof value.owner === 'string' &&
		'at' in value &&
		typeof value.at === 'number' &&
		'key' in value &&
		typeof value.key === 'string' &&
		'fields' in value &&
		Array.isArray(value.fields)
	);
}
