import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { writing } from '#platform/db/pools.ts';
import { town } from '../../../tests/make/town.ts';
import { ipAsn } from './ip-asn.ts';
import { seedJpRates } from './public.server.ts';
import { askForIp, measureIp, recordSanction, withdrawSanction } from './server/commands/ip.ts';
import { setIpRules } from './server/commands/rules.ts';
import { ipFacts } from './server/ip-facts.ts';
import { ipRulesOf, ipVersions } from './server/ip-rules.ts';
import { lastRun, sanctions, scoresOfUnit, spreadByUnit, spreadOfAgency } from './server/queries/ip.ts';
import { IP_RULESET_2019 } from './ip-ruleset.ts';

let it: Awaited<ReturnType<typeof town>>;
const NOW = { now: new Date('2026-11-20T03:00:00Z') };
let minutes = 0;
/** A later press than the one before. */
const later = () => ({ now: new Date(NOW.now.getTime() + 60_000 * (minutes += 1)) });

/**
 * The five vectors of domain.md §18 as people of the town: camat is the administrator, ani and budi general, citra the
 * nurse, kasi the overseer with the wrong training and a light sanction. stranger is CPNS and not measured.
 */
beforeAll(async () => {
	it = await town();
	await writing(it.agencyId, (tx) => seedJpRates(tx, it.agencyId), it.db);
	const post = (name: string, kind: string, level: string, title: string) =>
		it.owner.query('update people.posting set kind = $2, level = $3, title = $4 where person_id = $1', [
			it.who(name),
			kind,
			level,
			title
		]);
	await post('camat', 'structural', '04', 'Camat');
	await post('kasi', 'structural', '05', 'Kepala Seksi');
	await post('citra', 'functional', '13', 'Perawat Mahir');
	await it.owner.query(`update people.person set employment_kind = 'CPNS' where id = $1`, [
		it.who('stranger')
	]);
	for (const [name, level] of [
		['camat', 'S2'],
		['camat', 'S1'],
		['ani', 'S1'],
		['budi', 'SMA'],
		['citra', 'D3'],
		['kasi', 'S1']
	] as const)
		await it.owner.query(
			`insert into people.education (agency_id, id, person_id, level, study, graduated) values ($1, $2, $3, $4, $4, 2000)`,
			[it.agencyId, newId(), it.who(name), level]
		);
	for (const [name, year, predicate] of [
		['camat', 2025, 1],
		['ani', 2025, 2],
		['ani', 2024, 5],
		['budi', 2025, 2],
		['citra', 2025, 2],
		['kasi', 2026, 2],
		['kasi', 2025, 5]
	] as const)
		await it.owner.query(
			`insert into people.performance_rating (agency_id, id, person_id, year, period, predicate) values ($1, $2, $3, $4, 'year', $5)`,
			[it.agencyId, newId(), it.who(name), year, predicate]
		);
	for (const [name, form, title, jp, year, status] of [
		['camat', 'KL01', 'Diklat PIM III', 360, 2019, 'counted'],
		['camat', 'KL03', 'Pelatihan', 20, 2026, 'counted'],
		['camat', 'KL06', 'Seminar', 4, 2026, 'counted'],
		['ani', 'KL03', 'Pelatihan', 20, 2026, 'counted'],
		// Three years ago, and one that is not verified: neither is a seminar of the last two years.
		['ani', 'KL06', 'Seminar lama', 4, 2024, 'counted'],
		['ani', 'KL06', 'Seminar menunggu', 4, 2026, 'waiting'],
		['budi', 'KL03', 'Pelatihan', 15.5, 2026, 'counted'],
		['budi', 'KL06', 'Seminar', 4, 2026, 'counted'],
		['citra', 'KL03', 'Pelatihan', 18, 2026, 'counted'],
		['citra', 'KL07', 'Lokakarya', 5, 2025, 'counted'],
		['kasi', 'KL01', 'Pelatihan Kepemimpinan Administrator', 900, 2020, 'counted'],
		['kasi', 'KL03', 'Pelatihan', 20, 2026, 'counted'],
		['kasi', 'NK12', 'Magang', 20, 2025, 'counted']
	] as const)
		await it.owner.query(
			`insert into credentials.jp_entry (agency_id, id, person_id, source, form, title, starts_on, ends_on, year, learning_hours, rule, status, created_at)
			values ($1, $2, $3, 'external', $4, $5, make_date($6, 6, 1), make_date($6, 6, 2), $6, $7, '{}', $8, now())`,
			[it.agencyId, newId(), it.who(name), form, title, year, jp, status]
		);
	await it.does(keeper(), recordSanction, {
		nip: it.nip('kasi'),
		level: 'light',
		decidedOn: '2024-02-01',
		decree: '800/12/2024'
	});
});
afterAll(() => it.close());

const office = () => it.as('officer', ['credentials.issue', 'credentials.read', 'agency.settings'], '');
const keeper = () => it.as('officer', ['credentials.discipline'], '');
const camat = () => it.as('camat', ['credentials.read']);

