import { isSelf } from '#kernel/actor.ts';
import { page } from '#platform/http/page.ts';
import { gainOf, ipAsn, missingOf } from '#slices/credentials/ip-asn.ts';
import { ipFacts } from '#slices/credentials/server/ip-facts.ts';
import { ipRulesOf } from '#slices/credentials/server/ip-rules.ts';
import { headFor } from '#slices/credentials/server/queries/hours.ts';
import { openTrainings, sanctions } from '#slices/credentials/server/queries/ip.ts';
import { noteLook } from '#slices/people/server/access-log.ts';

/** Trainings shown beside what is missing: those that change most. */
const SHOWN = 6;

export const load = page(async ({ db, actor, id, url, today, now }) => {
	const head = await headFor(db, actor, id('id'));
	noteLook({ actor, personId: head.personId, day: today, at: now });
	const thisYear = Number(today.slice(0, 4));
	const asked = Number(url.searchParams.get('year'));
	const year = Number.isInteger(asked) && asked >= 2019 && asked <= thisYear ? asked : thisYear;
	const rules = await ipRulesOf(db, year);
	const asOf = year === thisYear ? today : `${year}-12-31`;
	const [facts] = await ipFacts(db, rules, year, asOf, head.personId);
	const trainings =
		facts && year === thisYear
			? (await openTrainings(db, head.personId, year))
					.map((training) => ({ ...training, ...gainOf(rules, facts, training) }))
					.filter(({ adds }) => adds > 0)
					.toSorted((a, b) => b.adds - a.adds || a.startsOn.localeCompare(b.startsOn))
					.slice(0, SHOWN)
			: [];
	return {
		head,
		year,
		thisYear,
		asOf,
		own: isSelf(actor, head.personId),
		rules,
		facts: facts ?? null,
		score: facts ? ipAsn(rules, facts) : null,
		missing: facts ? missingOf(rules, facts) : [],
		trainings,
		sanctions: await sanctions(db, actor, head.personId)
	};
});
