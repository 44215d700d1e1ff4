import { SMALLEST_GROUP } from '#kernel/small-groups.ts';

/** Stages of the red thread in the order of the cycle. */
export const STAGES = [
	'gap',
	'need',
	'planLine',
	'curriculum',
	'classes',
	'attendance',
	'reaction',
	'learning',
	'findings',
	'credentials',
	'followup',
	'checkIns',
	'evaluated',
	'remeasured',
	'study',
	'impact'
] as const;
export type StageName = (typeof STAGES)[number];

export type Facts = Record<string, string | number>;

/** `found`: something is there; `missing`: a break in the thread; `hidden`: there, but of too few people or of a unit not to be shown. */
export type Stage = {
	name: StageName;
	state: 'found' | 'missing' | 'hidden';
	/** Message key `reports.thread.<name>.<what>` and its facts. */
	code: string;
	params: Facts;
	href: string | null;
};

/** What was found along the thread; every number is counted from rows. Null: nothing there. */
export type ThreadFacts = {
	/** `outside`: of a unit that the reader may not look into, so its numbers are not told. */
	gap: {
		competency: string;
		unit: string | null;
		people: number;
		mean: number;
		href: string;
		outside: boolean;
	} | null;
	need: { topic: string; count: number; people: number; href: string; outside: boolean } | null;
	planLine: { count: number; plan: string; decree: string | null; seats: number; href: string } | null;
	curriculum: { program: string; number: number; href: string } | null;
	classes: { count: number; finished: number; href: string } | null;
	attendance: { participants: number; percent: number | null; passed: number } | null;
	reaction: { answered: number; mean: number | null } | null;
	learning: { pairs: number; gain: number | null } | null;
	credentials: { certificates: number; learningHours: number } | null;
	/** Findings written about the classes, and the changes they asked of the curriculum. */
	findings: { count: number; decided: number; changed: number; href: string } | null;
	/** Plans that were sent, those that are done, change projects among them, and those of these that the unit took over. */
	followup: { plans: number; done: number; projects: number; adopted: number; href: string } | null;
	/** Approved plans by what their last check-in says of applying. */
	checkIns: { answered: number; yes: number; partly: number; no: number; silent: number } | null;
	/** Evaluation after training by several raters: levels before and now. */
	evaluated: {
		evaluations: number;
		closed: number;
		asked: number;
		answered: number;
		people: number;
		before: number | null;
		now: number | null;
		href: string;
	} | null;
	remeasured: { people: number; before: number; after: number } | null;
	/** Plans of studies that were fixed, and how many of them before the training began. */
	study: { count: number; before: number; href: string } | null;
	impact: { count: number; href: string } | null;
	/** There are fixed studies, and the reader may see none of them. */
	studiesOutside: boolean;
};

const found = (name: StageName, params: Facts, href: string | null = null): Stage => ({
	name,
	state: 'found',
	code: `reports.thread.${name}.found`,
	params,
	href
});
const missing = (name: StageName): Stage => ({
	name,
	state: 'missing',
	code: `reports.thread.${name}.missing`,
	params: {},
	href: null
});
const hidden = (name: StageName, params: Facts): Stage => ({
	name,
	state: 'hidden',
	code: `reports.thread.${name}.hidden`,
	params,
	href: null
});
const outside = (name: 'gap' | 'need' | 'study' | 'impact'): Stage => ({
	name,
	state: 'hidden',
	code: `reports.thread.${name}.outside`,
	params: {},
	href: null
});

