import { truncateDecimal } from '#kernel/statistics/round.ts';
import type { PostKind } from '#kernel/posts.ts';

/**
 * The professionalism index of a civil servant (IP ASN): qualification 25 + competence 40 + performance 30 + discipline 5.
 * Every figure comes from a versioned ruleset; nothing here is a number of the law.
 * @law PermenPANRB 38/2018 and Peraturan BKN 8/2019
 */

export const IP_CATEGORIES = ['veryHigh', 'high', 'medium', 'low', 'veryLow'] as const;
export type IpCategory = (typeof IP_CATEGORIES)[number];

export const SANCTIONS = ['light', 'medium', 'heavy'] as const;
export type Sanction = (typeof SANCTIONS)[number];

export const IP_GROUPS = ['structural', 'functional', 'general'] as const satisfies readonly PostKind[];

/** One of the three things that make up competence; `post` is the training that the post itself asks for. */
export type CompetenceItem = 'post' | 'hours' | 'seminar';

export type IpRuleset = {
	name: string;
	legalBasis: string;
	/** The index of a year is measured by the version in force on its last day. */
	validFrom: string;
	/** Who is measured. */
	employmentKinds: readonly string[];
	/** JP that the measured year needs: an accumulation, not one course. */
	hoursNeeded: number;
	/** How many years back, the measured one included, a seminar counts. */
	seminarYears: number;
	seminarForms: readonly string[];
	/** Does leadership training for a higher level satisfy a lower post? The text read strictly says no. */
	higherLevelCounts: boolean;
	/** For how many years a sanction counts; null: for ever. */
	disciplineYears: number | null;
	/** Words in titles of functional posts that ask for no functional training: their holders count as trained. */
	untrainedPosts: readonly string[];
	qualification: Readonly<Record<string, number>>;
	/** All or nothing, each. A group without `post` asks for none. */
	competence: Readonly<Record<PostKind, Partial<Record<CompetenceItem, number>>>>;
	/** By predicate, 1 Sangat Baik to 5 Sangat Kurang. */
	performance: Readonly<Record<string, number>>;
	discipline: Readonly<Record<Sanction | 'none', number>>;
	/** The least total of each category; what is below all of them is the last one. */
	categories: Readonly<Record<IpCategory, number>>;
};

export type IpFacts = {
	group: PostKind;
	/** asn_jenjang of the post. */
	level: string;
	postTitle: string;
	/** Highest, in the short form of office lists; null: unknown. */
	education: string | null;
	/** JP that count in the measured year. */
	hours: number;
	/** Levels of post (asn_jenjang) for which leadership training was held. */
	leadership: readonly string[];
	functionalTraining: boolean;
	seminar: boolean;
	/** 1 to 5; null: none is known. */
	predicate: number | null;
	/** The heaviest that counts; null: none is on record. */
	sanction: Sanction | null;
};

export type IpPart = {
	dimension: 'qualification' | 'competence' | 'performance' | 'discipline';
	/** Which case of the dimension. */
	item: string;
	points: number;
	most: number;
};

export type IpScore = {
	qualification: number;
	competence: number;
	performance: number;
	discipline: number;
	total: number;
	category: IpCategory;
	parts: IpPart[];
};

const sum = (parts: readonly IpPart[], dimension: IpPart['dimension']): number =>
	parts.filter((part) => part.dimension === dimension).reduce((total, { points }) => total + points, 0);
const most = (points: Readonly<Record<string, number>>): number => Math.max(0, ...Object.values(points));

/**
 * Was the training that the post asks for held? A leader's must match the level held in the measured year ('05' pengawas:
 * PKP, '04' administrator: PKA, '03' JPT pratama: PKN II …); lower codes are higher posts. A functional post without such
 * training counts as fulfilled.
 */
export function isTrainedForPost(
	rules: IpRuleset,
	{ group, level, leadership, functionalTraining, postTitle }: IpFacts
): boolean {
	if (group === 'structural')
		return leadership.some((held) => held === level || (rules.higherLevelCounts && held < level));
	if (group === 'general') return false;
	return functionalTraining || asksForNoTraining(rules, postTitle);
}

