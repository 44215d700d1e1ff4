import type { Facts } from '#kernel/errors.ts';

/**
 * Something the person who starts Asah can put right. It is said in the terminal before any page or message file
 * exists, so `code` is a key of scripts/words.mjs.
 */
export type StartProblem = { code: string; facts: Facts };

export const startProblem = (
	code: string,
	facts: Facts = {},
	cause?: unknown
): Error & { problem: StartProblem } =>
	Object.assign(new Error(code, { cause }), { problem: { code, facts } });

export function problemOf(error: unknown): StartProblem | null {
	return error instanceof Error && isStartError(error) ? error.problem : null;
}

function isStartError(error: Error): error is Error & { problem: StartProblem } {
	return 'problem' in error;
}
