import { definitionOf } from '#slices/needs/server/queries/instruments.ts';
import { itemsOf, WANTED_FORMS, type Definition } from '#slices/needs/instrument.ts';
import {
	answerInBulk,
	markDoneInBulk,
	rateGroupInBulk,
	type BulkAnswer
} from '#slices/needs/server/bulk-answers.ts';
import { setUpCampaign } from '#slices/needs/server/commands/campaign.ts';
import { createInstrument } from '#slices/needs/server/commands/instruments.ts';
import type { TemplateKey } from '#slices/needs/templates.ts';
import { addDays } from '#kernel/time.ts';
import { normal, randomFor } from '../random.ts';
import { MODEL, rated, type Abilities } from './ability.ts';
import { act, read, write, type City, type World } from './world.ts';

/** What a campaign of the demo asks beside levels, and who is asked beside the usual two. */
export type SurveyPlan = { template: TemplateKey; group: boolean };

/** The competencies that somebody is asked about, with their place among all. */
export type AskedOf = (personId: string) => { id: string; place: number }[];

/** Topics that people ask for; rare ones too, so that a list of them is worth reading. */
const TOPICS = [
	'Pelayanan publik prima',
	'Penyusunan anggaran',
	'Pengadaan barang dan jasa',
	'Microsoft Excel lanjutan',
	'Arsip digital',
	'Komunikasi dengan warga',
	'Kecerdasan buatan untuk pekerjaan kantor',
	'Penulisan naskah dinas',
	'Manajemen risiko',
	'Keamanan informasi'
] as const;

/** Takes a shipped template for a draft campaign; peers and subordinates rate the structural posts only. */
export async function chooseInstrument(
	world: World,
	city: City,
	campaignId: string,
	{ template, group }: SurveyPlan,
	from: string
): Promise<Definition> {
	const admin = city.actors.trainingAdmin;
	const at = world.clock.at(addDays(from, -6));
	const { versionId } = await act(world, createInstrument, admin, at, { template });
	await act(world, setUpCampaign, admin, at, {
		campaignId,
		instrumentVersionId: versionId,
		raters: group ? ['self', 'supervisor', 'peer', 'subordinate'] : ['self', 'supervisor'],
		groupPostKinds: group ? ['structural'] : [],
		adjustUntil: addDays(from, 2)
	});
	return read(world, city, (db) => definitionOf(db, versionId));
}

/** Peers and subordinates as they were proposed: three of four answer, each with a leniency of their own. */
export async function answerAsGroup(
	world: World,
	city: City,
	campaignId: string,
	day: string,
	asked: AskedOf,
	abilities: Abilities
): Promise<void> {
	const pairs = await read(world, city, (db) =>
		db
			.selectFrom('needs.assignment')
			.select(['person_id as personId', 'rater_id as raterId', 'source'])
			.where('agency_id', '=', city.agencyId)
			.where('campaign_id', '=', campaignId)
			.execute()
	);
	const nips = new Map(city.staff.map((person) => [person.id, person.nip]));
	const at = world.clock.at(day, '10:00');
	for (const source of ['peer', 'subordinate'] as const) {
		const given = pairs
			.filter((pair) => pair.source === source)
			.flatMap(({ personId, raterId }) => {
				const random = randomFor(
					world.seed,
					city.key,
					'survey',
					source,
					nips.get(personId) ?? '',
					nips.get(raterId) ?? ''
				);
				if (!random.chance(0.75 * world.answers)) return [];
				const leniency = MODEL.self.leniency / 2 + normal(random) * MODEL.supervisor.spread;
				return asked(personId).map(({ id, place }) => ({
					personId,
					raterId,
					competencyId: id,
					level: rated((abilities.get(personId)?.[place] ?? 0) + leniency + normal(random) * MODEL.self.noise)
				}));
			});
		if (given.length === 0) continue;
		await write(world, city, (tx) =>
			rateGroupInBulk(tx, {
				campaignId,
				source,
				people: given.map((one) => one.personId),
				raters: given.map((one) => one.raterId),
				competencies: given.map((one) => one.competencyId),
				levels: given.map((one) => one.level),
				at: given.map(() => at)
			})
		);
	}
}

/** What people answered besides levels, of those who answered at all; then who is done is marked. */
export async function answerTheRest(
	world: World,
	city: City,
	campaignId: string,
	day: string,
	definition: Definition,
	asked: AskedOf,
	abilities: Abilities,
	answered: ReadonlySet<string>
): Promise<void> {
	const items = itemsOf(definition).filter((item) => item.raters.includes('self') && item.condition === null);
	const at = world.clock.at(day, '11:00');
	const answers = city.staff
		.filter((person) => answered.has(person.id))
		.flatMap((person) => {
			const random = randomFor(world.seed, city.key, 'survey', 'rest', person.nip);
			return items.flatMap((item): BulkAnswer[] => {
				const one = {
					personId: person.id,
					itemId: item.id,
					competencyId: null,
					number: null,
					mastery: null,
					words: null,
					codes: null,
					at
				};
				if (item.kind === 'needMastery')
					return asked(person.id).map(({ id, place }) => ({
						...one,
						competencyId: id,
						number: Math.min(definition.scalePoints, random.int(2, 5)),
						mastery: Math.min(
							definition.scalePoints,
							Math.max(1, rated(abilities.get(person.id)?.[place] ?? 0))
						)
					}));
				if (item.kind === 'choice')
					return [{ ...one, codes: [item.options[random.int(0, item.options.length - 1)]?.code ?? ''] }];
				if (!random.chance(0.4)) return [];
				if (item.kind === 'form')
					return [
						{
							...one,
							codes: [
								...new Set([0, 1].map(() => WANTED_FORMS[random.int(0, WANTED_FORMS.length - 1)] ?? 'KL03'))
							]
						}
					];
				if (item.kind === 'topic')
					return [{ ...one, words: TOPICS[random.int(0, TOPICS.length - 1)] ?? null }];
				return [];
			});
		});
	await write(world, city, async (tx) => {
		if (answers.length > 0) await answerInBulk(tx, campaignId, answers);
		await markDoneInBulk(tx, campaignId, definition, at);
	});
}
