import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { runTogether } from '#platform/work/together.ts';
import { closeCampaign } from './server/commands.ts';
import { addPeer, removePeer } from './server/commands/campaign.ts';
import { answerItems } from './server/commands/answer.ts';
import { openCampaignNow } from './server/queries/campaigns.ts';
import { formOf, ratersDuties } from './server/queries/duties.ts';
import { ratersOf } from './server/queries/raters.ts';
import { instrumentSurvey } from './test-instrument.ts';
import { now } from './test-survey.ts';

let city: Awaited<ReturnType<typeof instrumentSurvey>>;
let peersOfAni: string[];
const nameOf = (id: unknown) =>
	[
		'officer',
		'trainer',
		'coach',
		'camat',
		'kasi',
		'stranger',
		'ani',
		'budi',
		'citra',
		'dewi',
		'eko',
		'fitri'
	].find((name) => city.who(name) === id) ?? '';

beforeAll(async () => {
	city = await instrumentSurvey('managers', ['self', 'supervisor', 'peer', 'subordinate']);
	await city.open();
	const pairs = await city.rows('assignment', `person_id = $2 and source = 'peer'`, city.who('ani'));
	peersOfAni = pairs.map((row) => nameOf(row['rater_id'])).sort();
});
afterAll(() => city.close());

describe('who rates whom', () => {
	test('is proposed so that everybody rates as many peers as rate them', async () => {
		const { rows } = await city.owner.query<{ of: number; by: number }>(
			`select (select count(*)::int from needs.assignment a where a.campaign_id = $1 and a.source = 'peer' and a.person_id = p.id) as of,
				(select count(*)::int from needs.assignment a where a.campaign_id = $1 and a.source = 'peer' and a.rater_id = p.id) as by
			from people.person p where p.id = any($2)`,
			[city.asked.campaignId, ['ani', 'budi', 'citra', 'dewi', 'eko', 'fitri'].map(city.who)]
		);
		expect(rows.map(({ of, by }) => of - by).every((difference) => Math.abs(difference) <= 1)).toBe(true);
		expect(peersOfAni).toHaveLength(3);
		expect(peersOfAni).not.toContain('kasi');
	});
	test('as a subordinate is whoever the head supervises', async () => {
		const rows = await city.rows('assignment', `source = 'subordinate' and person_id = $2`, city.who('kasi'));
		expect(rows).toHaveLength(5);
	});
});

describe('a form', () => {
	const one = () => city.levels(3);
	test('of a peer is nobody else’s to fill: another rater in the form changes nothing', async () => {
		const stranger =
			['budi', 'citra', 'dewi', 'eko', 'fitri'].find((name) => !peersOfAni.includes(name)) ?? '';
		await expect(city.answer(stranger, 'ani', 'peer', one())).rejects.toMatchObject({ kind: 'forbidden' });
		await expect(
			city.does(
				city.as(stranger),
				answerItems,
				{
					...city.asked,
					personId: city.who('ani'),
					as: 'peer',
					raterId: city.who(peersOfAni[0] ?? ''),
					answers: one()
				},
				{ now }
			)
		).rejects.toMatchObject({ kind: 'forbidden' });
		expect(await city.rows('rating', `source = 'peer'`)).toEqual([]);
	});
	test('is written under whoever is signed in', async () => {
		const [peer = ''] = peersOfAni;
		await city.answer(peer, 'ani', 'peer', one());
		const rows = await city.rows('rating', `source = 'peer'`);
		expect(new Set(rows.map((row) => row['rater_id']))).toEqual(new Set([city.who(peer)]));
	});
	test('of oneself cannot be filled about another', async () => {
		await expect(city.answer('budi', 'ani', 'self', one())).rejects.toMatchObject({ kind: 'forbidden' });
	});
	test('of the supervisor is refused outside the team', async () => {
		await expect(city.answer('kasi', 'stranger', 'supervisor', one())).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await expect(city.answer('kasi', 'kasi', 'supervisor', one())).rejects.toMatchObject({
			kind: 'forbidden'
		});
	});
	test.each([
		['a level above the scale', 6],
		['a level below it', -1]
	])('refuses %s', async (_, level) => {
		await expect(
			city.answer('ani', 'ani', 'self', [
				{ itemId: city.itemOf('level'), competencyId: city.first, number: level }
			])
		).rejects.toMatchObject({ code: 'needs.answer.outside' });
	});
	test('refuses an item of another instrument, and a competency that was not asked', async () => {
		await expect(
			city.answer('ani', 'ani', 'self', [{ itemId: newId(), competencyId: city.first, number: 1 }])
		).rejects.toMatchObject({ code: 'needs.rate.notAsked' });
		await expect(
			city.answer('ani', 'ani', 'self', [{ itemId: city.itemOf('level'), competencyId: newId(), number: 1 }])
		).rejects.toMatchObject({ code: 'needs.rate.notAsked' });
	});
	test('sent twice counts once, and is done when all that is required is answered', async () => {
		await city.answer('eko', 'eko', 'self', city.levels(2), { key: 'eko-sends-twice' });
		expect(await city.answer('eko', 'eko', 'self', city.levels(2), { key: 'eko-sends-twice' })).toEqual({
			saved: 2,
			complete: true
		});
		expect(await city.rows('rating', `source = 'self' and person_id = $2`, city.who('eko'))).toHaveLength(2);
		const [target] = await city.rows('target', 'person_id = $2', city.who('eko'));
		expect(target?.['self_done_at']).not.toBeNull();
	});
});

