import { invalidField, refused } from '#kernel/errors.ts';
import type { z } from 'zod';
import { IP_CATEGORIES, IP_GROUPS, type IpRuleset } from './ip-asn.ts';
import type { SetIpRules, SetJpRate } from './rule-input.ts';

/** Refuses a rate that lacks what its way of counting needs, or says two things of abroad. */
export function sensibleRate(rate: z.output<typeof SetJpRate>): void {
	const byUnit = rate.basis === 'perDay' || rate.basis === 'perTime' || rate.basis === 'perSemester';
	if (byUnit && rate.domestic === undefined) throw invalidField('domestic', 'credentials.rate.noDomestic');
	if (rate.basis === 'capPerDay' && rate.capPerDay === undefined)
		throw invalidField('capPerDay', 'credentials.rate.noCap');
	if (rate.capPerMonth !== undefined && rate.basis !== 'perTime')
		throw invalidField('capPerMonth', 'credentials.rate.monthOnlyTimes');
	if (rate.abroad !== undefined && rate.abroadFactor !== undefined)
		throw invalidField('abroadFactor', 'credentials.rate.abroadTwice');
	if (rate.abroad !== undefined && rate.basis === 'programme')
		throw invalidField('abroad', 'credentials.rate.programmeAbroad');
}

const sumOf = (points: Readonly<Record<string, number | undefined>>): number =>
	Object.values(points).reduce<number>((sum, value) => sum + (value ?? 0), 0);

/** The rules as the index reads them. Refuses: a group that cannot reach 100, categories out of order. */
export function sensibleIpRules(typed: z.output<typeof SetIpRules>): IpRuleset {
	const { untrainedPosts, competence, disciplineYears, ...rest } = typed;
	const most = (points: Readonly<Record<string, number>>) => Math.max(0, ...Object.values(points));
	const rest3 = most(typed.qualification) + most(typed.performance) + most(typed.discipline);
	for (const group of IP_GROUPS) {
		const total = rest3 + sumOf(competence[group]);
		if (Math.abs(total - 100) > 0.001) throw refused('credentials.ipRules.notHundred', { group, total });
	}
	const ordered = IP_CATEGORIES.every((category, at) => {
		const above = IP_CATEGORIES[at - 1];
		return above === undefined || typed.categories[category] < typed.categories[above];
	});
	if (!ordered) throw refused('credentials.ipRules.categoriesOrder');
	const group = (points: {
		post?: number | undefined;
		hours?: number | undefined;
		seminar?: number | undefined;
	}) => ({
		...(points.post === undefined ? {} : { post: points.post }),
		...(points.hours === undefined ? {} : { hours: points.hours }),
		...(points.seminar === undefined ? {} : { seminar: points.seminar })
	});
	return {
		...rest,
		disciplineYears: disciplineYears ?? null,
		untrainedPosts: untrainedPosts
			.split(/[,;\n]/)
			.map((word) => word.trim().toLowerCase())
			.filter((word) => word !== ''),
		competence: {
			structural: group(competence.structural),
			functional: group(competence.functional),
			general: group(competence.general)
		}
	};
}
