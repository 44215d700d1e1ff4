import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { town } from '../../../tests/make/town.ts';
import { tableOfText } from './measurements.ts';
import { monthOf } from './model.ts';
import {
	changeIndicator,
	createIndicator,
	redefineIndicator,
	retireIndicator
} from './server/commands/indicator.ts';
import { calculateMeasurements, checkMeasurements, recordMeasurements } from './server/commands/measure.ts';
import {
	correctionsOf,
	indicatorById,
	qualityOfIndicator,
	seriesOf,
	versionsOf
} from './server/queries/indicators.ts';

let it: Awaited<ReturnType<typeof town>>;
const units: string[] = [];
const office = () => it.as('officer', ['impact.read', 'impact.edit'], '');
beforeAll(async () => {
	it = await town();
	for (let n = 1; n <= 21; n++) {
		const id = newId();
		units.push(id);
		await it.owner.query(
			`insert into people.unit (agency_id, id, name, code, kind, parent_id, label, path, valid_from) values ($1, $2, $3, $7, 'kecamatan', $4, $5, $6, '2020-01-01')`,
			[it.agencyId, id, `Kecamatan ${n}`, it.unit.kota, `k${n}`, `kota.k${n}`, `K${n}`]
		);
	}
});
afterAll(() => it.close());

/** A fixed scatter of 0 to 2 without a pattern. */
const scatter = (n: number): number => Math.abs((Math.sin(n * 12.9898) * 43_758.5453) % 2);

let made = 0;
const anIndicator = async (more: Record<string, unknown> = {}): Promise<string> => {
	made += 1;
	const { indicatorId } = await it.does(office(), createIndicator, {
		code: `i-${made}`,
		name: 'Menit antre',
		unitOfMeasure: 'menit',
		better: 'lower',
		source: 'mesin antrean',
		...more
	});
	return indicatorId;
};

describe('a definition', () => {
	test('is versioned: the first without a date, a later one from a period on and with a reason', async () => {
		const indicatorId = await anIndicator({
			definition: 'Dari ambil nomor sampai dipanggil',
			ownerUnit: 'K3',
			lowest: 0,
			highest: 240
		});
		expect(await it.sees((db) => indicatorById(db, office(), indicatorId))).toMatchObject({
			ownerUnit: 'Kecamatan 3',
			lowest: 0,
			highest: 240,
			cadence: 'month'
		});
		const again = { indicatorId, definition: 'Dari datang sampai dipanggil' };
		await expect(it.does(office(), redefineIndicator, { ...again, from: '2025-01' })).rejects.toMatchObject({
			issues: [{ path: 'reason' }]
		});
		await it.does(office(), redefineIndicator, {
			...again,
			from: 'Januari 2025',
			reason: 'Mesin antrean baru'
		});
		await expect(
			it.does(office(), redefineIndicator, { ...again, from: '2024-12', reason: 'Mesin antrean baru' })
		).rejects.toMatchObject({ issues: [{ path: 'from', code: 'impact.indicator.breakBefore' }] });
		const versions = await it.sees((db) => versionsOf(db, indicatorId));
		expect(versions.map(({ version, validFrom }) => [version, validFrom])).toEqual([
			[2, '2025-01-01'],
			[1, null]
		]);
		await expect(
			it.owner.query('update impact.indicator_version set reason = $1 where indicator_id = $2', [
				'lain',
				indicatorId
			])
		).rejects.toMatchObject({ code: 'AS001' });
	});

	test('is changed and retired by the office only; a retired one takes no figures, and may come back', async () => {
		const indicatorId = await anIndicator();
		const change = { indicatorId, name: 'Menit menunggu', source: 'mesin antrean' };
		await expect(it.does(it.as('camat', ['impact.edit']), changeIndicator, change)).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await expect(
			it.does(office(), changeIndicator, { ...change, lowest: 5, highest: 5 })
		).rejects.toMatchObject({
			issues: [{ path: 'highest' }]
		});
		await expect(it.does(office(), changeIndicator, { ...change, ownerUnit: 'Antah' })).rejects.toMatchObject(
			{ kind: 'invalid' }
		);
		await it.does(office(), changeIndicator, change);
		await it.does(office(), retireIndicator, { indicatorId, retired: true });
		const rows = [{ unit: 'K1', month: '2025-01', value: 3 }];
		await expect(it.does(office(), recordMeasurements, { indicatorId, rows })).rejects.toMatchObject({
			code: 'impact.indicator.retiredAlready'
		});
		await it.does(office(), retireIndicator, { indicatorId, retired: false });
		expect(await it.does(office(), recordMeasurements, { indicatorId, rows })).toEqual({
			rows: 1,
			written: 1
		});
	});
});

