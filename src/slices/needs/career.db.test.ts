import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { openCampaign } from './server/commands.ts';
import { teamOf } from './server/queries/answers.ts';
import { campaignById } from './server/queries/campaigns.ts';
import { saveIdp } from './server/commands/write-idp.ts';
import { careerOf } from './server/queries/career.ts';
import { ownIdp } from './server/queries/idps.ts';
import { now, survey, today } from './test-survey.ts';

let city: Awaited<ReturnType<typeof survey>>;
beforeAll(async () => {
	city = await survey();
	for (const [postLevel, title, competencyId, level] of [
		['05', null, city.first, 3],
		['05', null, city.second, 2],
		[null, 'Widyaiswara Ahli Muda', city.first, 4]
	])
		await city.owner.query(
			`insert into competencies.required_level (agency_id, id, post_level, post_title, competency_id, level, legal_basis, valid_from)
			values ($1, $2, $3, $4, $5, $6, 'uji', '2020-01-01')`,
			[city.agencyId, newId(), postLevel, title, competencyId, level]
		);
	await city.owner.query(
		`insert into competencies.required_level (agency_id, id, post_title, competency_id, level, legal_basis, valid_from)
		values ($1, $2, 'Widyaiswara Ahli Muda', $3, 0, 'uji', '2020-01-01')`,
		[city.agencyId, newId(), city.second]
	);
	await city.does(city.officer(), openCampaign, city.asked, { now });
	await city.rateSelf('ani', city.first, 1);
	await city.rateMember('ani', [{ competencyId: city.second, level: 3 }]);
});
afterAll(() => city.close());

const seen = (actor: ReturnType<typeof city.as>, wanted = {}) =>
	city.sees((db) => careerOf(db, actor, city.who('ani'), wanted, today));

describe('present and next post', () => {
	test('what is asked now, what the next asks, and both ways of counting the match', async () => {
		const career = await seen(city.as('ani'));
		expect(career.target).toMatchObject({ level: '05', title: null });
		expect(career.rows.map(({ now: is, next, actual }) => [is?.level, next?.level, actual])).toEqual([
			[2, 3, 1],
			[2, 2, 3]
		]);
		// 1 + 3 of 2 + 2; capped, the 3 counts as 2.
		expect(career.now).toMatchObject({ uncapped: { percent: 100 }, capped: { percent: 75, gaps: 1 } });
		expect(career.next).toMatchObject({ uncapped: { percent: 80 }, capped: { percent: 60, gaps: 1 } });
	});

	test('another post can be chosen: a level, or a title that a standard names', async () => {
		expect((await seen(city.as('ani'), { level: '04' })).next).toBeNull();
		const trainer = await seen(city.as('ani'), { title: 'Widyaiswara Ahli Muda' });
		expect(trainer.rows.map(({ next }) => next?.level)).toEqual([4, undefined]);
		expect(trainer.next?.capped).toMatchObject({ percent: 25, gaps: 1 });
	});

	test('is for oneself, the supervisor and whoever reads the unit; for others it does not exist', async () => {
		expect((await seen(city.kasi())).rows).toHaveLength(2);
		await expect(seen(city.as('budi'))).rejects.toMatchObject({ kind: 'missing' });
		await expect(seen(city.as('stranger', ['needs.read'], 'kota.plaju'))).rejects.toMatchObject({
			kind: 'missing'
		});
	});
});

test('the team sheet says of whom a competency is not asked, each level under its own heading', async () => {
	const officer = city.as('officer', ['needs.rateTeam', 'needs.read'], 'kota.bkpsdm');
	const campaign = await city.sees((db) => campaignById(db, city.officer(), city.asked.campaignId));
	const sheet = await city.sees((db) => teamOf(db, officer, campaign));
	expect(sheet.map(({ name, asked }) => [name, asked])).toEqual([
		['coach', [true, true]],
		['trainer', [true, false]]
	]);
	const team = await city.sees((db) => teamOf(db, city.kasi(), campaign));
	expect(team.find(({ name }) => name === 'ani')?.levels).toEqual([null, 3]);
});

describe('an individual plan', () => {
	test('hands in what is typed with the same press; without a line nothing is', async () => {
		const budi = city.as('budi');
		const plan = (more: object) => city.does(budi, saveIdp, { year: 2027, ...more }, { now });
		const line = (topic: string) => ({
			topic,
			form: 'training',
			learningHours: 20,
			quarter: 2,
			reason: 'Sering diminta'
		});
		await expect(plan({ handIn: true })).rejects.toMatchObject({ code: 'needs.idp.noLines' });
		await plan({ lines: [line('Pelayanan prima')] });
		await plan({ lines: [line('Menulis dinas')], handIn: true });
		expect((await city.sees((db) => ownIdp(db, budi, 2027))).idp).toMatchObject({
			status: 'submitted',
			lines: [{ topic: 'Menulis dinas' }]
		});
		await expect(plan({ lines: [line('Terlambat')] })).rejects.toMatchObject({
			code: 'needs.idp.already.submitted'
		});
	});
});
