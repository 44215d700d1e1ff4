import { formatNumber } from '#platform/i18n/format.ts';
import { m } from '#platform/i18n/messages.ts';
import type { IpCategory, IpPart, Sanction } from '../ip-asn.ts';

const CATEGORY = {
	veryHigh: { tone: 'good', word: m['credentials.ip.category.veryHigh'] },
	high: { tone: 'good', word: m['credentials.ip.category.high'] },
	medium: { tone: 'neutral', word: m['credentials.ip.category.medium'] },
	low: { tone: 'attention', word: m['credentials.ip.category.low'] },
	veryLow: { tone: 'attention', word: m['credentials.ip.category.veryLow'] }
} as const;
export const categoryWord = (category: IpCategory): string => CATEGORY[category].word();
export const categoryTag = (category: IpCategory) => ({
	tone: CATEGORY[category].tone,
	label: CATEGORY[category].word()
});

const DIMENSION = {
	qualification: m['credentials.ip.dimension.qualification'],
	competence: m['credentials.ip.dimension.competence'],
	performance: m['credentials.ip.dimension.performance'],
	discipline: m['credentials.ip.dimension.discipline']
} as const;
export const dimensionWord = (dimension: IpPart['dimension']): string => DIMENSION[dimension]();

const SANCTION = {
	light: m['credentials.sanction.light'],
	medium: m['credentials.sanction.medium'],
	heavy: m['credentials.sanction.heavy']
} as const;
export const sanctionWord = (level: Sanction): string => SANCTION[level]();

const PREDICATE: Record<string, () => string> = {
	1: m['credentials.ip.predicate.1'],
	2: m['credentials.ip.predicate.2'],
	3: m['credentials.ip.predicate.3'],
	4: m['credentials.ip.predicate.4'],
	5: m['credentials.ip.predicate.5']
};
const DISCIPLINE: Record<string, () => string> = { none: m['credentials.sanction.none'], ...SANCTION };

/** What the post itself asks for, by its group. */
export const postItemWord = (group: string): string =>
	group === 'structural' ? m['credentials.ip.item.leadership']() : m['credentials.ip.item.functional']();

export function competenceWord(
	item: string,
	facts: { group: string; hours: number },
	rules: { hoursNeeded: number; seminarYears: number }
): string {
	if (item === 'post') return postItemWord(facts.group);
	if (item === 'seminar') return m['credentials.ip.item.seminar']({ years: rules.seminarYears });
	return m['credentials.ip.item.hours']({
		have: formatNumber(facts.hours, 2),
		needed: formatNumber(rules.hoursNeeded)
	});
}

/** The case of a part in words: "S1", "20 dari 20 JP", "Baik (2025)". */
export function partWord(
	part: IpPart,
	facts: { group: string; hours: number; predicateYear: number | null },
	rules: { hoursNeeded: number; seminarYears: number }
): string {
	if (part.dimension === 'competence') return competenceWord(part.item, facts, rules);
	if (part.dimension === 'qualification')
		return part.item === 'unknown' ? m['credentials.ip.unknown.education']() : part.item;
	if (part.dimension === 'discipline') return DISCIPLINE[part.item]?.() ?? part.item;
	const predicate = PREDICATE[part.item]?.();
	return predicate === undefined
		? m['credentials.ip.unknown.predicate']()
		: m['credentials.ip.predicateOf']({ predicate, year: facts.predicateYear ?? '–' });
}
