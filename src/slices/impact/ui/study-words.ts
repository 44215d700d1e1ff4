import { m } from '#platform/i18n/messages.ts';
import type { Covariate } from '../model.ts';
import type { ComparedWith, TreatedBy } from '../people-study.ts';

// Each message is named where it is used: a key put together at run time would send the browser every message there is.
export const COVARIATE_WORDS: Record<Covariate, () => string> = {
	level: m['impact.study.covariate.level'],
	trend: m['impact.study.covariate.trend'],
	people: m['impact.study.covariate.people'],
	grade: m['impact.study.covariate.grade'],
	age: m['impact.study.covariate.age'],
	post: m['impact.study.covariate.post'],
	kind: m['impact.study.covariate.kind']
};

export const TREATED_WORDS: Record<TreatedBy, () => string> = {
	passed: m['impact.study.treatedBy.passed'],
	applicants: m['impact.study.treatedBy.applicants'],
	listed: m['impact.study.treatedBy.listed']
};

export const COMPARED_WORDS: Record<ComparedWith, () => string> = {
	waiting: m['impact.study.comparedWith.waiting'],
	unit: m['impact.study.comparedWith.unit'],
	post: m['impact.study.comparedWith.post'],
	listed: m['impact.study.comparedWith.listed']
};
