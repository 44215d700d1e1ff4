import { m } from '#platform/i18n/messages.ts';
import type { FeedSession, FeedWords } from '../server/feed.ts';
import { sessionMode } from '../model.ts';
import { modeWord } from './words.ts';

/** How a session reads in somebody's own calendar program. */
export const feedWords = (): FeedWords => ({
	title: (name) => m['classes.feed.calendarName']({ name }),
	summary: (session) =>
		session.teaches
			? m['classes.feed.teaching']({ topic: session.topic, name: session.class })
			: m['classes.feed.attending']({ topic: session.topic, name: session.class }),
	description: (session: FeedSession) =>
		[
			`${session.code} · ${modeWord(sessionMode(session.mode))}`,
			session.facilitators === null ? '' : m['classes.feed.by']({ names: session.facilitators }),
			session.link ?? ''
		]
			.filter((line) => line !== '')
			.join('\n')
});
