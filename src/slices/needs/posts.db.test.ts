import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canReadUnit } from './access.ts';
import { closeCampaign, openCampaign } from './server/commands.ts';
import { estimateNeeds, setEstimator } from './server/commands/estimate.ts';
import { setImportance, setPriorityRule } from './server/commands/record-need-sources.ts';
import { withdrawRule } from './server/commands/withdraw-rule.ts';
import { settingsHistory } from './server/estimate/estimator-settings.ts';
import { campaignById } from './server/queries/campaigns.ts';
import { peopleBehind } from './server/queries/heat-map.ts';
import { importanceRules, priorityRuleOn, priorityRules } from './server/queries/need-rulesets.ts';
import { postSheet } from './server/queries/post.ts';
import { holdersOf, postsOf } from './server/queries/posts.ts';
import { rankingOf } from './server/queries/ranking.ts';
import { now, survey, today } from './test-survey.ts';

let city: Awaited<ReturnType<typeof survey>>;
const TEAM = ['ani', 'budi', 'citra', 'dewi', 'eko', 'fitri'];
const CLERK = { title: 'pengadministrasi', level: '06' };
beforeAll(async () => {
	city = await survey();
	await city.does(city.officer(), openCampaign, city.asked, { now });
	for (const [place, name] of TEAM.entries())
		await city.rateMember(name, [{ competencyId: city.first, level: place === 0 ? 0 : 1 }]);
	await city.rateSelf('trainer', city.first, 2);
});
afterAll(() => city.close());

const campaign = () => city.sees((db) => campaignById(db, city.officer(), city.asked.campaignId));
const sheet = async (actor = city.officer(), unitId: string | null = null) => {
	const of = await campaign();
	return city.sees((db) => postSheet(db, actor, of, { post: CLERK, unitId, size: 50, offset: 0 }, today));
};

describe('posts by their gaps', () => {
	const listed = async (actor = city.officer(), unitId: string | null = null) => {
		const of = await campaign();
		return city.sees((db) => postsOf(db, actor, of, unitId));
	};

	test('the only trainer stays hidden, and so does whatever would give her away', async () => {
		const { lines } = await listed();
		expect(lines.map(({ title, people, shown }) => [title, people, shown]).sort()).toEqual([
			['Pengadministrasi', 11, null],
			['Widyaiswara Ahli Muda', 1, null]
		]);
	});

	test('a unit shows its own, counted from single answers until a run', async () => {
		const { unit, lines, runId } = await listed(city.kasi());
		expect([unit.name, runId]).toEqual(['Unit pelayanan', null]);
		expect(lines).toMatchObject([
			{ title: 'Pengadministrasi', people: 7, shown: { measured: 6, gaps: 6, share: 1, certainty: null } }
		]);
	});

	test('somebody else’s unit does not exist', async () => {
		const stranger = city.as('stranger', ['needs.read'], 'kota.plaju');
		await expect(listed(stranger, city.unit.pelayanan)).rejects.toMatchObject({ kind: 'missing' });
		await expect(listed(city.as('ani'), city.unit.pelayanan)).rejects.toMatchObject({ kind: 'missing' });
		await expect(sheet(stranger, city.unit.pelayanan)).rejects.toMatchObject({ kind: 'missing' });
	});
});

