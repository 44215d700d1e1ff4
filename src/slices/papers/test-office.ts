import { graduation } from '../../../tests/make/graduation.ts';
import { askForBatch } from './server/commands/batch.ts';
import { addSignatory, setLetterhead, setNumbering } from './server/commands/settings.ts';
import { draftPaper, issuePaper, withdrawPaper } from './server/commands/write-paper.ts';
import type { PaperKind } from './model.ts';

/** The graduation with a letterhead, a numbering for each kind asked for, and somebody who signs. */
export async function paperOffice(kinds: readonly PaperKind[] = ['assignment', 'invitation', 'schedule']) {
	const it = await graduation();
	const clerk = it.as('officer', ['papers.issue', 'papers.read', 'classes.read'], '');
	await it.does(clerk, setLetterhead, {
		validFrom: '2026-01-01',
		government: 'Pemerintah Kota Uji',
		office: 'Badan Kepegawaian dan Pengembangan Sumber Daya Manusia',
		address: 'Jalan Uji Nomor 1',
		city: 'Uji'
	});
	for (const kind of kinds)
		await it.does(clerk, setNumbering, {
			kind,
			validFrom: '2026-01-01',
			pattern: `800/{no:000}/${kind}/{bulanRomawi}/{tahun}`,
			copies: 'Wali Kota Uji\nInspektur'
		});
	await it.does(clerk, addSignatory, {
		nip: it.nip('camat'),
		capacity: 'definitive',
		post: 'Kepala BKPSDM',
		validFrom: '2026-01-01'
	});
	return {
		...it,
		clerk,
		/** A draft of the class: its id. */
		draft: async (classId: string, kind: PaperKind, unit?: 'pelayanan' | 'plaju'): Promise<string> =>
			(
				await it.does(
					clerk,
					draftPaper,
					{ classId, kind, ...(unit === undefined ? {} : { unitId: it.unit[unit] }) },
					{ now: it.at('07:00') }
				)
			).paperId,
		publish: (paperId: string) => it.does(clerk, issuePaper, { paperId }, { now: it.at('07:30') }),
		withdraw: (paperId: string) =>
			it.does(
				clerk,
				withdrawPaper,
				{ paperId, reason: 'Tanggal kegiatan berubah.' },
				{ now: it.at('12:00') }
			),
		askFor: (classId: string, per: 'unit' | 'person', kind: PaperKind = 'assignment') =>
			it.does(
				clerk,
				askForBatch,
				{ classId, kind, per, parts: { basis: 'Dasar', purpose: 'Mengikuti' } },
				{ now: it.at('07:00') }
			),
		/** Counters of a series in order of what they gave. */
		counters: async (series: string): Promise<number[]> =>
			(
				await it.owner.query<{ counter: number }>(
					'select counter from papers.paper where agency_id = $1 and series = $2 order by counter',
					[it.agencyId, series]
				)
			).rows.map(({ counter }) => counter)
	};
}

export const gapless = (numbers: readonly number[]): boolean =>
	numbers.every((number, at) => number === at + 1);
