import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { town } from '../../../tests/make/town.ts';
import { applyFile, importFile } from '#slices/people/public.server.ts';
import { recordPerformance } from './server/commands/record-need-sources.ts';
import { performanceNeeds, performanceSum } from './server/queries/need-sources.ts';
import { rankingOf } from './server/queries/ranking.ts';
import { threeLevels } from './server/queries/three-levels.ts';

let it: Awaited<ReturnType<typeof town>>;
beforeAll(async () => void (it = await town()));
afterAll(() => it.close());
beforeEach(async () => {
	await it.owner.query('delete from people.performance_rating');
	await it.owner.query('delete from needs.performance_need');
});

const now = new Date('2027-06-10T03:00:00Z');
const office = () => it.as('officer', ['people.import', 'needs.read', 'needs.propose'], '');
const unit = () => ({ id: it.unit.pelayanan, path: 'kota.marelan.pelayanan' });
let minute = 0;
/** Name, year, period and predicate, as e-Kinerja gives them. */
async function bring(...rows: [string, number, string, string][]): Promise<void> {
	const lines = rows.map(([name, ...rest]) => [it.nip(name), ...rest].join(','));
	const bytes = new TextEncoder().encode(['NIP,Tahun,Periode,Predikat', ...lines].join('\n'));
	minute += 1;
	const by = { kysely: it.db, actor: office(), now: new Date(now.getTime() + minute * 60_000) };
	const { importId, counts } = await importFile({ ...by, fileName: 'kinerja.csv', bytes });
	expect(counts.wrong).toBe(0);
	await applyFile(importId, by);
}
const record = (name: string, change: object) =>
	it.does(
		office(),
		recordPerformance,
		{ nip: it.nip(name), year: 2026, kind: 'predicate', source: 'Berita acara', ...change },
		{ now }
	);
const sum = (year = 2027) => it.sees((db) => performanceSum(db, unit(), year));
const needs = async (year = 2026) =>
	(await it.sees((db) => performanceNeeds(db, unit(), year))).map(
		({ name, predicate, source, file, row }) => ({
			name,
			predicate,
			from: source ?? `${file} ${row}`
		})
	);

describe('imported predicates', () => {
	test('below "Baik" are performance gaps of the unit where their person works, with their file and row', async () => {
		await bring(
			['ani', 2026, '', 'Baik'],
			['budi', 2026, '', 'Butuh Perbaikan'],
			['citra', 2026, '', 'Sangat Kurang'],
			['stranger', 2026, '', 'Kurang']
		);
		expect(await needs()).toEqual([
			{ name: 'citra', predicate: 5, from: 'kinerja.csv 4' },
			{ name: 'budi', predicate: 3, from: 'kinerja.csv 3' }
		]);
		expect(await sum()).toEqual({ year: 2026, people: 2, imported: 2, rated: 3, steps: 2 });
		const campaign = { id: it.need.campaignId, year: 2027 };
		const { performance } = await it.sees((db) => threeLevels(db, unit(), campaign, '2027-06-10'));
		expect(performance.people.map(({ name }) => name)).toEqual(['citra', 'budi']);
		const ranking = await it.sees((db) => rankingOf(db, { campaign, unit: unit(), today: '2027-06-10' }));
		expect(ranking.needs.find(({ key }) => key === 'performance')).toMatchObject({
			measured: 3,
			counted: { probability: 2 / 3, reach: 2, size: 2 }
		});
	});

	test('give way to a predicate recorded by hand, whatever it says; a person counts once', async () => {
		await bring(['budi', 2026, '', 'Butuh Perbaikan'], ['citra', 2026, '', 'Butuh Perbaikan']);
		await record('budi', { predicate: 5 });
		await record('citra', { kind: 'target', item: 'Berkas selesai', target: 100, reached: 60 });
		expect(await needs()).toEqual([
			{ name: 'budi', predicate: 5, from: 'Berita acara' },
			{ name: 'citra', predicate: 3, from: 'kinerja.csv 3' },
			{ name: 'citra', predicate: null, from: 'Berita acara' }
		]);
		expect(await sum()).toEqual({ year: 2026, people: 2, imported: 0, rated: 2, steps: 2 });
	});

	test('of the newest year alone count: what was mended since is no gap', async () => {
		await bring(['budi', 2025, '', 'Kurang'], ['budi', 2026, '', 'Baik'], ['ani', 2025, '', 'Baik']);
		expect(await sum()).toEqual({ year: 2026, people: 0, imported: 0, rated: 1, steps: 0 });
		expect(await sum(2025)).toMatchObject({ year: 2025, people: 1, steps: 2 });
		expect(await sum(2024)).toEqual({ year: null, people: 0, imported: 0, rated: 0, steps: 0 });
	});

	test('of the year stand before those of its parts, and the latest part before the earlier', async () => {
		await bring(
			['ani', 2026, 'TW I', 'Kurang'],
			['ani', 2026, 'Tahunan', 'Baik'],
			['budi', 2026, 'TW IV', 'Sangat Kurang'],
			['budi', 2026, '', 'Butuh Perbaikan'],
			['citra', 2026, 'TW I', 'Kurang'],
			['citra', 2026, 'Maret', 'Baik'],
			['dewi', 2026, 'Desember', 'Baik'],
			['dewi', 2026, 'TW III', 'Kurang']
		);
		expect((await needs()).map(({ name, predicate }) => `${name} ${predicate}`)).toEqual([
			'citra 4',
			'budi 3'
		]);
	});
});
