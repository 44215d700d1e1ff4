import type { Beginning, BeginningStep } from '#app/server/homes/beginning.ts';
import { m } from '#platform/i18n/messages.ts';

type Words = Record<'title' | 'text' | 'action', () => string>;
const WORDS: Record<BeginningStep['step'], Words> = {
	people: {
		title: m['app.begin.people.title'],
		text: m['app.begin.people.text'],
		action: m['app.begin.people.action']
	},
	deciders: {
		title: m['app.begin.deciders.title'],
		text: m['app.begin.deciders.text'],
		action: m['app.begin.deciders.action']
	},
	access: {
		title: m['app.begin.access.title'],
		text: m['app.begin.access.text'],
		action: m['app.begin.access.action']
	},
	programs: {
		title: m['app.begin.programs.title'],
		text: m['app.begin.programs.text'],
		action: m['app.begin.programs.action']
	},
	survey: {
		title: m['app.begin.survey.title'],
		text: m['app.begin.survey.text'],
		action: m['app.begin.survey.action']
	},
	plan: {
		title: m['app.begin.plan.title'],
		text: m['app.begin.plan.text'],
		action: m['app.begin.plan.action']
	}
};

export const stepsOf = ({ steps }: Beginning) =>
	steps.map(({ step, href, done }) => ({
		step,
		href,
		done,
		title: WORDS[step].title(),
		text: WORDS[step].text(),
		action: WORDS[step].action()
	}));

/** Access is handed out for weeks: it stays open beside the others and holds nobody up. */
export const nextStep = (beginning: Beginning) => {
	const open = stepsOf(beginning).filter(({ done }) => !done);
	return open.find(({ step }) => step !== 'access') ?? null;
};
