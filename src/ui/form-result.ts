import { issuePath } from './form-context.ts';

/** What `formAction` gives back, as far as a form on the screen reads it. */
export type ShownResult = {
	command?: string | undefined;
	done?: boolean | undefined;
	kind?: string | undefined;
	/** Which refusal it is, for a screen that does more than say it. */
	code?: string | undefined;
	message?: string | null | undefined;
	issues?: Record<string, string> | undefined;
	values?: Record<string, string | string[]> | undefined;
	answer?: unknown;
	/** Where to sign in again, when the session ended while somebody was typing. */
	signIn?: string | undefined;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

/** A page's `form` of whatever type, read as a result; null for anything else. */
export function readResult(form: unknown): ShownResult | null {
	return isRecord(form) && ('message' in form || 'done' in form) ? (form satisfies ShownResult) : null;
}

/**
 * Is this refusal the one of this form? A page may show the same form for forty people: then the fixed fields of the
 * one that was sent say which. Without a command name any refusal on the page is taken as its own.
 */
export function belongsTo(
	result: ShownResult,
	command: string | undefined,
	fields: Readonly<Record<string, string>>
): boolean {
	if (command !== undefined && result.command !== undefined && result.command !== command) return false;
	const values = result.values ?? {};
	return Object.entries(fields).every(([name, value]) => values[name] === value);
}

/** The sentence for one field; a list's own refusal also answers for its members (`choices.0` → `choices`). */
export function issueOf(issues: Readonly<Record<string, string>>, name: string): string | undefined {
	const path = issuePath(name);
	return (
		issues[path] ??
		Object.entries(issues).find(([key]) => new RegExp(`^${escape(path)}\\.\\d+$`).test(key))?.[1]
	);
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
