import { m } from '#platform/i18n/messages.ts';
import type { Category, EmailMode } from '../model.ts';

const CATEGORY: Record<Category, [name: () => string, about: () => string]> = {
	seats: [m['notices.category.seats'], m['notices.about.seats']],
	sessions: [m['notices.category.sessions'], m['notices.about.sessions']],
	tasks: [m['notices.category.tasks'], m['notices.about.tasks']],
	results: [m['notices.category.results'], m['notices.about.results']],
	surveys: [m['notices.category.surveys'], m['notices.about.surveys']],
	plans: [m['notices.category.plans'], m['notices.about.plans']]
};
export const categoryWord = (category: Category): string => CATEGORY[category][0]();
export const categoryAbout = (category: Category): string => CATEGORY[category][1]();

const MODE: Record<EmailMode, () => string> = {
	now: m['notices.settings.mode.now'],
	digest: m['notices.settings.mode.digest'],
	never: m['notices.settings.mode.never']
};
export const modeWord = (mode: EmailMode): string => MODE[mode]();

/** The hours of a day as a clock reads them, for choices. */
export const hourOptions = (): { value: string; label: string }[] =>
	Array.from({ length: 24 }, (_, hour) => ({
		value: String(hour),
		label: `${String(hour).padStart(2, '0')}.00`
	}));
