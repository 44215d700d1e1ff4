import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { writing } from '#platform/db/pools.ts';
import { town } from '../../../tests/make/town.ts';
import { seedJpRates } from './public.server.ts';
import { completeRecord, makeBatch, markBatchSent, takeBatchBack } from './server/commands/siasn.ts';
import { batches, batchFile, batchSheet, handoverSheet, type BatchFile } from './server/queries/siasn.ts';

let it: Awaited<ReturnType<typeof town>>;
const entries: Record<string, string> = {};
const NOW = { now: new Date('2026-11-20T03:00:00Z') };

beforeAll(async () => {
	it = await town();
	await writing(it.agencyId, (tx) => seedJpRates(tx, it.agencyId), it.db);
	await it.owner.query(`update people.person set external_id = 'PNS-' || name where name <> 'eko'`);
	for (const [key, name, form, title, number, provider, status] of [
		['workshop', 'ani', 'KL07', 'Lokakarya', '1/LAN', 'LAN RI', 'counted'],
		['pka', 'camat', 'KL01', 'Pelatihan Kepemimpinan Administrator', '2/LAN', 'LAN RI', 'counted'],
		['noNumber', 'budi', 'KL03', 'Pelatihan', '', '', 'counted'],
		['noLevel', 'kasi', 'KL01', 'Pelatihan Kepemimpinan', '3/LAN', 'LAN RI', 'counted'],
		['noPerson', 'eko', 'KL03', 'Pelatihan', '4/LAN', 'LAN RI', 'counted'],
		['waiting', 'ani', 'KL03', 'Pelatihan', '5/LAN', 'LAN RI', 'waiting'],
		['study', 'ani', 'PD01', 'Tugas belajar', '6/LAN', 'USU', 'counted']
	] as const) {
		const id = newId();
		entries[key] = id;
		await it.owner.query(
			`insert into credentials.jp_entry (agency_id, id, person_id, source, form, title, certificate_number, provider, starts_on, ends_on, year, learning_hours, rule, status, created_at)
			values ($1, $2, $3, 'external', $4, $5, $6, $7, '2026-03-02', '2026-03-03', 2026, 10, '{}', $8, now())`,
			[it.agencyId, id, it.who(name), form, title, number, provider, status]
		);
	}
});
afterAll(() => it.close());

const office = () => it.as('officer', ['credentials.issue', 'credentials.read'], '');
const sheet = () => it.sees((db) => handoverSheet(db, office(), 2026, 1));
const make = () => it.does(office(), makeBatch, { year: 2026 }, NOW);
const fileOf = (batchId: string, which: BatchFile) =>
	it.sees((db) => batchFile(db, office(), batchId, which));
const print = (content: Buffer) => createHash('sha256').update(content).digest('hex');