export function asksForNoTraining(rules: IpRuleset, postTitle: string): boolean {
	const words = postTitle.toLowerCase().split(/[^\p{L}]+/u);
	return rules.untrainedPosts.some((post) => words.includes(post.toLowerCase()));
}

/**
 * The index with every part of it. What is unknown (education, predicate) earns nothing and shows as a part without
 * points, so that a person sees what to mend.
 */
export function ipAsn(rules: IpRuleset, facts: IpFacts): IpScore {
	const asked = rules.competence[facts.group];
	const met: Record<CompetenceItem, boolean> = {
		post: isTrainedForPost(rules, facts),
		hours: facts.hours >= rules.hoursNeeded,
		seminar: facts.seminar
	};
	const competence = (['post', 'hours', 'seminar'] as const).flatMap((item): IpPart[] => {
		const points = asked[item];
		return points === undefined
			? []
			: [{ dimension: 'competence', item, points: met[item] ? points : 0, most: points }];
	});
	const level = facts.education ?? 'unknown';
	const predicate = facts.predicate === null ? 'unknown' : String(facts.predicate);
	const parts: IpPart[] = [
		{
			dimension: 'qualification',
			item: level,
			points: rules.qualification[level] ?? 0,
			most: most(rules.qualification)
		},
		...competence,
		{
			dimension: 'performance',
			item: predicate,
			points: rules.performance[predicate] ?? 0,
			most: most(rules.performance)
		},
		{
			dimension: 'discipline',
			item: facts.sanction ?? 'none',
			points: rules.discipline[facts.sanction ?? 'none'],
			most: most(rules.discipline)
		}
	];
	const total = parts.reduce((all, { points }) => all + points, 0);
	return {
		qualification: sum(parts, 'qualification'),
		competence: sum(parts, 'competence'),
		performance: sum(parts, 'performance'),
		discipline: sum(parts, 'discipline'),
		total,
		category: categoryOf(rules, total),
		parts
	};
}

/**
 * The category of a total. The regulation leaves 90.5 between two bands: what is not 91, cut to two decimals, is not
 * Sangat Tinggi (as BKD Jawa Timur does: 81.00–90.99 is Tinggi).
 */
export function categoryOf({ categories }: Pick<IpRuleset, 'categories'>, total: number): IpCategory {
	const reached = Number(truncateDecimal(total, 2));
	return IP_CATEGORIES.find((category) => reached >= categories[category]) ?? 'veryLow';
}

/** A training that somebody might still attend this year. */
export type OneMore = { form: string; hours: number; leadershipLevel: string | null };

/** The facts as they would be after one more training. */
export function after(rules: IpRuleset, facts: IpFacts, more: OneMore): IpFacts {
	return {
		...facts,
		hours: facts.hours + more.hours,
		seminar: facts.seminar || rules.seminarForms.includes(more.form),
		functionalTraining: facts.functionalTraining || more.form === 'KL04',
		leadership: more.leadershipLevel === null ? facts.leadership : [...facts.leadership, more.leadershipLevel]
	};
}

/** What one more training adds to the index, and where that leads. */
export function gainOf(
	rules: IpRuleset,
	facts: IpFacts,
	more: OneMore
): { adds: number; total: number; category: IpCategory } {
	const { total, category } = ipAsn(rules, after(rules, facts, more));
	return { adds: total - ipAsn(rules, facts).total, total, category };
}

export type Missing = {
	item: CompetenceItem;
	adds: number;
	total: number;
	category: IpCategory;
	/** JP that are still needed; null where the item is not about hours. */
	hours: number | null;
};

/** What of competence is missing, most points first, and what each would make of the index by itself. */
export function missingOf(rules: IpRuleset, facts: IpFacts): Missing[] {
	const { total, parts } = ipAsn(rules, facts);
	return parts
		.filter(({ dimension, points }) => dimension === 'competence' && points === 0)
		.map(({ item, most: adds }): Missing => {
			const which: CompetenceItem = item === 'hours' ? 'hours' : item === 'seminar' ? 'seminar' : 'post';
			return {
				item: which,
				adds,
				total: total + adds,
				category: categoryOf(rules, total + adds),
				hours: which === 'hours' ? rules.hoursNeeded - facts.hours : null
			};
		})
		.toSorted((a, b) => b.adds - a.adds);
}
