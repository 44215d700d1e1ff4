import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { yearOf } from '#kernel/time.ts';
import type { Actor } from '#kernel/actor.ts';
import { nextNumbers } from '#platform/db/counter.ts';
import type { Tx } from '#platform/db/db.ts';
import { storeFile } from '#platform/files/store-file.ts';
import { csvText } from '#platform/http/csv.ts';
import { xlsxBytes } from '#platform/http/xlsx.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canHandOver } from '../../access.ts';
import { CompleteRecord, MakeBatch, OneBatch, TakeBack } from '../../rule-input.ts';
import {
	BATCH_NEXT,
	batchStatus,
	cellsOf,
	lacksOf,
	MOST_IN_BATCH,
	shapeOf,
	SIASN_COLUMNS,
	siasnRow,
	type BatchStatus,
	type HandedOver,
	type Shape
} from '../../siasn.ts';
import { notHandedOver } from '../queries/siasn.ts';

constraintMeans('siasn_row_once', 'platform.work.conflict');

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * Puts what is ready and was never handed over into a numbered batch, oldest first, and keeps its files as they are made:
 * a batch is downloaded again byte for byte. Refuses: nothing is ready.
 */
export const makeBatch = command(
	'credentials.makeBatch',
	MakeBatch,
	async ({ tx, actor, now, today, permit, note }, { year }) => {
		permit(canHandOver(actor));
		const { agencyId } = actor;
		// Locks before reading what is ready: a second press waits here and then finds nothing.
		const number = await nextNumbers(tx, agencyId, 'siasn', yearOf(today), 0);
		const ready = (await notHandedOver(tx, year))
			.filter((record) => lacksOf(record).length === 0)
			.slice(0, MOST_IN_BATCH);
		if (ready.length === 0) throw refused('credentials.siasn.nothing', { year });
		await nextNumbers(tx, agencyId, 'siasn', yearOf(today), 1);
		const files = await keepFiles(tx, actor, now, `siasn-${yearOf(today)}-${number}`, ready);
		const id = newId(now.getTime());
		await tx
			.insertInto('credentials.siasn_batch')
			.values({
				agency_id: agencyId,
				id,
				year: yearOf(today),
				number,
				status: 'made',
				many: ready.length,
				...files,
				made_by_name: actor.name,
				made_at: now
			})
			.execute();
		await sql`
			insert into credentials.siasn_row (agency_id, batch_id, entry_id, sent)
			select ${agencyId}, ${id}, n.entry_id, n.sent
			from unnest(${ready.map(({ entryId }) => entryId)}::uuid[], ${ready.map((record) => JSON.stringify(siasnRow(record)))}::jsonb[])
				as n(entry_id, sent)`.execute(tx);
		note({ batchId: id });
		return { batchId: id, number, many: ready.length };
	},
	{ summary: 'Make a batch of JP records for SIASN' }
);

/** Workbook of both shapes and of names to check them by, and one CSV a shape; a shape without records has none. */
async function keepFiles(tx: Tx, actor: Actor, now: Date, name: string, ready: readonly HandedOver[]) {
	const of = (shape: Shape) => ready.filter(({ form }) => shapeOf(form) === shape);
	const cells = (shape: Shape) => of(shape).map((record) => cellsOf(shape, siasnRow(record)));
	const keep = (ending: string, mime: string, content: Buffer) =>
		storeFile(tx, actor, now, { room: 'credentials', name: `${name}${ending}`, mime, content });
	const csv = async (shape: Shape): Promise<string | null> =>
		of(shape).length === 0
			? null
			: keep(
					`-${shape}.csv`,
					'text/csv; charset=utf-8',
					Buffer.from(csvText(SIASN_COLUMNS[shape], cells(shape)))
				);
	const workbook = await xlsxBytes([
		{ name: 'kursus', header: SIASN_COLUMNS.kursus, rows: cells('kursus') },
		{ name: 'diklat', header: SIASN_COLUMNS.diklat, rows: cells('diklat') },
		{
			name: 'daftar',
			header: ['nip', 'nama', 'namaKursus', 'jumlahJam'],
			rows: ready.map((record) => [record.nip, record.name, record.title, String(record.learningHours)])
		}
	]);
	return {
		xlsx_file_id: await keep('.xlsx', XLSX, workbook),
		csv_course_file_id: await csv('kursus'),
		csv_leadership_file_id: await csv('diklat')
	};
}

/** Says that a batch was entered at SIASN. */
export const markBatchSent = command(
	'credentials.markBatchSent',
	OneBatch,
	async ({ tx, actor, now, permit, note }, { batchId }) => {
		const status = await lockBatch(tx, actor.agencyId, batchId);
		permit(canHandOver(actor));
		await tx
			.updateTable('credentials.siasn_batch')
			.set({ status: stepped(status, 'sent'), sent_by_name: actor.name, sent_at: now })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', batchId)
			.execute();
		note({ batchId });
	},
	{ summary: 'Mark a SIASN batch as sent' }
);

/** Takes a batch back with the reason: its number stays, its records may go again. */
export const takeBatchBack = command(
	'credentials.takeBatchBack',
	TakeBack,
	async ({ tx, actor, now, permit, note }, { batchId, reason }) => {
		const status = await lockBatch(tx, actor.agencyId, batchId);
		permit(canHandOver(actor));
		await tx
			.updateTable('credentials.siasn_batch')
			.set({
				status: stepped(status, 'taken_back'),
				taken_back_by_name: actor.name,
				taken_back_at: now,
				reason
			})
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', batchId)
			.execute();
		await tx
			.updateTable('credentials.siasn_row')
			.set({ live: false })
			.where('agency_id', '=', actor.agencyId)
			.where('batch_id', '=', batchId)
			.execute();
		note({ batchId });
	},
	{ summary: 'Take a SIASN batch back' }
);

async function lockBatch(tx: Tx, agencyId: string, batchId: string): Promise<BatchStatus> {
	const { rows } = await sql<{ status: string }>`
		select status from credentials.siasn_batch where agency_id = ${agencyId} and id = ${batchId} for update`.execute(
		tx
	);
	const [batch] = rows;
	if (!batch) throw missing();
	return batchStatus(batch.status);
}

function stepped(from: BatchStatus, to: BatchStatus): BatchStatus {
	if (!BATCH_NEXT[from].includes(to)) throw refused(`credentials.siasn.already.${from}`);
	return to;
}

/** Fills in what a record lacks for SIASN; what stands there already was verified and stays. */
export const completeRecord = command(
	'credentials.completeRecord',
	CompleteRecord,
	async ({ tx, actor, permit, note }, { entryId, number, provider, leadershipLevel }) => {
		const { rows } = await sql<{ number: string; provider: string; form: string; status: string }>`
			select certificate_number as number, provider, form, status from credentials.jp_entry
			where agency_id = ${actor.agencyId} and id = ${entryId} for update`.execute(tx);
		const [entry] = rows;
		permit(canHandOver(actor));
		if (!entry || entry.status !== 'counted') throw missing();
		await tx
			.updateTable('credentials.jp_entry')
			.set({
				certificate_number: entry.number === '' ? (number ?? '') : entry.number,
				provider: entry.provider === '' ? (provider ?? '') : entry.provider,
				...(entry.form === 'KL01' && leadershipLevel !== undefined
					? { leadership_level: leadershipLevel }
					: {})
			})
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', entryId)
			.execute();
		note({ entryId });
	},
	{ summary: 'Complete a JP record for SIASN' }
);