describe('one post', () => {
	test('shows where levels lie against what is asked, whatever the letters’ case', async () => {
		const seen = await sheet(city.kasi());
		expect(seen.post.title).toBe('Pengadministrasi');
		expect([seen.asked, seen.holding]).toEqual([7, 7]);
		const first = seen.competencies.find(({ competencyId }) => competencyId === city.first);
		expect(first).toMatchObject({
			required: { least: 2, most: 2 },
			today: { level: 2 },
			cell: { state: 'shown', n: 6, shareWithGap: 1 },
			spread: [
				{ level: 0, people: 1 },
				{ level: 1, people: 5 }
			]
		});
		expect(first?.mean).toBeCloseTo(5 / 6);
		const second = seen.competencies.find(({ competencyId }) => competencyId === city.second);
		expect(second).toMatchObject({ cell: { state: 'empty' }, spread: [], mean: null });
	});

	test('hidden in the list it carries no figure here either, and its units add up to nothing', async () => {
		const seen = await sheet();
		const first = seen.competencies.find(({ competencyId }) => competencyId === city.first);
		expect(first).toMatchObject({ cell: { state: 'hidden' }, spread: [], mean: null });
		expect(JSON.stringify(seen.map.rows)).not.toContain('meanGap');
	});

	test('names only whom the reader answers for', async () => {
		const kasi = city.kasi();
		const seen = await sheet(kasi);
		expect(seen.people.map(({ name }) => name).sort()).toEqual([...TEAM, 'kasi']);
		expect(seen.people[0]).toMatchObject({ name: 'ani', measured: 1, likely: 1, shortfall: 2 });
		for (const actor of [city.officer(), kasi, city.as('camat', ['needs.read'], 'kota.marelan')])
			for (const { unitName } of (await sheet(actor)).people)
				expect(canReadUnit(actor, PATHS[unitName] ?? '?')).toBe(true);
	});

	test('narrowed to a kind of unit names those who work there, and leaves every figure as it was', async () => {
		await city.owner.query(`update people.unit set kind = 'kecamatan' where id = $1`, [city.unit.marelan]);
		const of = await campaign();
		const narrowed = (kind: string | null) =>
			city.sees((db) =>
				postSheet(db, city.officer(), of, { post: CLERK, unitId: null, kind, size: 50, offset: 0 }, today)
			);
		const [all, district] = [await narrowed(null), await narrowed('kecamatan')];
		expect(district.kinds).toContain('kecamatan');
		expect([all.within, all.kind]).toEqual([all.asked, null]);
		expect(district.within).toBeLessThan(all.asked);
		expect(new Set(district.people.map(({ unitName }) => unitName))).not.toContain('Unit bkpsdm');
		expect(district.people.map(({ name }) => name)).toContain('ani');
		expect(district.competencies).toEqual(all.competencies);
		expect(district.map.rows.filter(({ kind }) => kind === 'below').map(({ name }) => name)).toEqual([
			'Unit marelan'
		]);
		expect(await narrowed('bukan jenis')).toEqual(all);
		const { lines } = await city.sees((db) => postsOf(db, city.officer(), of, null, 'kecamatan'));
		expect(lines.find(({ title }) => title === 'Pengadministrasi')).toMatchObject({
			people: all.asked,
			within: district.within,
			shown: null
		});
	});

	test('its cells open to its people alone', async () => {
		const of = await campaign();
		const trainers = await city.sees((db) =>
			holdersOf(db, of, { title: 'Widyaiswara Ahli Muda', level: '06' })
		);
		const { people } = await city.sees((db) =>
			peopleBehind(db, city.officer(), {
				campaignId: of.id,
				unitId: city.unit.kota,
				competencyId: city.first,
				onlyGaps: false,
				among: trainers.map(({ personId }) => personId),
				size: 50,
				offset: 0
			})
		);
		expect(people.map(({ name }) => name)).toEqual(['trainer']);
	});

	test('keeps the post of the survey’s first day when somebody moves on later', async () => {
		await city.owner.query(
			`update people.posting set valid_to = '2026-04-05' where person_id = $1 and valid_to is null`,
			[city.who('ani')]
		);
		await city.owner.query(
			`insert into people.posting (agency_id, id, person_id, unit_id, title, kind, level, valid_from)
			values ($1, gen_random_uuid(), $2, $3, 'Arsiparis', 'general', '06', '2026-04-05')`,
			[city.agencyId, city.who('ani'), city.unit.pelayanan]
		);
		const seen = await sheet(city.kasi());
		expect([seen.asked, seen.holding]).toEqual([7, 6]);
		expect(seen.people.map(({ name }) => name)).toContain('ani');
	});

	test('after a run it shows estimates, and how sure they are', async () => {
		await city.does(city.officer(), closeCampaign, city.asked, { now });
		await city.does(city.officer(), estimateNeeds, city.asked, { now });
		const seen = await sheet(city.kasi());
		expect(seen.map.estimated).toBe(true);
		const first = seen.competencies.find(({ competencyId }) => competencyId === city.first);
		expect(first?.cell).toMatchObject({ state: 'shown', n: 6 });
		expect(first?.cell.state === 'shown' ? first.cell.certainty : null).toBeGreaterThan(0.5);
		expect(first?.spread.reduce((sum, { people }) => sum + people, 0)).toBe(6);
	});
});

const PATHS: Record<string, string> = {
	'Unit kota': 'kota',
	'Unit bkpsdm': 'kota.bkpsdm',
	'Unit marelan': 'kota.marelan',
	'Unit pelayanan': 'kota.marelan.pelayanan',
	'Unit plaju': 'kota.plaju'
};

