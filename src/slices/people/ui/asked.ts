import { readResult } from '#ui/form-result.ts';
import type { Asked } from '../server/import/receive-file.ts';

/** The question that a page's `form` carries: which column of the file is which. Only the import page's action answers so. */
export function askedIn(form: unknown): Asked | null {
	const answer = readResult(form)?.answer;
	return isAsked(answer) ? answer : null;
}

// Named narrowing: whatever has targets and columns was made by `receiveFile`.
const isAsked = (answer: unknown): answer is Asked =>
	typeof answer === 'object' && answer !== null && 'targets' in answer && 'columns' in answer;
