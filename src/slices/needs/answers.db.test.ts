import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { writing } from '#platform/db/pools.ts';
import { chooseLevel, SOURCE_ORDER } from './gap.ts';
import {
	closeCampaign,
	createCampaign,
	includeNewStaff,
	openCampaign,
	rateSelf,
	rateTeam
} from './server/commands.ts';
import { askedOf } from './server/queries/answers.ts';
import { campaignById, campaignsFor, openCampaignNow } from './server/queries/campaigns.ts';
import { now, survey, today } from './test-survey.ts';

let city: Awaited<ReturnType<typeof survey>>;
beforeAll(async () => {
	city = await survey();
});
afterAll(() => city.close());

describe('a campaign', () => {
	test('is prepared and opened only by whoever runs campaigns', async () => {
		const input = { name: 'Milik Ani', year: 2028, opensOn: today, closesOn: today };
		await expect(city.does(city.as('ani'), createCampaign, input)).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await expect(city.does(city.kasi(), openCampaign, city.asked, { now })).rejects.toMatchObject({
			kind: 'forbidden'
		});
	});

	test('refuses dates the wrong way round beside the field', async () => {
		await expect(city.create({ closesOn: '2026-03-01' })).rejects.toMatchObject({
			kind: 'invalid',
			issues: [{ path: 'closesOn', code: 'needs.campaign.closesBeforeOpens' }]
		});
	});

	test('takes no answers and is nobody’s to see while it is a draft', async () => {
		await expect(city.rateSelf('ani', city.first, 1)).rejects.toMatchObject({ code: 'needs.rate.notAsked' });
		expect(await city.sees((db) => campaignsFor(db, city.kasi()))).toHaveLength(1);
		await expect(
			city.sees((db) => campaignById(db, city.kasi(), city.asked.campaignId))
		).rejects.toMatchObject({
			kind: 'missing'
		});
		expect(await city.sees((db) => campaignsFor(db, city.officer()))).toHaveLength(2);
	});

	test('of two opened at the same moment only one opens', async () => {
		const other = (await city.create({ name: 'Kembar' })).campaignId;
		const both = await Promise.allSettled(
			[city.asked.campaignId, other].map((id) =>
				city.does(city.officer(), openCampaign, { campaignId: id }, { now })
			)
		);
		expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
		if (both[0]?.status === 'rejected') city.asked.campaignId = other;
		expect((await city.sees((db) => openCampaignNow(db)))?.id).toBe(city.asked.campaignId);
	});

	test('asks everybody whose post has a required level, in every competency', async () => {
		const { rows } = await city.owner.query(
			'select count(*)::int as rows, count(distinct person_id)::int as people, min(required) as required from needs.gap where campaign_id = $1',
			[city.asked.campaignId]
		);
		expect(rows[0]).toEqual({ rows: 24, people: 12, required: 2 });
		expect(await city.sees((db) => askedOf(db, city.as('ani'), city.asked.campaignId))).toHaveLength(2);
	});

	test('asks those who join later too, once', async () => {
		const late = newId();
		await city.owner.query(
			`insert into people.person (agency_id, id, nip, name, sex, employment_kind) values ($1, $2, '199001012020011999', 'gita', 'female', 'PNS')`,
			[city.agencyId, late]
		);
		await city.owner.query(
			`insert into people.posting (agency_id, id, person_id, unit_id, title, kind, level, valid_from) values ($1, $2, $3, $4, 'Operator', 'general', '06', '2026-04-05')`,
			[city.agencyId, newId(), late, city.unit.plaju]
		);
		expect(await city.does(city.officer(), includeNewStaff, {}, { now })).toEqual({ people: 1 });
		expect(await city.does(city.officer(), includeNewStaff, {}, { now })).toEqual({ people: 0 });
	});
});

describe('what was asked', () => {
	test('cannot be about a competency that does not exist, not even by raw SQL', async () => {
		await expect(
			city.owner.query(
				`insert into needs.gap (agency_id, campaign_id, person_id, competency_id, unit_id, required)
				select agency_id, campaign_id, person_id, $1, unit_id, 2 from needs.target limit 1`,
				[newId()]
			)
		).rejects.toMatchObject({ code: '23503' });
	});

	test('stays as it was asked: the app can only add answers', async () => {
		await expect(
			writing(city.agencyId, (tx) => tx.updateTable('needs.gap').set({ required: 1 }).execute(), city.db)
		).rejects.toMatchObject({ code: '42501' });
	});
});