describe('records for SIASN', () => {
	test('what is ready, and what lacks something, with what', async () => {
		const { ready, lacking, byLack } = await sheet();
		expect(ready).toBe(2);
		expect(Object.fromEntries(lacking.map(({ entryId, lacks }) => [entryId, lacks]))).toEqual({
			[entries['noNumber'] ?? '']: ['number', 'provider'],
			[entries['noLevel'] ?? '']: ['leadership'],
			[entries['noPerson'] ?? '']: ['person']
		});
		expect(byLack).toEqual({ person: 1, number: 1, provider: 1, leadership: 1, hours: 0 });
	});

	test('a batch: numbered, in both shapes, downloaded again byte for byte, never twice', async () => {
		const { batchId, number, many } = await make();
		expect([number, many]).toEqual([1, 2]);
		const csv = (await fileOf(batchId, 'kursus')).content.toString();
		expect(csv).toContain('namaKursus,nomorSertipikat');
		expect(csv).toContain(',LAN RI,4,,P,10,,Lokakarya,1/LAN,,PNS-ani,2026,02-03-2026,03-03-2026');
		expect((await fileOf(batchId, 'diklat')).content.toString()).toContain(',3,2/LAN,,PNS-camat,2026,');
		const first = await fileOf(batchId, 'xlsx');
		expect(first.name).toBe('siasn-2026-1.xlsx');
		// Somebody corrects the name meanwhile; what was handed over stays what it was.
		await it.owner.query(`update people.person set name = 'Ani Baru' where id = $1`, [it.who('ani')]);
		expect(print((await fileOf(batchId, 'xlsx')).content)).toBe(print(first.content));
		await expect(make()).rejects.toMatchObject({ code: 'credentials.siasn.nothing' });
		await it.does(office(), markBatchSent, { batchId }, NOW);
		await expect(it.does(office(), markBatchSent, { batchId }, NOW)).rejects.toMatchObject({
			code: 'credentials.siasn.already.sent'
		});
		const [row] = await it.sees((db) => batches(db, office()));
		expect(row).toMatchObject({ status: 'sent', sentBy: 'officer', many: 2 });
	});

	test('a record that no longer counts is told of its batch', async () => {
		const [batch] = await it.sees((db) => batches(db, office()));
		await it.owner.query(
			`update credentials.jp_entry set status = 'rejected', reason = 'uji' where id = $1`,
			[entries['workshop']]
		);
		const found = await it.sees((db) => batchSheet(db, office(), batch?.id ?? '', 1));
		expect(found.changed).toBe(1);
		expect(found.rows[0]).toMatchObject({ entryId: entries['workshop'], stillCounts: false });
		await it.owner.query(`update credentials.jp_entry set status = 'counted', reason = '' where id = $1`, [
			entries['workshop']
		]);
	});

	test('taken back with a reason, its records may go again under the next number', async () => {
		const [batch] = await it.sees((db) => batches(db, office()));
		const batchId = batch?.id ?? '';
		await it.does(office(), takeBatchBack, { batchId, reason: 'Berkas ditolak SIASN.' }, NOW);
		await expect(
			it.does(office(), takeBatchBack, { batchId, reason: 'Berkas ditolak SIASN.' }, NOW)
		).rejects.toMatchObject({ code: 'credentials.siasn.already.taken_back' });
		expect((await sheet()).ready).toBe(2);
		expect(await make()).toMatchObject({ number: 2, many: 2 });
		// What was taken back can still be read.
		expect((await fileOf(batchId, 'xlsx')).name).toBe('siasn-2026-1.xlsx');
	});

	test('what lacks something is completed; what stands there stays', async () => {
		await it.does(
			office(),
			completeRecord,
			{ entryId: entries['noNumber'], number: '9/X', provider: 'BPSDM' },
			NOW
		);
		await it.does(
			office(),
			completeRecord,
			{ entryId: entries['noLevel'], number: 'lain', leadershipLevel: '05' },
			NOW
		);
		expect(await sheet()).toMatchObject({ ready: 2, lackingTotal: 1 });
		const { rows } = await it.owner.query(
			'select certificate_number as n from credentials.jp_entry where id = $1',
			[entries['noLevel']]
		);
		expect(rows).toEqual([{ n: '3/LAN' }]);
	});

	test('two who press at once make one batch of each record', async () => {
		const both = await Promise.allSettled([make(), make()]);
		expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
		expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({
			code: 'credentials.siasn.nothing'
		});
	});

	test('is the training office’s alone', async () => {
		const camat = it.as('camat', ['credentials.read', 'credentials.issue']);
		await expect(it.does(camat, makeBatch, { year: 2026 }, NOW)).rejects.toMatchObject({ kind: 'forbidden' });
		for (const look of [
			(db: Parameters<typeof batches>[0]) => batches(db, camat),
			(db: Parameters<typeof batches>[0]) => handoverSheet(db, camat, 2026, 1)
		])
			await expect(it.sees<unknown>(look)).rejects.toMatchObject({ kind: 'missing' });
	});
});
