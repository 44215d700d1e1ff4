import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writing } from '#platform/db/pools.ts';
import { gapSummary, peopleWithGap, rateInBulk } from './public.server.ts';
import { closeCampaign, openCampaign } from './server/commands.ts';
import { teamOf } from './server/queries/answers.ts';
import { campaignById, campaignsFor, progressOf } from './server/queries/campaigns.ts';
import { heatMap, newestHeatMap, peopleBehind } from './server/queries/heat-map.ts';
import { profileOf } from './server/queries/profile.ts';
import { now, survey, today } from './test-survey.ts';

let city: Awaited<ReturnType<typeof survey>>;
beforeAll(async () => {
	city = await survey();
	await city.does(city.officer(), openCampaign, city.asked, { now });
	await city.rateSelf('ani', city.first, 4);
	await city.rateMember('ani', [{ competencyId: city.first, level: 0 }]);
	await city.rateSelf('dewi', city.first, 1);
	await city.rateSelf('dewi', city.second, 3);
	await city.rateMember('dewi', [
		{ competencyId: city.first, level: 2 },
		{ competencyId: city.second, level: 1 }
	]);
	const camat = city.as('camat', ['needs.rateTeam'], 'kota.marelan');
	await city.rateMember('kasi', [{ competencyId: city.second, level: 2 }], camat);
});
afterAll(() => city.close());

describe('what others may see', () => {
	test('a profile is for oneself, the supervisor and whoever reads the unit; for others it does not exist', async () => {
		const ani = city.who('ani');
		const seen = (actor: ReturnType<typeof city.as>) =>
			city.sees((db) => profileOf(db, actor, ani, city.asked.campaignId, today));
		expect((await seen(city.as('ani'))).rows.map((row) => row.chosen?.spread ?? null)).toEqual([4, null]);
		expect((await seen(city.kasi())).match).toMatchObject({ percent: 0, gaps: 1, unmeasured: 1 });
		expect((await seen(city.officer())).campaigns).toHaveLength(2);
		await expect(seen(city.as('budi'))).rejects.toMatchObject({ kind: 'missing' });
		await expect(
			seen(city.as('stranger', ['needs.read', 'needs.rateTeam'], 'kota.plaju'))
		).rejects.toMatchObject({ kind: 'missing' });
	});

	test('a team sheet holds one’s own people and not what they said of themselves', async () => {
		const campaign = await city.sees((db) => campaignById(db, city.officer(), city.asked.campaignId));
		const sheet = await city.sees((db) => teamOf(db, city.kasi(), campaign));
		expect(sheet.map((member) => member.name)).toEqual(['ani', 'budi', 'citra', 'dewi', 'eko', 'fitri']);
		expect(sheet.find((member) => member.name === 'eko')?.levels).toEqual([null, null]);
		expect(await city.sees((db) => teamOf(db, city.as('ani', ['needs.rateTeam']), campaign))).toEqual([]);
	});

	test('the heat map leaves small groups out of its very answer', async () => {
		for (const name of ['budi', 'citra', 'eko', 'fitri'])
			await city.rateMember(name, [{ competencyId: city.first, level: 1 }]);
		await city.rateSelf('officer', city.first, 0);
		const campaign = await city.sees((db) => campaignById(db, city.officer(), city.asked.campaignId));
		const whole = await city.sees((db) => heatMap(db, city.officer(), campaign, null));
		const row = (name: string) => whole.rows.find((one) => one.name === name)?.cells[0];
		// Six measured at the counter, one officer alone: the city's total would give the officer away.
		expect(whole.rows[0]).toMatchObject({ kind: 'total' });
		expect(row('Unit kota')).toMatchObject({ state: 'shown', n: 7 });
		expect(row('Unit bkpsdm')).toEqual({ state: 'hidden' });
		expect(row('Unit marelan')).toEqual({ state: 'hidden' });
		expect(JSON.stringify(whole.rows.filter((one) => one.kind === 'below'))).not.toContain('meanGap');
	});

	test('a unit’s people open only to whoever reads that unit', async () => {
		const asked = {
			...city.asked,
			unitId: city.unit.pelayanan,
			competencyId: city.first,
			onlyGaps: true,
			size: 3,
			offset: 0
		};
		const { total, people } = await city.sees((db) => peopleBehind(db, city.kasi(), asked));
		expect(total).toBe(5);
		expect(people.map((person) => [person.name, person.gap])).toEqual([
			['ani', 2],
			['budi', 1],
			['citra', 1]
		]);
		const outsider = city.as('stranger', ['needs.read'], 'kota.plaju');
		await expect(city.sees((db) => peopleBehind(db, outsider, asked))).rejects.toMatchObject({
			kind: 'missing'
		});
		await expect(city.sees((db) => peopleBehind(db, city.as('ani'), asked))).rejects.toMatchObject({
			kind: 'missing'
		});
	});

	test('progress counts people, unit by unit, as far as the actor may read', async () => {
		const rows = await city.sees((db) => progressOf(db, city.officer(), city.asked.campaignId, 'kota'));
		expect(rows.map((row) => [row.name, row.people, row.selfDone, row.supervisorDone])).toEqual([
			['Unit bkpsdm', 3, 0, 0],
			['Unit marelan', 8, 1, 1],
			['Unit plaju', 1, 0, 0]
		]);
		expect(
			await city.sees((db) =>
				progressOf(db, city.as('stranger', ['needs.read'], 'kota.plaju'), city.asked.campaignId, 'kota')
			)
		).toHaveLength(1);
	});
});