const scoreOf = async (name: string) =>
	it.sees(async (db) => {
		const rules = await ipRulesOf(db, 2026);
		const [facts] = await ipFacts(db, rules, 2026, '2026-11-20', it.who(name));
		return facts && ipAsn(rules, facts);
	});

describe('the index from what the system holds', () => {
	test.each([
		['camat', 20, 40, 30, 5, 95, 'veryHigh'],
		['ani', 15, 22.5, 25, 5, 67.5, 'low'],
		['budi', 5, 17.5, 25, 5, 52.5, 'veryLow'],
		['citra', 10, 25, 25, 5, 65, 'low'],
		['kasi', 15, 25, 25, 3, 68, 'low']
	] as const)(
		'%s: %d + %d + %d + %d = %d',
		async (name, qualification, competence, performance, discipline, total, category) => {
			expect(await scoreOf(name)).toMatchObject({
				qualification,
				competence,
				performance,
				discipline,
				total,
				category
			});
		}
	);

	test('what is unknown earns nothing and shows; who is not measured has no index', async () => {
		expect(await scoreOf('dewi')).toMatchObject({ total: 5, category: 'veryLow' });
		expect(await scoreOf('stranger')).toBeUndefined();
	});
});

describe('a run', () => {
	test('keeps everybody’s index with the version that made it; the sums agree', async () => {
		const run = await it.does(office(), measureIp, { year: 2026 }, later());
		expect(run).toMatchObject({ people: 11 });
		const found = await it.sees((db) => lastRun(db, 2026));
		expect(found).toMatchObject({ id: run.runId, rules: 'Per BKN 8/2019', people: 11 });
		const all = await it.sees((db) => spreadOfAgency(db, run.runId));
		expect(all).toMatchObject({
			people: 11,
			categories: { veryHigh: 1, high: 0, medium: 0, low: 3, veryLow: 7 }
		});
		const units = await it.sees((db) => spreadByUnit(db, office(), run.runId, null));
		expect(units.reduce((sum, unit) => sum + unit.people, 0)).toBe(11);
	});

	test('heads see the people of their units, nobody else’s', async () => {
		const run = await it.does(office(), measureIp, { year: 2026 }, later());
		const units = await it.sees((db) => spreadByUnit(db, camat(), run.runId, null));
		expect(units.map(({ unit, people }) => [unit, people])).toEqual(
			expect.arrayContaining([
				['Unit marelan', 1],
				['Unit pelayanan', 7]
			])
		);
		const people = await it.sees((db) => scoresOfUnit(db, camat(), run.runId, it.unit.marelan, 1));
		expect(people.total).toBe(8);
		expect(people.rows.at(-1)).toMatchObject({ name: 'camat', total: 95 });
		for (const who of [camat(), it.as('ani')])
			await expect(
				it.sees((db) => scoresOfUnit(db, who, run.runId, it.unit.bkpsdm, 1))
			).rejects.toMatchObject({
				kind: 'missing'
			});
		expect(await it.sees((db) => spreadByUnit(db, it.as('ani'), run.runId, null))).toEqual([]);
		expect(await it.sees((db) => spreadByUnit(db, camat(), run.runId, it.unit.bkpsdm))).toEqual([]);
	});

	test('leaves the newest score of each person and version; a person no longer measured keeps the last', async () => {
		const first = await it.does(office(), measureIp, { year: 2026 }, later());
		await it.owner.query(`update people.person set employment_kind = 'CPNS' where id = $1`, [it.who('dewi')]);
		const old = await it.does(office(), measureIp, { year: 2021 }, later());
		const second = await it.does(office(), measureIp, { year: 2026 }, later());
		const kept = await it.owner.query<{ run: string; person: string }>(
			'select run_id as run, person_id as person from credentials.ip_score where run_id = any($1)',
			[[first.runId, old.runId, second.runId]]
		);
		const of = (run: string) => kept.rows.filter((row) => row.run === run);
		expect(of(first.runId)).toEqual([{ run: first.runId, person: it.who('dewi') }]);
		expect([of(old.runId).length, of(second.runId).length]).toEqual([10, 10]);
		const nextYear = { now: new Date('2027-02-01T03:00:00Z') };
		const last = await it.does(office(), measureIp, { year: 2026 }, nextYear);
		const left = await it.owner.query<{ n: number }>(
			'select count(*)::int as n from credentials.ip_score where run_id = $1',
			[old.runId]
		);
		expect(left.rows[0]?.n).toBe(0);
		await it.owner.query(`update people.person set employment_kind = 'PNS' where id = $1`, [it.who('dewi')]);
		await it.owner.query('delete from credentials.ip_score where run_id = $1', [last.runId]);
		await it.owner.query('delete from credentials.ip_run where id = $1', [last.runId]);
	});

	test('is asked for by the training office alone, and not of a year to come', async () => {
		await expect(it.does(camat(), measureIp, { year: 2026 }, later())).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await expect(it.does(camat(), askForIp, { year: 2026 }, NOW)).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await expect(it.does(office(), measureIp, { year: 2027 }, NOW)).rejects.toMatchObject({
			code: 'credentials.ip.yearToCome'
		});
	});

	test('names records that the ledger has otherwise than their rule says', async () => {
		const id = newId();
		await it.owner.query(
			`insert into credentials.jp_entry (agency_id, id, person_id, source, form, title, starts_on, ends_on, year, amount, learning_hours, rule, status, created_at)
			values ($1, $2, $3, 'external', 'KL06', 'Seminar dua hari', '2026-07-01', '2026-07-02', 2026, 2, 12, '{}', 'counted', now())`,
			[it.agencyId, id, it.who('fitri')]
		);
		await it.does(office(), measureIp, { year: 2026 }, later());
		const run = await it.sees((db) => lastRun(db, 2026));
		expect(run?.differing).toEqual([{ id, stored: 12, reckoned: 8 }]);
		await it.owner.query('delete from credentials.jp_entry where id = $1', [id]);
	});
});

