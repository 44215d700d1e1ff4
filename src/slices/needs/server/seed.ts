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

const SERVICE_BANDS = [
	{ from: 88.31, grade: 'A', weak: false },
	{ from: 76.61, grade: 'B', weak: false },
	{ from: 65, grade: 'C', weak: true },
	{ from: 25, grade: 'D', weak: true }
] as const;

/**
 * Bands of the public satisfaction index and an even ranking: what a new agency starts from.
 * @law PermenPANRB 14/2017 (bands); the weights are a design, see priority.ts
 */
export async function seedNeedRules(tx: Tx, agencyId: string, now = new Date()): Promise<void> {
	await tx
		.insertInto('needs.service_band')
		.values(
			SERVICE_BANDS.map(({ from, grade, weak }) => ({
				agency_id: agencyId,
				id: newId(),
				from_index: from,
				grade,
				weak,
				legal_basis: 'PermenPANRB 14/2017',
				valid_from: '2017-05-09'
			}))
		)
		.execute();
	await tx
		.insertInto('needs.priority_rule')
		.values({
			agency_id: agencyId,
			id: newId(),
			probability: 1,
			size: 1,
			importance: 1,
			reach: 1,
			goal: 1,
			size_full: 2,
			reach_full: 1000,
			reason: 'Nilai awal; berlaku sampai instansi menetapkan bobot sendiri',
			valid_from: '2018-01-01',
			set_by: 'system',
			set_at: now
		})
		.execute();
}
