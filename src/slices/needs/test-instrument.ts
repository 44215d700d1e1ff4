import { openCampaign } from './server/commands.ts';
import { setUpCampaign } from './server/commands/campaign.ts';
import { createInstrument } from './server/commands/instruments.ts';
import { answerItems } from './server/commands/answer.ts';
import { definitionOf } from './server/queries/instruments.ts';
import { itemsOf, type ItemKind, type Rater } from './instrument.ts';
import type { TemplateKey } from './templates.ts';
import { now, survey } from './test-survey.ts';

/** The survey's town with a shipped instrument in its draft campaign; `open` opens it. */
export async function instrumentSurvey(template: TemplateKey, raters: readonly string[]) {
	const city = await survey();
	const made = await city.does(city.officer(), createInstrument, { template }, { now });
	const setUp = (change: object = {}) =>
		city.does(
			city.officer(),
			setUpCampaign,
			{
				...city.asked,
				instrumentVersionId: made.versionId,
				raters,
				adjustUntil: '2026-04-20',
				...change
			},
			{ now }
		);
	await setUp();
	const definition = await city.sees((db) => definitionOf(db, made.versionId));
	const itemOf = (kind: ItemKind) => itemsOf(definition).find((item) => item.kind === kind)?.id ?? '';
	const answer = (
		who: string,
		about: string,
		as: Rater,
		answers: readonly object[],
		options: { now?: Date; key?: string } = {}
	) =>
		city.does(
			as === 'supervisor' ? city.kasi() : city.as(who),
			answerItems,
			{ ...city.asked, personId: city.who(about), as, answers },
			{ now, ...options }
		);
	return {
		...city,
		...made,
		definition,
		itemOf,
		setUp,
		open: () => city.does(city.officer(), openCampaign, city.asked, { now }),
		answer,
		/** Level answers in both competencies. */
		levels: (level: number) =>
			[city.first, city.second].map((competencyId) => ({
				itemId: itemOf('level'),
				competencyId,
				number: level
			})),
		rows: async (table: string, where: string, ...values: unknown[]) =>
			(
				await city.owner.query<Record<string, unknown>>(
					`select * from needs.${table} where campaign_id = $1 and ${where}`,
					[city.asked.campaignId, ...values]
				)
			).rows
	};
}