describe('answers of one moment', () => {
	const together = (name: string, answers: object[], key: string) =>
		runTogether(answerItems, {
			actor: city.as(name),
			input: { ...city.asked, answers },
			key,
			kysely: city.db
		});
	// The shared door takes the real time, on which this campaign is over: its refusals are each sender's own.
	test('are each asked and refused for themselves, and nothing of a refused one stays', async () => {
		const outcomes = await Promise.allSettled([
			together('ani', city.levels(1), 'ani-together'),
			together('budi', [{ itemId: newId(), number: 1 }], 'budi-together')
		]);
		expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
		const { rows } = await city.owner.query(`select 1 from platform.idempotency where key = any($1)`, [
			['ani-together', 'budi-together']
		]);
		expect(rows).toEqual([]);
	});
});

describe('a peer’s answers', () => {
	test('are in nobody’s form but their own', async () => {
		const campaign = await city.sees((db) => openCampaignNow(db));
		if (campaign === null) throw new Error('no campaign');
		const [peer = '', other = ''] = peersOfAni;
		const seen = (name: string) =>
			city.sees((db) => formOf(db, city.as(name), campaign, city.who('ani'), 'group'));
		expect((await seen(peer))?.answers).toHaveLength(2);
		expect((await seen(other))?.answers).toEqual([]);
		await expect(seen('ani')).rejects.toMatchObject({ kind: 'missing' });
		await expect(
			city.sees((db) => formOf(db, city.kasi(), campaign, city.who('ani'), 'group'))
		).rejects.toMatchObject({ kind: 'missing' });
		expect(await city.sees((db) => ratersDuties(db, city.as('ani'), campaign.id))).toSatisfy(
			(all: { personId: string }[]) => all.every(({ personId }) => personId !== city.who('ani'))
		);
	});
	test('show as a group of three or more only, and only once the survey is closed', async () => {
		const group = () =>
			city.sees(
				async (db) =>
					(
						await sql<{ raters: number; mean: number }>`
						select raters, mean from needs.group_rating where person_id = ${city.who('ani')}`.execute(db)
					).rows
			);
		const [first = '', second = '', third = ''] = peersOfAni;
		await city.answer(second, 'ani', 'peer', city.levels(2));
		expect(await group()).toEqual([]);
		await city.answer(third, 'ani', 'peer', [city.levels(1)[0] ?? {}]);
		expect(await group()).toEqual([]);
		await city.does(city.officer(), closeCampaign, city.asked, { now });
		// Three in the first competency, two in the second.
		expect(await group()).toEqual([{ raters: 3, mean: 2 }]);
		expect(first).not.toBe('');
	});
	test('come too late once it is closed, in words that the screen knows to keep the answer for', async () => {
		await expect(city.answer('fitri', 'fitri', 'self', city.levels(1))).rejects.toMatchObject({
			kind: 'refused',
			code: 'needs.rate.closed'
		});
	});
});

describe('the supervisor', () => {
	let other: Awaited<ReturnType<typeof instrumentSurvey>>;
	beforeAll(async () => {
		other = await instrumentSurvey('managers', ['self', 'supervisor', 'peer']);
		await other.open();
	});
	afterAll(() => other.close());
	const change = (raterId: string, at = now, who = other.kasi()) => ({
		add: () => other.does(who, addPeer, { ...other.asked, personId: other.who('ani'), raterId }, { now: at }),
		remove: () =>
			other.does(who, removePeer, { ...other.asked, personId: other.who('ani'), raterId }, { now: at })
	});
	test('changes peers of the team until the day, and nobody else’s', async () => {
		const campaign = await other.sees((db) => openCampaignNow(db));
		if (campaign === null) throw new Error('no campaign');
		const sheet = await other.sees((db) => ratersOf(db, other.kasi(), campaign, other.who('ani')));
		const [peer] = sheet.peers;
		await change(peer?.raterId ?? '').remove();
		await change(other.who('stranger')).add();
		await expect(change(other.who('stranger')).add()).rejects.toMatchObject({ code: 'needs.raters.already' });
		await expect(change(other.who('kasi')).add()).rejects.toMatchObject({ code: 'needs.raters.notPeer' });
		await expect(change(other.who('coach'), new Date('2026-04-21T03:00:00Z')).add()).rejects.toMatchObject({
			code: 'needs.raters.over'
		});
		await expect(change(other.who('coach'), now, other.as('budi')).add()).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await expect(
			other.sees((db) => ratersOf(db, other.as('ani'), campaign, other.who('ani')))
		).rejects.toMatchObject({ kind: 'missing' });
	});
	test('does not take out a peer who has begun', async () => {
		await other.answer('stranger', 'ani', 'peer', other.levels(2));
		await expect(change(other.who('stranger')).remove()).rejects.toMatchObject({
			code: 'needs.raters.begun'
		});
	});
});