describe('what estimate and ranking are made by', () => {
	const ranking = async () => {
		const of = await campaign();
		return city.sees((db) =>
			rankingOf(db, { campaign: of, unit: { id: city.unit.marelan, path: 'kota.marelan' }, today })
		);
	};
	const importance = (change: object) =>
		city.does(
			city.officer(),
			setImportance,
			{ competencyId: city.first, importance: 2, validFrom: '2026-04-01', reason: 'Renstra', ...change },
			{ now }
		);

	test('an importance of one level goes before the one for all, and the arithmetic says it', async () => {
		expect((await ranking()).needs[0]?.counted.importance).toBe(1);
		await importance({ importance: 0.5 });
		expect((await ranking()).needs[0]?.counted.importance).toBe(0.5);
		await importance({ postLevel: '06' });
		const step = (await ranking()).needs[0]?.steps.find(({ factor }) => factor === 'importance');
		expect(step).toMatchObject({ counted: 2, normalised: 1, term: 1 });
		const rules = await city.sees(importanceRules);
		expect(rules).toMatchObject([
			{ postLevel: null, importance: 0.5, who: 'officer', at: now, reason: 'Renstra' },
			{ postLevel: '06', importance: 2, validTo: null }
		]);
	});

	test('a later rule ends the one before; an earlier one is refused with words', async () => {
		await importance({ importance: 1, validFrom: '2026-05-01' });
		const rules = (await city.sees(importanceRules)).filter(({ postLevel }) => postLevel === null);
		expect(rules.map(({ validFrom, validTo }) => [validFrom, validTo])).toEqual([
			['2026-05-01', null],
			['2026-04-01', '2026-05-01']
		]);
		await expect(importance({ validFrom: '2026-04-15' })).rejects.toMatchObject({
			code: 'needs.priority.datesClash'
		});
	});

	test.each([
		[{ importance: 2.5 }, 'importance', 'needs.importance.range'],
		[{ postLevel: '99' }, 'postLevel', 'kernel.field.choose'],
		[{ competencyId: '0190a000-0000-7000-8000-000000000000' }, 'competencyId', 'kernel.field.choose'],
		[{ reason: '' }, 'reason', 'kernel.field.tooShort']
	])('%j is refused at its field', async (change, path, code) => {
		await expect(importance(change)).rejects.toMatchObject({ issues: [{ path, code }] });
	});

	test('weights keep who set them; those of today hold, not the ones planned', async () => {
		const weights = {
			probability: 1,
			size: 2,
			importance: 1,
			reach: 1,
			goal: 1,
			sizeFull: 2,
			reachFull: 1000
		};
		await city.does(
			city.officer(),
			setPriorityRule,
			{ ...weights, validFrom: '2027-01-01', reason: 'Mulai tahun depan' },
			{ now }
		);
		expect((await city.sees((db) => priorityRuleOn(db, today))).weights.size).toBe(1);
		expect((await city.sees(priorityRules))[0]).toMatchObject({ who: 'officer', at: now });
		await expect(
			city.does(
				city.officer(),
				setPriorityRule,
				{ ...weights, size: 4, validFrom: '2028-01-01', reason: 'Terlalu besar' },
				{ now }
			)
		).rejects.toMatchObject({ issues: [{ path: 'size', code: 'needs.priority.weightRange' }] });
	});

	test('weights set by mistake are set again for the same day; the mistake stays to be read and never held', async () => {
		const set = (size: number) =>
			city.does(
				city.officer(),
				setPriorityRule,
				{
					...{ probability: 1, size, importance: 1, reach: 1, goal: 1, sizeFull: 2, reachFull: 1000 },
					validFrom: '2027-02-01',
					reason: 'Renstra'
				},
				{ now }
			);
		await set(3);
		await set(2);
		expect((await city.sees((db) => priorityRuleOn(db, '2027-02-01'))).weights.size).toBe(2);
		const [mended, mistake, before] = await city.sees(priorityRules);
		expect(mended).toMatchObject({ weights: { size: 2 }, validTo: null });
		expect(mistake).toMatchObject({
			weights: { size: 3 },
			validFrom: '2027-02-01',
			validTo: '2027-02-01'
		});
		expect(before).toMatchObject({ validTo: '2027-02-01' });
		const twice = (weight: number) => importance({ importance: weight, validFrom: '2027-02-01' });
		await twice(0.25);
		await twice(0.75);
		const rules = (await city.sees(importanceRules)).filter(({ postLevel }) => postLevel === null);
		expect(rules.slice(0, 2)).toMatchObject([
			{ importance: 0.75, validTo: null },
			{ importance: 0.25, validTo: '2027-02-01' }
		]);
	});

	test('a rule set for a wrong day is withdrawn before it begins: what held goes on, and other days are free again', async () => {
		const take = (of: string, ruleId: string | undefined, actor = city.officer()) =>
			city.does(actor, withdrawRule, { of, ruleId: ruleId ?? '' }, { now });
		const [held] = await city.sees(priorityRules);
		const weights = {
			probability: 1,
			size: 1,
			importance: 1,
			reach: 1,
			goal: 1,
			sizeFull: 2,
			reachFull: 1000
		};
		const set = (validFrom: string) =>
			city.does(city.officer(), setPriorityRule, { ...weights, validFrom, reason: 'Renstra' }, { now });
		await set('2072-01-01');
		await expect(set('2028-01-01')).rejects.toMatchObject({ code: 'needs.priority.datesClash' });
		const [mistake] = await city.sees(priorityRules);
		await expect(take('weights', mistake?.id, city.as('ani'))).rejects.toMatchObject({ kind: 'forbidden' });
		await take('weights', mistake?.id);
		const [shown, goesOn] = await city.sees(priorityRules);
		expect(shown).toMatchObject({ validFrom: '2072-01-01', validTo: '2072-01-01', reason: 'Renstra' });
		expect(goesOn).toMatchObject({ id: held?.id, validTo: null });
		await expect(take('weights', mistake?.id)).rejects.toMatchObject({ code: 'needs.rule.notPlanned' });
		await set('2028-01-01');
		// Between two that are planned, the first one fills the gap.
		await set('2029-01-01');
		const planned = (await city.sees(priorityRules)).find(({ validFrom }) => validFrom === '2028-01-01');
		await take('weights', planned?.id);
		expect((await city.sees((db) => priorityRuleOn(db, '2028-06-01'))).id).toBe(held?.id);

		const ofFirst = async () =>
			(await city.sees(importanceRules)).filter(({ competencyId }) => competencyId === city.first);
		const before = (await ofFirst()).filter(({ validTo }) => validTo === null).map(({ id }) => id);
		await importance({ validFrom: '2072-01-01' });
		await take('importance', (await ofFirst()).find(({ validFrom }) => validFrom === '2072-01-01')?.id);
		expect((await ofFirst()).filter(({ validTo }) => validTo === null).map(({ id }) => id)).toEqual(before);
		const begun = (await ofFirst()).find(({ validFrom }) => validFrom === '2026-04-01');
		await expect(take('importance', begun?.id)).rejects.toMatchObject({ code: 'needs.rule.notPlanned' });
	});

	test('settings of the estimator keep who set them, for whoever reads campaigns', async () => {
		const settings = { driftPerYear: 0.1, oldestYears: 3, priorWeight: 20, reason: 'Keputusan uji' };
		await city.does(city.officer(), setEstimator, { ...settings, validFrom: '2026-04-01' }, { now });
		expect(await city.sees((db) => settingsHistory(db, city.officer()))).toMatchObject([
			{ driftPerYear: 0.1, oldestYears: 3, priorWeight: 20, who: 'officer', at: now, validTo: null }
		]);
		expect(await city.sees((db) => settingsHistory(db, city.as('ani')))).toEqual([]);
		await city.does(city.officer(), setEstimator, { ...settings, validFrom: '2072-05-01' }, { now });
		const [late] = await city.sees((db) => settingsHistory(db, city.officer()));
		const gone = { of: 'estimator', ruleId: late?.id ?? '' };
		await expect(city.does(city.as('ani'), withdrawRule, gone, { now })).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await city.does(city.officer(), withdrawRule, gone, { now });
		expect(await city.sees((db) => settingsHistory(db, city.officer()))).toMatchObject([
			{ validFrom: '2072-05-01', validTo: '2072-05-01' },
			{ validFrom: '2026-04-01', validTo: null }
		]);
		await expect(
			city.does(city.officer(), setEstimator, { ...settings, validFrom: '2026-03-01' }, { now })
		).rejects.toMatchObject({ code: 'needs.estimate.laterSetting', params: { from: '2026-04-01' } });
		await expect(
			city.does(
				city.officer(),
				setEstimator,
				{ ...settings, driftPerYear: -0.1, validFrom: '2026-05-01' },
				{ now }
			)
		).rejects.toMatchObject({ issues: [{ path: 'driftPerYear', code: 'needs.estimator.driftRange' }] });
	});
});