/** The chain as it is shown: every stage once, in order, with its number or its break. */
export function threadOf(facts: ThreadFacts): Stage[] {
	const {
		gap,
		need,
		planLine,
		curriculum,
		classes,
		attendance,
		reaction,
		learning,
		findings,
		credentials,
		followup,
		checkIns,
		evaluated,
		remeasured,
		study,
		impact,
		studiesOutside
	} = facts;
	return [
		!gap || gap.people === 0
			? missing('gap')
			: gap.outside
				? outside('gap')
				: gap.people < SMALLEST_GROUP
					? hidden('gap', { smallest: SMALLEST_GROUP })
					: found(
							'gap',
							{ competency: gap.competency, unit: gap.unit ?? '–', people: gap.people, mean: gap.mean },
							gap.href
						),
		need?.outside
			? outside('need')
			: need
				? found('need', { topic: need.topic, count: need.count, people: need.people }, need.href)
				: missing('need'),
		planLine
			? found(
					'planLine',
					{
						count: planLine.count,
						plan: planLine.plan,
						decree: planLine.decree ?? '–',
						seats: planLine.seats
					},
					planLine.href
				)
			: missing('planLine'),
		curriculum
			? found('curriculum', { program: curriculum.program, number: curriculum.number }, curriculum.href)
			: missing('curriculum'),
		classes
			? found('classes', { count: classes.count, finished: classes.finished }, classes.href)
			: missing('classes'),
		attendance && attendance.participants > 0
			? found('attendance', {
					participants: attendance.participants,
					percent: attendance.percent ?? 0,
					passed: attendance.passed
				})
			: missing('attendance'),
		!reaction || reaction.answered === 0
			? missing('reaction')
			: reaction.answered < SMALLEST_GROUP || reaction.mean === null
				? hidden('reaction', { smallest: SMALLEST_GROUP })
				: found('reaction', { answered: reaction.answered, mean: reaction.mean }),
		!learning || learning.pairs === 0
			? missing('learning')
			: learning.pairs < SMALLEST_GROUP || learning.gain === null
				? hidden('learning', { smallest: SMALLEST_GROUP })
				: found('learning', { pairs: learning.pairs, gain: learning.gain }),
		findings && findings.count > 0
			? found(
					'findings',
					{ count: findings.count, decided: findings.decided, changed: findings.changed },
					findings.href
				)
			: missing('findings'),
		credentials && credentials.certificates > 0
			? found('credentials', {
					certificates: credentials.certificates,
					learningHours: credentials.learningHours
				})
			: missing('credentials'),
		followup && followup.plans > 0
			? found(
					'followup',
					{
						plans: followup.plans,
						done: followup.done,
						projects: followup.projects,
						adopted: followup.adopted
					},
					followup.href
				)
			: missing('followup'),
		!checkIns || checkIns.answered === 0
			? missing('checkIns')
			: checkIns.answered < SMALLEST_GROUP
				? hidden('checkIns', { smallest: SMALLEST_GROUP })
				: found('checkIns', { ...checkIns }),
		evaluatedOf(evaluated),
		!remeasured || remeasured.people === 0
			? missing('remeasured')
			: remeasured.people < SMALLEST_GROUP
				? hidden('remeasured', { smallest: SMALLEST_GROUP })
				: found('remeasured', {
						people: remeasured.people,
						before: remeasured.before,
						after: remeasured.after
					}),
		study
			? found('study', { count: study.count, planned: study.before }, study.href)
			: studiesOutside
				? outside('study')
				: missing('study'),
		impact
			? found('impact', { count: impact.count }, impact.href)
			: studiesOutside
				? outside('impact')
				: missing('impact')
	];
}

/** Nothing of what was said stands before the evaluation is closed; being asked is no result. */
function evaluatedOf(evaluated: ThreadFacts['evaluated']): Stage {
	if (!evaluated || evaluated.closed === 0) return missing('evaluated');
	const { people, before, now, asked, answered, href } = evaluated;
	return people < SMALLEST_GROUP || before === null || now === null
		? hidden('evaluated', { smallest: SMALLEST_GROUP })
		: found('evaluated', { people, before, now, asked, answered }, href);
}

/** How many stages hold: the one number on top of the page. */
export const unbroken = (stages: readonly Stage[]): number =>
	stages.filter((stage) => stage.state !== 'missing').length;
