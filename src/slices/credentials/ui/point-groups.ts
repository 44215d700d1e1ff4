import { m } from '#platform/i18n/messages.ts';
import { IP_CATEGORIES, IP_GROUPS, type IpRuleset } from '../ip-asn.ts';
import { categoryWord, dimensionWord, postItemWord, sanctionWord } from './ip-words.ts';

export type PointGroup = {
	/** Where the points stand in the form. */
	path: string;
	title: string;
	points: { item: string; label: string; points: number }[];
};

const GROUP = {
	structural: m['credentials.ipRules.structural'],
	functional: m['credentials.ipRules.functional'],
	general: m['credentials.ipRules.general']
} as const;
const PREDICATE: Record<string, () => string> = {
	1: m['credentials.ip.predicate.1'],
	2: m['credentials.ip.predicate.2'],
	3: m['credentials.ip.predicate.3'],
	4: m['credentials.ip.predicate.4'],
	5: m['credentials.ip.predicate.5']
};

/** Every point of a version under its heading, for reading and for the form that makes the next one. */
export function pointGroups(rules: IpRuleset): PointGroup[] {
	const qualification = Object.entries(rules.qualification)
		.toSorted(([a, x], [b, y]) => y - x || a.localeCompare(b))
		.map(([item, points]) => ({ item, label: item, points }));
	const competence = IP_GROUPS.map((group) => ({
		path: `competence.${group}`,
		title: GROUP[group](),
		points: (['post', 'hours', 'seminar'] as const).flatMap((item) => {
			const points = rules.competence[group][item];
			const label =
				item === 'post'
					? postItemWord(group)
					: item === 'hours'
						? m['credentials.ipRules.itemHours']()
						: m['credentials.ipRules.itemSeminar']();
			return points === undefined ? [] : [{ item, label, points }];
		})
	}));
	return [
		{ path: 'qualification', title: dimensionWord('qualification'), points: qualification },
		...competence,
		{
			path: 'performance',
			title: dimensionWord('performance'),
			points: Object.entries(rules.performance).map(([item, points]) => ({
				item,
				label: PREDICATE[item]?.() ?? item,
				points
			}))
		},
		{
			path: 'discipline',
			title: dimensionWord('discipline'),
			points: [
				{ item: 'none', label: m['credentials.sanction.none'](), points: rules.discipline.none },
				...(['light', 'medium', 'heavy'] as const).map((item) => ({
					item,
					label: sanctionWord(item),
					points: rules.discipline[item]
				}))
			]
		},
		{
			path: 'categories',
			title: m['credentials.ipRules.categories'](),
			points: IP_CATEGORIES.map((item) => ({
				item,
				label: categoryWord(item),
				points: rules.categories[item]
			}))
		}
	];
}
