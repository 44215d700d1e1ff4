/**
 * What was typed as NIP or official's code, as it is stored: letters that lists print between the digits of a NIP
 * (spaces, dots, dashes, a spreadsheet's apostrophe) are dropped from a NIP, never from a code.
 */
export function plainUsername(typed: string): string {
	const text = typed.trim().toLowerCase();
	const digits = text.replace(/[\s.'’`\u200B\uFEFF-]/g, '');
	return /^\d+$/.test(digits) ? digits : text;
}

/** Usernames that may be given out: 3 to 30 of a-z, 0-9, dot and underscore; the same that better-auth accepts. */
export const isUsername = (text: string): boolean => /^[a-z0-9_.]{3,30}$/.test(text);