describe('figures', () => {
	test('sent again change nothing; corrected ones keep what was, who and why', async () => {
		const indicatorId = await anIndicator();
		const rows = [
			{ unit: 'K1', month: 'Jan 2025', value: '12,5 menit' },
			{ unit: 'K2', month: '01/2025', value: '13' }
		];
		expect(await it.does(office(), recordMeasurements, { indicatorId, rows })).toEqual({
			rows: 2,
			written: 2
		});
		expect(await it.does(office(), recordMeasurements, { indicatorId, rows })).toEqual({
			rows: 2,
			written: 0
		});
		const corrected = [{ unit: 'K1', month: '2025-01', value: '14' }, rows[1]];
		await it.does(office(), recordMeasurements, {
			indicatorId,
			rows: corrected,
			reason: 'Mesin salah hitung'
		});
		const [only, ...none] = await it.sees((db) => correctionsOf(db, office(), indicatorId));
		expect(only).toMatchObject({
			unit: 'Kecamatan 1',
			was: 12.5,
			becomes: 14,
			reason: 'Mesin salah hitung',
			changedBy: office().name
		});
		expect(none).toEqual([]);
		expect(
			await it.sees((db) => correctionsOf(db, it.as('camat', ['impact.read'], 'kota.k2'), indicatorId))
		).toEqual([]);
	});

	test('of quarters are kept at the first day of the quarter, and months are refused', async () => {
		const indicatorId = await anIndicator({ cadence: 'quarter' });
		const check = await it.does(office(), checkMeasurements, {
			indicatorId,
			rows: [
				{ unit: 'K1', month: 'TW I 2025', value: '1' },
				{ unit: 'K1', month: 'Feb 2025', value: '1' }
			]
		});
		expect(check).toMatchObject({ added: 1, problems: [{ line: 2, code: 'impact.import.otherCadence' }] });
	});

	test('of a file of 50,000 lines are checked and recorded in seconds', async () => {
		const indicatorId = await anIndicator();
		const rows = Array.from({ length: 50_000 }, (_, n) => ({
			line: n + 2,
			unit: `K${(n % 21) + 1}`,
			month: monthOf(1600 * 12 + Math.floor(n / 21)).slice(0, 7),
			value: `${10 + (n % 97)},${n % 10}`
		}));
		let started = performance.now();
		const cpu = process.cpuUsage();
		const check = await it.does(office(), checkMeasurements, { indicatorId, rows });
		const checked = performance.now() - started;
		expect(check.added).toBe(50_000);
		started = performance.now();
		expect(await it.does(office(), recordMeasurements, { indicatorId, rows })).toEqual({
			rows: 50_000,
			written: 50_000
		});
		const recorded = performance.now() - started;
		const { user, system } = process.cpuUsage(cpu);
		process.stdout.write(
			`check ${checked.toFixed(0)} ms, record ${recorded.toFixed(0)} ms, own CPU ${((user + system) / 1000).toFixed(0)} ms`
		);
		// On a quiet machine under 5 s each; several test files share this one.
		expect(checked).toBeLessThan(15_000);
		expect(recorded).toBeLessThan(15_000);
	});
});

describe('the page of an indicator', () => {
	test('of 21 units and 60 months with its quality takes under 150 ms', async () => {
		const indicatorId = await anIndicator();
		const rows = units.flatMap((unit, u) =>
			Array.from({ length: 60 }, (_, month) => ({
				unit,
				month: monthOf(2021 * 12 + month).slice(0, 7),
				value: u === 4 && month === 30 ? 90 : Number((20 + u + scatter(u * 60 + month)).toFixed(1))
			}))
		);
		await it.does(office(), recordMeasurements, {
			indicatorId,
			rows: rows.filter(({ month, unit }) => unit !== units[2] || month !== '2023-02')
		});
		let best = Infinity;
		for (let n = 0; n < 5; n++) {
			const started = performance.now();
			await it.sees(async (db) => {
				await indicatorById(db, office(), indicatorId);
				const { series } = await seriesOf(db, office(), indicatorId, { size: 48, offset: 0 });
				await qualityOfIndicator(
					db,
					indicatorId,
					series.map(({ unitId }) => unitId)
				);
				await versionsOf(db, indicatorId);
				await correctionsOf(db, office(), indicatorId);
			});
			best = Math.min(best, performance.now() - started);
		}
		process.stdout.write(`queries of the page ${best.toFixed(1)} ms`);
		expect(best).toBeLessThan(150);
		const found = await it.sees((db) => qualityOfIndicator(db, indicatorId));
		expect(found.map(({ rule, unitId, period }) => [rule, units.indexOf(unitId ?? ''), period])).toEqual([
			['gap', 2, '2023-02-01'],
			['jump', 4, '2023-07-01'],
			['jump', 4, '2023-08-01']
		]);
	});
});

test('a queue log becomes measurements, and none of its lines is kept', async () => {
	const indicatorId = await anIndicator();
	const table = tableOfText(
		'nama,unit,tanggal,datang,dipanggil\nSiti Rahayu,K1,2025-01-05,08:00,08:12\nBudi,K1,2025-01-05,08:05,08:25'
	);
	const answer = await it.does(office(), calculateMeasurements, {
		indicatorId,
		calculator: 'queue',
		statistic: 'mean',
		table
	});
	expect(answer).toMatchObject({
		added: 1,
		problemCount: 0,
		results: [{ unit: 'Kecamatan 1', value: 16, count: 2 }]
	});
	const kept = await it.owner.query(`select 1 from platform.event where payload::text like '%Siti Rahayu%'`);
	expect(kept.rows).toEqual([]);
});