describe('what other rooms are told', () => {
	test('the size of a need, with everything below the unit', async () => {
		const asked = { ...city.asked, unitId: city.unit.marelan, competencyId: city.first };
		expect(await city.sees((db) => gapSummary(db, asked))).toEqual({
			people: 5,
			mean: 1.2,
			share: 5 / 6,
			measured: 6
		});
		expect(await city.sees((db) => gapSummary(db, { ...asked, unitId: null }))).toMatchObject({
			people: 6,
			measured: 7
		});
		expect(await city.sees((db) => gapSummary(db, { ...asked, unitId: city.unit.plaju }))).toEqual({
			people: 0,
			mean: 0,
			share: 0,
			measured: 0
		});
		expect((await city.sees((db) => peopleWithGap(db, asked))).map((row) => row.gap)).toEqual([
			2, 1, 1, 1, 1
		]);
	});
});

describe('many ratings at once', () => {
	const bulk = (source: 'self' | 'supervisor', names: string[], levels: number[], at = now) =>
		writing(
			city.agencyId,
			(tx) =>
				rateInBulk(tx, {
					...city.asked,
					sources: names.map(() => source),
					people: names.map((name) => city.who(name)),
					competencies: names.map(() => city.second),
					levels,
					at: names.map(() => at)
				}),
			city.db
		);

	test('obey the same rules and name the supervisor as rater', async () => {
		expect(await bulk('self', ['budi', 'citra'], [2, 3])).toBe(2);
		expect(await bulk('supervisor', ['budi', 'citra'], [1, 4])).toBe(2);
		expect(await city.gapOf('budi', city.second)).toMatchObject({
			self_level: 2,
			supervisor_level: 1,
			gap: 1
		});
		const { rows } = await city.owner.query(
			`select distinct rater_id from needs.rating where campaign_id = $1 and competency_id = $2 and source = 'supervisor' and person_id = any($3)`,
			[city.asked.campaignId, city.second, [city.who('budi'), city.who('citra')]]
		);
		expect(rows).toEqual([{ rater_id: city.who('kasi') }]);
	});

	test('are all refused when one day lies outside the campaign, or one rater is missing', async () => {
		await expect(bulk('self', ['fitri'], [2], new Date('2026-06-02T00:00:00Z'))).rejects.toThrow(
			'needs.rate.over'
		);
		await expect(bulk('supervisor', ['fitri', 'stranger'], [2, 2])).rejects.toThrow(
			'needs.rate.noSupervisor'
		);
		expect(await city.gapOf('fitri', city.second)).toMatchObject({
			self_level: null,
			supervisor_level: null
		});
	});
});

describe('a survey opened after one with results', () => {
	const profile = () => city.sees((db) => profileOf(db, city.as('ani'), city.who('ani'), null, today));
	const map = (who = city.officer(), unitId: string | null = null) =>
		city.sees(async (db) => newestHeatMap(db, who, await campaignsFor(db, who), unitId));

	test('leaves map and profile at the results until it has some of its own', async () => {
		const { campaignId: old } = city.asked;
		await city.does(city.officer(), closeCampaign, city.asked, { now });
		const { campaignId: young } = await city.create({ name: 'AKPK 2029', year: 2029 });
		await city.does(city.officer(), openCampaign, { campaignId: young }, { now });
		city.asked.campaignId = young;
		expect((await profile()).campaigns[0]?.id).toBe(young);
		expect((await profile()).campaign?.id).toBe(old);
		expect((await map())?.campaign.id).toBe(old);

		await city.rateSelf('ani', city.first, 1);
		expect((await profile()).campaign?.id).toBe(young);
		// One answer is hidden in the map; a map of hidden cells says less than last year's.
		expect((await map())?.campaign.id).toBe(old);
		for (const name of ['budi', 'citra', 'dewi', 'eko', 'fitri']) await city.rateSelf(name, city.first, 1);
		expect((await map())?.campaign.id).toBe(young);
	});

	test('a unit that is not the reader’s stays missing whatever survey is newest', async () => {
		await expect(map(city.kasi(), city.unit.plaju)).rejects.toMatchObject({ kind: 'missing' });
	});
});
