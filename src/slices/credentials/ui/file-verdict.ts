import type { FileVerdict } from '../server/verify-file.ts';

/** The answer of the form that takes a file, if it is what the page was given back; only our own action makes it. */
export const fileVerdict = (form: unknown): FileVerdict | undefined =>
	typeof form === 'object' &&
	form !== null &&
	'answer' in form &&
	'command' in form &&
	form.command === 'credentials.verifyFile'
		? (form.answer as FileVerdict)
		: undefined;
