import { missing } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { storeFile } from '#platform/files/store-file.ts';
import { enqueue, unfinishedJob } from '#platform/jobs/jobs.ts';
import { command } from '#platform/work/command.ts';
import { MakeReport, type ReportKind } from '../../need-input.ts';
import { canReadForums } from '../../proposal-access.ts';
import { akpkDocument, akpkSheets } from '../../report/akpk.ts';
import { measuredByLevel, standardsByLevel } from '../../report/merit-data.ts';
import {
	measurementDocument,
	measurementSheets,
	standardsDocument,
	standardsSheets
} from '../../report/merit.ts';
import { officePdf, type OfficeDocument } from '../../report/office-document.ts';
import { reportData, type ReportData } from '../../report/report-data.ts';
import { workbookOf, type Sheet } from '../../report/workbook.ts';
import type { Tx } from '#platform/db/db.ts';

/** Puts the making of a report in the queue; answers the job to watch, the one under way if it is the same. */
export const askForReport = command(
	'needs.askForReport',
	MakeReport,
	async ({ tx, actor, now, permit, note }, input) => {
		permit(canReadForums(actor));
		const under = await unfinishedJob(tx, actor, 'needs.report', input);
		const jobId = under?.own ? under.id : await enqueue(tx, { actor, kind: 'needs.report', input, now });
		note({ jobId });
		return { jobId };
	},
	{ summary: 'Ask for a report of a needs campaign; it is made in the background' }
);

/** Makes the report and keeps it as a file; the job's work. Refuses: missing, a draft. */
export const makeReport = command(
	'needs.makeReport',
	MakeReport,
	async ({ tx, actor, now, today, permit, note, progress }, { campaignId, kind }) => {
		permit(canReadForums(actor));
		await progress(1, 4);
		const data = await reportData(tx, campaignId, today);
		if (data === null) throw missing();
		await progress(2, 4);
		const content = await contentOf(tx, kind, data, now, today);
		await progress(3, 4);
		const pdf = kind.endsWith('_pdf');
		const fileId = await storeFile(tx, actor, now, {
			room: 'needs',
			name: `${kind.replace('_', '-')}-${data.campaign.year}.${pdf ? 'pdf' : 'xlsx'}`,
			mime: pdf ? 'application/pdf' : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			content
		});
		const id = newId(now.getTime());
		await tx
			.insertInto('needs.report')
			.values({
				agency_id: actor.agencyId,
				id,
				kind,
				campaign_id: campaignId,
				file_id: fileId,
				made_by: actor.accountId,
				by_name: actor.name,
				made_at: now
			})
			.execute();
		await progress(4, 4);
		note({ reportId: id });
		return { reportId: id };
	},
	{ summary: 'Make a report of a needs campaign' }
);

async function contentOf(
	tx: Tx,
	kind: ReportKind,
	data: ReportData,
	now: Date,
	today: string
): Promise<Buffer> {
	const made = await parts(tx, kind, data, today);
	return 'sheets' in made ? workbookOf(made.sheets, now) : Buffer.from(await officePdf(made.document, now));
}

async function parts(
	tx: Tx,
	kind: ReportKind,
	data: ReportData,
	today: string
): Promise<{ sheets: Sheet[] } | { document: OfficeDocument }> {
	switch (kind) {
		case 'akpk_pdf':
			return { document: akpkDocument(data, today) };
		case 'akpk_xlsx':
			return { sheets: akpkSheets(data) };
		case 'a4q1_pdf':
			return { document: standardsDocument(data, await standardsByLevel(tx, today), today) };
		case 'a4q1_xlsx':
			return { sheets: standardsSheets(await standardsByLevel(tx, today)) };
		case 'a4q2_pdf':
			return { document: measurementDocument(data, await measuredByLevel(tx, data.campaign.id), today) };
		case 'a4q2_xlsx':
			return { sheets: measurementSheets(await measuredByLevel(tx, data.campaign.id)) };
	}
}
