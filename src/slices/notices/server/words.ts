import { say } from '#platform/i18n/say.server.ts';
import type { Kind, NoticeFacts } from '../model.ts';

/** What a notice says, in the language of whoever reads it now. */
export function noticeWords(kind: Kind, facts: NoticeFacts): { title: string; text: string } {
	const params = Object.fromEntries(
		Object.entries(facts).map(([name, fact]) => [name, typeof fact === 'object' ? inWords(fact) : fact])
	);
	return { title: say(`notices.title.${kind}`, params), text: say(`notices.text.${kind}`, params) };
}

/** Codes of what changed of a session, e.g. "time, place". */
const inWords = (codes: readonly string[]): string =>
	codes.map((code) => say(`notices.changed.${code}`)).join(', ');
