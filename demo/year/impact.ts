import { createStudy, freezeStudy } from '#slices/impact/server/commands/design.ts';
import { createIndicator } from '#slices/impact/server/commands/indicator.ts';
import { recordMeasurements } from '#slices/impact/server/commands/measure.ts';
import type { Competency } from './ability.ts';
import { INDICATORS, MONTHS, seriesOf } from './indicators.ts';
import { officesOf } from './plan.ts';
import type { Taught } from './programs.ts';
import { kecamatanOf, treatedOffices } from './treated.ts';
import type { Clock } from './clock.ts';
import { act, type City, type World } from './world.ts';

/** What each study asks, and the smallest change that would be worth the money, said before anybody knew. */
const QUESTIONS: Readonly<Record<string, { question: string; smallestUseful: number }>> = {
	ANTRE: {
		question:
			'Apakah warga menunggu lebih singkat di kecamatan yang petugas loketnya dilatih Pelayanan Publik Prima?',
		smallestUseful: 3
	},
	IKM: {
		question:
			'Apakah kepuasan masyarakat naik di kecamatan yang petugas loketnya dilatih Pelayanan Publik Prima?',
		smallestUseful: 1
	},
	ADUAN: {
		question: 'Apakah pengaduan berkurang di kecamatan yang petugas loketnya dilatih Pelayanan Publik Prima?',
		smallestUseful: 1
	}
};

/** The last complete 24 months, oldest first, and the first one after the training. */
export function studyMonths(clock: Clock): { periods: string[]; from: string } {
	const periods = Array.from({ length: MONTHS }, (_, index) => clock.month(MONTHS - index));
	// The third class of the experiment ends in week −39.
	const from = periods.find((period) => period > clock.day(-39, 4)) ?? clock.month(8);
	return { periods, from };
}

/**
 * Three studies fixed by lot before the training began, on figures of which two move and one does not; and the figures
 * as they came in.
 */
export async function study(
	world: World,
	city: City,
	competencies: readonly Competency[],
	taught: ReadonlyMap<string, Taught>,
	lines: readonly string[]
): Promise<void> {
	const { clock } = world;
	const admin = city.actors.trainingAdmin;
	const units = kecamatanOf(city);
	const treated = treatedOffices(world, city);
	const offices = await officesOf(world, city);
	const { periods, from } = studyMonths(clock);
	const program = taught.get('PPP');
	const service = competencies.find(({ code }) => code === 'M.05');
	if (!program || !service) throw new Error('nothing to study');
	for (const model of INDICATORS) {
		const made = clock.at(clock.day(-50), '10:00');
		const { indicatorId } = await act(world, createIndicator, admin, made, {
			code: model.code,
			name: model.name,
			unitOfMeasure: model.unitOfMeasure,
			better: model.better,
			source: model.source,
			definition: model.definition,
			lowest: model.lowest,
			highest: model.highest,
			competencyId: service.id
		});
		const { studyId } = await act(world, createStudy, admin, clock.at(clock.day(-48, 1)), {
			indicatorId,
			programId: program.programId,
			...(lines[0] === undefined ? {} : { planLineId: lines[0] }),
			question: QUESTIONS[model.code]?.question ?? model.name,
			design: 'lottery',
			smallestUseful: QUESTIONS[model.code]?.smallestUseful ?? 1,
			startsFrom: from.slice(0, 7),
			units: units.map((unit) => ({
				unitId: offices.get(unit)?.id ?? '',
				role: treated.has(unit) ? ('treated' as const) : ('comparison' as const)
			}))
		});
		await act(world, freezeStudy, admin, clock.at(clock.day(-48, 3)), { studyId });
		const readings = seriesOf(world.seed, model, units, treated, periods, from);
		const known = clock.day(-48).slice(0, 7);
		// What was there when the study was fixed, and what has come in since.
		for (const since of [false, true])
			await act(world, recordMeasurements, admin, since ? clock.now : clock.at(clock.day(-48, 2)), {
				indicatorId,
				rows: readings
					.filter(({ period }) => period.slice(0, 7) >= known === since)
					.map(({ unit, period, value }) => ({
						unit: offices.get(unit)?.id ?? '',
						month: period.slice(0, 7),
						value
					}))
			});
	}
}
