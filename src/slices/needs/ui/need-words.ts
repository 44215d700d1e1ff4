import { getLocale, m } from '#platform/i18n/messages.ts';
import type { Tone } from '#ui/Tag.svelte';
import type { IdpStatus } from '../idp.ts';
import type { GoalSource, NeedKind, NeedStatus, Outcome, WantedForm } from '../need-model.ts';
import type { Factor } from '../priority.ts';

const STATUS: Record<NeedStatus, [word: () => string, tone: Tone]> = {
	draft: [m['needs.need.status.draft'], 'neutral'],
	submitted: [m['needs.need.status.submitted'], 'waiting'],
	revise: [m['needs.need.status.revise'], 'attention'],
	verified: [m['needs.need.status.verified'], 'active'],
	discussed: [m['needs.need.status.discussed'], 'active'],
	accepted: [m['needs.need.status.accepted'], 'good'],
	rejected: [m['needs.need.status.rejected'], 'bad'],
	deferred: [m['needs.need.status.deferred'], 'attention']
};
export const needStatusWord = (status: NeedStatus): string => STATUS[status][0]();
export const needTag = (status: NeedStatus): { label: string; tone: Tone } => ({
	label: STATUS[status][0](),
	tone: STATUS[status][1]
});

const IDP: Record<IdpStatus, [word: () => string, tone: Tone]> = {
	draft: [m['needs.idp.status.draft'], 'neutral'],
	submitted: [m['needs.idp.status.submitted'], 'waiting'],
	revise: [m['needs.idp.status.revise'], 'attention'],
	agreed: [m['needs.idp.status.agreed'], 'good'],
	declined: [m['needs.idp.status.declined'], 'bad']
};
export const idpTag = (status: IdpStatus): { label: string; tone: Tone } => ({
	label: IDP[status][0](),
	tone: IDP[status][1]
});

const KINDS: Record<NeedKind, () => string> = {
	competency: m['needs.need.kind.competency'],
	performance: m['needs.need.kind.performance'],
	service: m['needs.need.kind.service'],
	own: m['needs.need.kind.own']
};
export const kindWord = (kind: NeedKind): string => KINDS[kind]();

const FORMS: Record<WantedForm, () => string> = {
	training: m['needs.need.form.training'],
	workshop: m['needs.need.form.workshop'],
	seminar: m['needs.need.form.seminar'],
	elearning: m['needs.need.form.elearning'],
	coaching: m['needs.need.form.coaching'],
	mentoring: m['needs.need.form.mentoring'],
	internship: m['needs.need.form.internship'],
	benchmarking: m['needs.need.form.benchmarking'],
	community: m['needs.need.form.community'],
	selfStudy: m['needs.need.form.selfStudy'],
	education: m['needs.need.form.education']
};
export const formName = (form: WantedForm): string => FORMS[form]();
export const formOptions = () => Object.entries(FORMS).map(([value, word]) => ({ value, label: word() }));

const ELEMENTS = [
	m['needs.need.element.1'],
	m['needs.need.element.2'],
	m['needs.need.element.3'],
	m['needs.need.element.4'],
	m['needs.need.element.5'],
	m['needs.need.element.6'],
	m['needs.need.element.7'],
	m['needs.need.element.8'],
	m['needs.need.element.9']
];
export const elementName = (element: number): string => `U${element} ${ELEMENTS[element - 1]?.() ?? ''}`;

/** What a need is called: its competency, its element of the survey, the performance gap, or its own words. */
export const needName = (need: {
	kind: NeedKind;
	element: number | null;
	topic: string | null;
	/** The competency's name in English, where the need is one. */
	topicEn?: string | null;
}): string =>
	need.kind === 'service' && need.element !== null
		? m['needs.need.serviceName']({ element: elementName(need.element) })
		: need.kind === 'performance'
			? m['needs.need.performanceName']()
			: ((getLocale() === 'en' ? need.topicEn : null) ?? need.topic ?? '–');

/** A stored topic in words: what the ranking found without a name of its own is stored under its code. */
export function topicName(topic: string): string {
	const element = /^service([1-9])$/.exec(topic)?.[1];
	if (element !== undefined) return needName({ kind: 'service', element: Number(element), topic });
	return topic === 'performance' ? needName({ kind: 'performance', element: null, topic }) : topic;
}

const CODED = [...ELEMENTS.map((_, at) => `service${at + 1}`), 'performance'];

/** Codes of topics in whose words, in the language of the screen, something is found; none for an empty search. */
export const topicCodes = (search: string): string[] =>
	search === '' ? [] : CODED.filter((code) => topicName(code).toLowerCase().includes(search.toLowerCase()));

const FACTORS: Record<Factor, () => string> = {
	probability: m['needs.priority.factor.probability'],
	size: m['needs.priority.factor.size'],
	importance: m['needs.priority.factor.importance'],
	reach: m['needs.priority.factor.reach'],
	goal: m['needs.priority.factor.goal']
};
export const factorWord = (factor: Factor): string => FACTORS[factor]();

const DOES: Record<Factor, () => string> = {
	probability: m['needs.priority.does.probability'],
	size: m['needs.priority.does.size'],
	importance: m['needs.priority.does.importance'],
	reach: m['needs.priority.does.reach'],
	goal: m['needs.priority.does.goal']
};
/** What a factor's weight changes in the order. */
export const factorDoes = (factor: Factor): string => DOES[factor]();

const OUTCOME: Record<Outcome, () => string> = {
	accepted: m['needs.need.status.accepted'],
	rejected: m['needs.need.status.rejected'],
	deferred: m['needs.need.status.deferred']
};
export const outcomeOptions = () =>
	Object.entries(OUTCOME).map(([value, word]) => ({ value, label: word() }));

const SOURCES: Record<GoalSource, () => string> = {
	rpjmd: m['needs.need.goalSource.rpjmd'],
	renstra: m['needs.need.goalSource.renstra'],
	vision: m['needs.need.goalSource.vision'],
	other: m['needs.need.goalSource.other']
};
export const goalSourceWord = (source: GoalSource): string => SOURCES[source]();
export const goalSourceOptions = () =>
	Object.entries(SOURCES).map(([value, word]) => ({ value, label: word() }));

export const quarterName = (quarter: number): string =>
	m['needs.need.quarterName']({ quarter: String(quarter) });
export const quarterOptions = () =>
	[1, 2, 3, 4].map((quarter) => ({ value: String(quarter), label: quarterName(quarter) }));

const PREDICATES: Record<number, () => string> = {
	3: m['needs.need.predicate.3'],
	4: m['needs.need.predicate.4'],
	5: m['needs.need.predicate.5']
};
export const predicateWord = (predicate: number): string => PREDICATES[predicate]?.() ?? String(predicate);
export const predicateOptions = () =>
	Object.entries(PREDICATES).map(([value, word]) => ({ value, label: word() }));
