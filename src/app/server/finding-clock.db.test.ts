import { afterAll, beforeAll, expect, test } from 'vitest';
import { openKysely, openPool } from '#platform/db/db.ts';
import {
	createIndicator,
	createStudy,
	freezeStudy,
	recordMeasurements
} from '#slices/impact/public.server.ts';
import { town } from '../../../tests/make/town.ts';
import { findAhead } from './finding-clock.ts';

let it: Awaited<ReturnType<typeof town>>;
let worker: ReturnType<typeof openKysely>;
beforeAll(async () => {
	it = await town();
	worker = openKysely(openPool(it.url, 'asah_worker', 1));
});
afterAll(async () => {
	await worker.destroy();
	await it.close();
});

test('what a study found is worked out before anybody asks, and again after its figures were written', async () => {
	const office = it.as('officer', ['impact.read', 'impact.edit'], '');
	const { indicatorId } = await it.does(office, createIndicator, {
		code: 'ANTRE',
		name: 'Menit antre',
		unitOfMeasure: 'menit',
		better: 'lower',
		source: 'mesin antrean'
	});
	const measure = (value: number) =>
		it.does(office, recordMeasurements, {
			indicatorId,
			rows: ['2024-11', '2025-02'].map((month) => ({ unit: it.unit.kota, month, value })),
			reason: 'Angka lain untuk uji'
		});
	await measure(30);
	const study = await it.does(office, createStudy, {
		indicatorId,
		programId: it.need.programId,
		question: 'Apakah antrean lebih singkat?',
		design: 'before_after',
		startsFrom: '2025-01',
		units: [{ unitId: it.unit.kota, role: 'treated' }]
	});
	expect(await findAhead(worker, it.db)).toBe(0);
	await it.does(office, freezeStudy, study);
	expect(await findAhead(worker, it.db)).toBe(1);
	expect(await findAhead(worker, it.db)).toBe(0);
	await measure(20);
	expect(await findAhead(worker, it.db)).toBe(1);
});