describe('sanctions', () => {
	test('are told to whoever keeps them and to the person, nobody else', async () => {
		const seen = (who: ReturnType<typeof office>, of: string | null) =>
			it.sees((db) => sanctions(db, who, of === null ? null : it.who(of)));
		expect(await seen(keeper(), null)).toHaveLength(1);
		expect(await seen(it.as('kasi'), 'kasi')).toHaveLength(1);
		expect(await seen(camat(), 'kasi')).toEqual([]);
		await expect(seen(camat(), null)).rejects.toMatchObject({ kind: 'missing' });
		await expect(
			it.does(camat(), recordSanction, {
				nip: it.nip('ani'),
				level: 'heavy',
				decidedOn: '2024-01-01',
				decree: '1/1'
			})
		).rejects.toMatchObject({ kind: 'forbidden' });
	});

	test('taken back with a reason, they stop counting and stay on record', async () => {
		const { sanctionId } = await it.does(keeper(), recordSanction, {
			nip: it.nip('budi'),
			level: 'heavy',
			decidedOn: '2025-02-01',
			decree: '800/9/2025'
		});
		expect(await scoreOf('budi')).toMatchObject({ discipline: 1 });
		await it.does(keeper(), withdrawSanction, { sanctionId, reason: 'Keputusan dibatalkan PTUN.' });
		expect(await scoreOf('budi')).toMatchObject({ discipline: 5 });
		await expect(
			it.does(keeper(), withdrawSanction, { sanctionId, reason: 'Keputusan dibatalkan PTUN.' })
		).rejects.toMatchObject({ code: 'credentials.sanction.already' });
		expect(await it.sees((db) => sanctions(db, keeper(), it.who('budi')))).toHaveLength(1);
	});
});

describe('versions of the rules', () => {
	const { untrainedPosts, ...rest } = IP_RULESET_2019;
	const typed = (parts: object) => ({
		...rest,
		untrainedPosts: untrainedPosts.join(', '),
		name: 'Aturan uji',
		legalBasis: 'Peraturan uji 1/2026',
		validFrom: '2026-07-01',
		...parts
	});

	test('come out of the database as they went in', async () => {
		const [version] = await it.sees((db) => ipVersions(db));
		expect(version).toMatchObject(IP_RULESET_2019);
	});

	test('a version measures the years that end while it is in force; earlier years keep theirs', async () => {
		await it.does(office(), setIpRules, typed({ higherLevelCounts: true }), NOW);
		expect(await scoreOf('kasi')).toMatchObject({ competence: 40, total: 83 });
		expect(await it.sees((db) => ipRulesOf(db, 2025))).toMatchObject({ higherLevelCounts: false });
		await it.does(office(), measureIp, { year: 2026 }, later());
		expect(await it.sees((db) => lastRun(db, 2026))).toMatchObject({ rules: 'Aturan uji' });
		await expect(it.does(office(), setIpRules, typed({}), NOW)).rejects.toMatchObject({
			code: 'credentials.rate.sameDay'
		});
	});

	test('points that do not make 100, categories out of order, and strangers are refused', async () => {
		await expect(
			it.does(office(), setIpRules, typed({ performance: { 1: 40 }, validFrom: '2026-08-01' }), NOW)
		).rejects.toMatchObject({ code: 'credentials.ipRules.notHundred' });
		await expect(
			it.does(
				office(),
				setIpRules,
				typed({
					categories: { veryHigh: 81, high: 91, medium: 71, low: 61, veryLow: 0 },
					validFrom: '2026-08-01'
				}),
				NOW
			)
		).rejects.toMatchObject({ code: 'credentials.ipRules.categoriesOrder' });
		await expect(it.does(camat(), setIpRules, typed({}), NOW)).rejects.toMatchObject({ kind: 'forbidden' });
	});
});
