import { m } from '#platform/i18n/messages.ts';
import type { Why } from '../levels.ts';

// Each message is named where it is used: a key put together at run time would send the browser every message there is.
const WHY: Record<Why, (facts: { least: number }) => string> = {
	notYours: m['reports.level.why.notYours'],
	noClass: m['reports.level.why.noClass'],
	noAnswers: m['reports.level.why.noAnswers'],
	collecting: m['reports.level.why.collecting'],
	tooFew: m['reports.level.why.tooFew'],
	noTests: m['reports.level.why.noTests'],
	noPairs: m['reports.level.why.noPairs'],
	noPlans: m['reports.level.why.noPlans'],
	noCheckIns: m['reports.level.why.noCheckIns'],
	notAsked: m['reports.level.why.notAsked'],
	stillOpen: m['reports.level.why.stillOpen'],
	notRemeasured: m['reports.level.why.notRemeasured'],
	noStudy: m['reports.level.why.noStudy'],
	notFixed: m['reports.level.why.notFixed']
};
export const whyWords = (why: Why, least: number): string => WHY[why]({ least });

const DO: Partial<Record<Why, () => string>> = {
	noClass: m['reports.level.do.noClass'],
	noAnswers: m['reports.level.do.noAnswers'],
	collecting: m['reports.level.do.collecting'],
	noTests: m['reports.level.do.noTests'],
	noPairs: m['reports.level.do.noPairs'],
	noPlans: m['reports.level.do.noPlans'],
	noCheckIns: m['reports.level.do.noCheckIns'],
	notAsked: m['reports.level.do.notAsked'],
	stillOpen: m['reports.level.do.stillOpen'],
	notRemeasured: m['reports.level.do.notRemeasured'],
	noStudy: m['reports.level.do.noStudy'],
	notFixed: m['reports.level.do.notFixed']
};

type Place = { programId: string; versionId: string; studyId: string | null };
export type MayDo = { plan: boolean; material: boolean; study: boolean; measure: boolean };

/** What would fill a break, as a link that the reader may follow; null when somebody else has to. */
export function remedyOf(why: Why, at: Place, can: MayDo): { href: string; label: string } | null {
	const href = hrefOf(why, at, can);
	const label = DO[why]?.();
	return href === null || label === undefined ? null : { href, label };
}

function hrefOf(why: Why, { programId, versionId, studyId }: Place, can: MayDo): string | null {
	switch (why) {
		case 'noClass':
			return can.plan ? '/classes/new' : null;
		case 'noAnswers':
		case 'collecting':
		case 'noPairs':
			return `/evaluation?version=${versionId}`;
		case 'noTests':
			return can.material ? `/content/version/${versionId}` : null;
		case 'noPlans':
		case 'noCheckIns':
			return `/followup/board?program=${programId}`;
		case 'notAsked':
		case 'stillOpen':
			return `/followup/results?program=${programId}`;
		case 'notRemeasured':
			return can.measure ? '/needs' : null;
		case 'noStudy':
			return can.study ? '/impact/new' : null;
		case 'notFixed':
			return studyId === null ? null : `/impact/${studyId}`;
		default:
			return null;
	}
}

const NAMES = {
	1: m['reports.level.1'],
	2: m['reports.level.2'],
	3: m['reports.level.3'],
	4: m['reports.level.4']
};
export const levelName = (level: 1 | 2 | 3 | 4): string => NAMES[level]();
