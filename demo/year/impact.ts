import { createStudy } from '#slices/impact/server/commands/design.ts';
import { createIndicator } from '#slices/impact/server/commands/indicator.ts';
import { recordMeasurements } from '#slices/impact/server/commands/measure.ts';
import { drawLots, freezeStudy } from '#slices/impact/server/commands/plan.ts';
import type { Competency } from './ability.ts';
import { CHOSEN, INDICATORS, MONTHS, seriesOf } from './indicators.ts';
import { officesOf } from './plan.ts';
import type { Taught } from './programs.ts';
import { isPilot, kecamatanOf, lotSeedOf, PLACES, treatedOffices, volunteersIn } from './treated.ts';
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
	},
	TEPAT: {
		question: 'Apakah berkas lebih sering tepat waktu di kecamatan yang meminta pelatihannya sendiri?',
		smallestUseful: 2
	}
};

const SPILLOVER =
	'Petugas loket jarang dirotasi antarkecamatan; warga hampir selalu memakai kecamatan tempat tinggalnya.';

/** The last complete 24 months, oldest first, and the first one after the training. */
export function studyMonths(clock: Clock): { periods: string[]; from: string } {
	const periods = Array.from({ length: MONTHS }, (_, index) => clock.month(MONTHS - index));
	// The third class of the experiment ends in week −39.
	const from = periods.find((period) => period > clock.day(-39, 4)) ?? clock.month(8);
	return { periods, from };
}

/**
 * Three studies whose lots were drawn before the training began, on figures of which two move and one does not; one of units
 * that chose themselves; and the figures as they came in.
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
	const drawn = treatedOffices(world, city);
	const chosen = volunteersIn(world.seed, city.source);
	const offices = await officesOf(world, city);
	const { periods, from } = studyMonths(clock);
	const program = taught.get('PPP');
	const service = competencies.find(({ code }) => code === 'M.05');
	if (!program || !service) throw new Error('nothing to study');
	const known = clock.day(-48).slice(0, 7);
	for (const model of [...INDICATORS, CHOSEN]) {
		const byLot = model !== CHOSEN;
		const treated = byLot ? drawn : chosen;
		const { indicatorId } = await act(world, createIndicator, admin, clock.at(clock.day(-50), '10:00'), {
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
			design: byLot ? 'lottery' : 'before_after_comparison',
			smallestUseful: QUESTIONS[model.code]?.smallestUseful ?? 1,
			startsFrom: from.slice(0, 7),
			spillover: SPILLOVER,
			units: units.map((unit) => ({
				unitId: offices.get(unit)?.id ?? '',
				role:
					byLot && !isPilot(unit)
						? ('applicant' as const)
						: treated.has(unit)
							? ('treated' as const)
							: ('comparison' as const)
			}))
		});
		if (byLot)
			await act(world, drawLots, admin, clock.at(clock.day(-48, 2), '09:00'), {
				studyId,
				places: PLACES,
				seed: lotSeedOf(world.seed, city.source)
			});
		const drift = byLot ? 0 : CHOSEN.drift;
		const readings = seriesOf(world.seed, model, units, treated, periods, from, drift);
		const record = (since: boolean) =>
			act(world, recordMeasurements, admin, since ? clock.now : clock.at(clock.day(-48, 2)), {
				indicatorId,
				rows: readings
					.filter(({ period }) => period.slice(0, 7) >= known === since)
					.map(({ unit, period, value }) => ({
						unit: offices.get(unit)?.id ?? '',
						month: period.slice(0, 7),
						value
					}))
			});
		// What was there when the plan was fixed, and what has come in since.
		await record(false);
		await act(world, freezeStudy, admin, clock.at(clock.day(-48, 3)), { studyId });
		await record(true);
	}
}
