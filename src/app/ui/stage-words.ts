import type { Stage } from '#slices/order.ts';
import { m } from '#platform/i18n/messages.ts';

type Words = { name: () => string; count: () => string; late: (facts: { count: string }) => string };

/** Each stage of the cycle in words: its name, what its number counts, what is late. */
export const STAGE: Record<Stage, Words> = {
	people: {
		name: m['app.menu.people'],
		count: m['app.cycle.people.count'],
		late: m['app.cycle.people.late']
	},
	competencies: {
		name: m['app.menu.competencies'],
		count: m['app.cycle.competencies.count'],
		late: m['app.cycle.competencies.late']
	},
	needs: { name: m['app.menu.needs'], count: m['app.cycle.needs.count'], late: m['app.cycle.needs.late'] },
	programs: {
		name: m['app.menu.programs'],
		count: m['app.cycle.programs.count'],
		late: m['app.cycle.programs.late']
	},
	content: {
		name: m['app.menu.content'],
		count: m['app.cycle.content.count'],
		late: m['app.cycle.content.late']
	},
	plans: { name: m['app.menu.plans'], count: m['app.cycle.plans.count'], late: m['app.cycle.plans.late'] },
	classes: {
		name: m['app.menu.classes'],
		count: m['app.cycle.classes.count'],
		late: m['app.cycle.classes.late']
	},
	learning: {
		name: m['app.menu.learning'],
		count: m['app.cycle.learning.count'],
		late: m['app.cycle.learning.late']
	},
	evaluation: {
		name: m['app.menu.evaluation'],
		count: m['app.cycle.evaluation.count'],
		late: m['app.cycle.evaluation.late']
	},
	papers: {
		name: m['app.menu.papers'],
		count: m['app.cycle.papers.count'],
		late: m['app.cycle.papers.late']
	},
	credentials: {
		name: m['app.menu.credentials'],
		count: m['app.cycle.credentials.count'],
		late: m['app.cycle.credentials.late']
	},
	followup: {
		name: m['app.menu.followup'],
		count: m['app.cycle.followup.count'],
		late: m['app.cycle.followup.late']
	},
	impact: {
		name: m['app.menu.impact'],
		count: m['app.cycle.impact.count'],
		late: m['app.cycle.impact.late']
	},
	growth: {
		name: m['app.menu.growth'],
		count: m['app.cycle.growth.count'],
		late: m['app.cycle.growth.late']
	},
	reports: {
		name: m['app.menu.reports'],
		count: m['app.cycle.reports.count'],
		late: m['app.cycle.reports.late']
	}
};