describe('a rating', () => {
	test('of oneself is saved at once, and answering again replaces it', async () => {
		await city.rateSelf('ani', city.first, 3);
		await city.rateSelf('ani', city.first, 1);
		expect(await city.gapOf('ani')).toEqual({
			required: 2,
			self_level: 1,
			supervisor_level: null,
			actual: 1,
			gap: 1
		});
		const { rows } = await city.owner.query(
			'select level, rater_id from needs.rating where campaign_id = $1',
			[city.asked.campaignId]
		);
		expect(rows).toEqual([{ level: 1, rater_id: city.who('ani') }]);
	});

	test('is of what was asked: not even raw SQL writes another', async () => {
		const rate = (person: string, competency: string) =>
			city.owner.query(
				`insert into needs.rating (agency_id, campaign_id, person_id, competency_id, source, rater_id, level, rated_at)
				values ($1, $2, $3, $4, 'self', $3, 2, now())`,
				[city.agencyId, city.asked.campaignId, person, competency]
			);
		await expect(rate(city.who('ani'), newId())).rejects.toMatchObject({ code: '23503' });
	});

	test('keeps whom it is about in the survey: nobody stops asking them', async () => {
		const { owner, asked } = city;
		await owner.query('begin');
		await owner.query('delete from needs.gap where campaign_id = $1 and person_id = $2', [
			asked.campaignId,
			city.who('ani')
		]);
		await expect(
			owner.query('delete from needs.target where campaign_id = $1 and person_id = $2', [
				asked.campaignId,
				city.who('ani')
			])
		).rejects.toMatchObject({ code: '23503' });
		await owner.query('rollback');
	});

	test('by the supervisor counts before one’s own, and both are kept', async () => {
		await city.rateMember('ani', [{ competencyId: city.first, level: 0 }]);
		expect(await city.gapOf('ani')).toEqual({
			required: 2,
			self_level: 1,
			supervisor_level: 0,
			actual: 0,
			gap: 2
		});
		await city.rateSelf('ani', city.first, 4);
		expect(await city.gapOf('ani')).toMatchObject({ self_level: 4, supervisor_level: 0, actual: 0 });
	});

	test('of a colleague is refused: only the direct supervisor rates', async () => {
		await expect(
			city.rateMember('budi', [{ competencyId: city.first, level: 5 }], city.as('ani'))
		).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await expect(
			city.rateMember(
				'budi',
				[{ competencyId: city.first, level: 5 }],
				city.as('camat', ['needs.rateTeam'], 'kota.marelan')
			)
		).rejects.toMatchObject({ kind: 'forbidden' });
		expect(await city.gapOf('budi')).toMatchObject({ supervisor_level: null });
	});

	test('of somebody outside the team is refused, of nobody at all is missing', async () => {
		await expect(city.rateMember('stranger', [{ competencyId: city.first, level: 5 }])).rejects.toMatchObject(
			{
				kind: 'forbidden'
			}
		);
		await expect(
			city.does(
				city.kasi(),
				rateTeam,
				{ ...city.asked, personId: newId(), levels: [{ competencyId: city.first, level: 1 }] },
				{ now }
			)
		).rejects.toMatchObject({ kind: 'missing' });
	});

	test('of the head below belongs to the head above', async () => {
		const camat = city.as('camat', ['needs.rateTeam'], 'kota.marelan');
		await city.rateMember('kasi', [{ competencyId: city.second, level: 2 }], camat);
		expect(await city.gapOf('kasi', city.second)).toMatchObject({ supervisor_level: 2, gap: 0 });
	});

	test.each([
		['a level that does not exist', [{ competencyId: 0, level: 6 }], 'kernel.invalid'],
		['nothing', [], 'kernel.invalid'],
		[
			'the same ability twice',
			[
				{ competencyId: 0, level: 1 },
				{ competencyId: 0, level: 2 }
			],
			'kernel.invalid'
		]
	])('of %s is refused in words', async (_, cells, code) => {
		const levels = cells.map(({ level }) => ({ competencyId: city.first, level }));
		await expect(city.rateMember('budi', levels)).rejects.toMatchObject({ kind: 'invalid', code });
	});

	test('outside the days of the campaign is refused and says until when', async () => {
		const late = { now: new Date('2026-05-31T18:00:00Z') };
		await expect(
			city.does(city.as('ani'), rateSelf, { ...city.asked, competencyId: city.first, level: 1 }, late)
		).rejects.toMatchObject({ code: 'needs.rate.over', params: { closesOn: '2026-05-31' } });
		const lastHour = { now: new Date('2026-05-31T16:30:00Z') };
		await city.does(
			city.as('ani'),
			rateSelf,
			{ ...city.asked, competencyId: city.first, level: 4 },
			lastHour
		);
	});

	test('by two sides or twice at the same moment leaves every answer in place', async () => {
		await Promise.all([
			city.rateSelf('dewi', city.first, 1),
			city.rateMember('dewi', [
				{ competencyId: city.first, level: 2 },
				{ competencyId: city.second, level: 1 }
			]),
			city.rateSelf('dewi', city.second, 3),
			city.rateSelf('dewi', city.first, 1)
		]);
		expect(await city.gapOf('dewi')).toMatchObject({ self_level: 1, supervisor_level: 2, actual: 2 });
		expect(await city.gapOf('dewi', city.second)).toMatchObject({
			self_level: 3,
			supervisor_level: 1,
			actual: 1
		});
		await Promise.all([1, 2, 3, 4, 5].map((level) => city.rateSelf('eko', city.second, level)));
		const { rows } = await city.owner.query(
			`select r.level = g.self_level as same, count(*) over ()::int as n from needs.rating r join needs.gap g using (campaign_id, person_id, competency_id)
			where r.campaign_id = $1 and r.person_id = $2`,
			[city.asked.campaignId, city.who('eko')]
		);
		expect(rows).toEqual([{ same: true, n: 1 }]);
	});

	test('chosen by the database is the one that the rule chooses', async () => {
		expect([...SOURCE_ORDER]).toEqual(['assessment', 'supervisor', 'self']);
		const { rows } = await city.owner.query(
			`select g.actual, g.self_level, g.supervisor_level, g.assessment_level from needs.gap g where g.campaign_id = $1`,
			[city.asked.campaignId]
		);
		for (const row of rows) {
			const ratings = SOURCE_ORDER.flatMap((source) => {
				const level = row[`${source}_level`];
				return level === null ? [] : [{ source, level, on: today }];
			});
			expect(row.actual).toBe(chooseLevel(ratings)?.level ?? null);
		}
	});
});

