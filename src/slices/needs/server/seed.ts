import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import type { MatchBand } from '../gap.ts';
import type { MatchBandKey } from '../model.ts';

const BANDS: readonly MatchBand<MatchBandKey>[] = [
	{ from: 90, key: 'optimal' },
	{ from: 78, key: 'fairlyOptimal' },
	{ from: 0, key: 'lessOptimal' }
];

/** The bands of the job-person match that a new agency starts from; domain.md §6.1 marks them "configurable, check". */
export async function seedMatchBands(tx: Tx, agencyId: string): Promise<void> {
	await tx
		.insertInto('needs.match_band')
		.values(
			BANDS.map(({ from, key }) => ({
				agency_id: agencyId,
				id: newId(),
				from_percent: from,
				band: key,
				legal_basis:
					'Nilai awal menurut praktik penilaian kompetensi; berlaku sampai instansi menetapkan batas sendiri',
				valid_from: '2018-01-01'
			}))
		)
		.execute();
}
