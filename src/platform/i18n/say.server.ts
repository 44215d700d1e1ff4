import type { Facts, Issue } from '#kernel/errors.ts';
import { m } from './paraglide/messages.js';

type Sentence = (params: Facts) => string;

const isSentence = (value: unknown): value is Sentence => typeof value === 'function';

/**
 * The sentence for a code that is only known at run time (errors, job results), in the language of the request.
 * Server only: on the client it would pull every message into the bundle.
 */
export function say(code: string, params: Facts = {}): string {
	const sentence: unknown = Reflect.get(m, code);
	return isSentence(sentence) ? sentence(params) : code;
}

/** Issues by field, as the form shows them; the first of each field wins. */
export function sayIssues(issues: readonly Issue[]): Record<string, string> {
	const byField: Record<string, string> = {};
	for (const issue of issues) byField[issue.path] ??= say(issue.code, issue.params);
	return byField;
}