describe('a closed campaign', () => {
	test('takes no more answers and is not opened again', async () => {
		await city.does(city.officer(), closeCampaign, city.asked, { now });
		await expect(city.rateSelf('ani', city.first, 2)).rejects.toMatchObject({
			kind: 'refused',
			code: 'needs.rate.closed'
		});
		await expect(city.rateMember('ani', [{ competencyId: city.first, level: 2 }])).rejects.toMatchObject({
			code: 'needs.rate.closed'
		});
		await expect(city.does(city.officer(), openCampaign, city.asked, { now })).rejects.toMatchObject({
			code: 'needs.campaign.notDraft'
		});
		await expect(city.does(city.officer(), closeCampaign, city.asked, { now })).rejects.toMatchObject({
			code: 'needs.campaign.notOpen'
		});
	});

	test('of one agency does not exist for another', async () => {
		const rows = await city.sees((db) =>
			sql<{ n: number }>`select count(*)::int as n from needs.gap`.execute(db)
		);
		expect(rows.rows[0]?.n).toBeGreaterThan(20);
		const stranger = { ...city.officer(), agencyId: newId() };
		await city.owner.query(
			`insert into platform.agency (agency_id, code, name, city, time_zone) values ($1, $2, 'Lain', 'Lain', 'Asia/Jakarta')`,
			[stranger.agencyId, `lain-${stranger.agencyId.slice(-12)}`]
		);
		await expect(city.does(stranger, closeCampaign, city.asked)).rejects.toMatchObject({
			kind: 'missing'
		});
	});
});
