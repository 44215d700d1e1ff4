import { m } from '#platform/i18n/messages.ts';
import type { Method } from '../estimate.ts';

export const METHOD_WORDS: Record<Method, () => string> = {
	adjusted: m['impact.method.adjusted'],
	means: m['impact.method.means'],
	twoWay: m['impact.method.twoWay'],
	groups: m['impact.method.groups'],
	groupsSimple: m['impact.method.groupsSimple'],
	groupsDynamic: m['impact.method.groupsDynamic'],
	groupsCalendar: m['impact.method.groupsCalendar'],
	matched: m['impact.method.matched'],
	weighted: m['impact.method.weighted'],
	change: m['impact.method.change']
};
