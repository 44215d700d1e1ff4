import type { PushKinds } from '#platform/push/pushing.ts';
import { NOTICE_LETTER } from '#slices/notices/model.ts';
import { noticeLetter } from './notices.ts';

/** Which room's notes go to devices, and their words; the counterpart of letters.ts. */
export const PUSH_KINDS: PushKinds = {
	[NOTICE_LETTER]: async (db, to) => {
		const letter = await noticeLetter(db, to);
		if (letter === null) return null;
		const { title, text, href, language } = letter;
		// What leads to the same page is of the same thing: the newer takes the place of the older.
		return { title, body: text, href, language: language ?? 'id', tag: href };
	}
};
