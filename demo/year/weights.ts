import { setEstimator } from '#slices/needs/server/commands/estimate.ts';
import { setImportance, setPriorityRule } from '#slices/needs/server/commands/record-need-sources.ts';
import type { Competency } from './ability.ts';
import { act, type City, type World } from './world.ts';

/** What matters more than usual for which posts, since a week before the first survey or a change of this year. */
const IMPORTANCE = [
	{
		code: 'M.05',
		postLevel: '06',
		importance: 1.5,
		week: -61,
		reason: 'Pelaksana berhadapan langsung dengan warga di loket (contoh).'
	},
	{
		code: 'M.08',
		postLevel: '03',
		importance: 1.4,
		week: -61,
		reason: 'Kepala perangkat daerah memutuskan anggaran dan risiko (contoh).'
	},
	{
		code: 'M.07',
		importance: 1.2,
		week: -10,
		reason: 'Layanan pindah ke daring tahun depan: semua jabatan ikut berubah (contoh).'
	}
] as const;

/**
 * The city's own rules of the estimate and the ranking. They move neither what is planted nor what offices propose: old
 * evidence counts less, and large groups are not preferred as much.
 */
export async function setWeights(
	world: World,
	city: City,
	competencies: readonly Competency[]
): Promise<void> {
	const { clock } = world;
	const admin = city.actors.trainingAdmin;
	await act(world, setEstimator, admin, clock.at(clock.day(-61)), {
		driftPerYear: 0.1,
		oldestYears: 3,
		priorWeight: 12,
		reason: 'Mutasi tiap tahun banyak: hasil lama cepat usang (contoh).',
		validFrom: clock.day(-61)
	});
	for (const { code, importance, week, reason, ...of } of IMPORTANCE)
		await act(world, setImportance, admin, clock.at(clock.day(week), '10:15'), {
			competencyId: competencies.find((one) => one.code === code)?.id ?? '',
			importance,
			reason,
			validFrom: clock.day(week),
			...of
		});
	await act(world, setPriorityRule, admin, clock.at(clock.day(-10), '10:30'), {
		probability: 1,
		size: 1,
		importance: 1,
		reach: 0.5,
		goal: 1,
		sizeFull: 2,
		reachFull: 1000,
		reason:
			'Kesepakatan forum: unit kecil dengan kesenjangan besar tidak boleh kalah oleh unit besar (contoh).',
		validFrom: clock.day(-10)
	});
}
