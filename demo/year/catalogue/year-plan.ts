import { CLASSICAL_LINES } from './plan-classical.ts';
import { NON_CLASSICAL_LINES } from './plan-non-classical.ts';
import { HEALTH, MARELAN, ONE_STOP } from './plan-offices.ts';
import { past, type PlannedClass, type PlannedLine } from './planned-class.ts';

/** What single offices asked for after the first round; some of it is going on right now. */
const OFFICE_LINES: readonly PlannedLine[] = [
	{
		code: 'MPK',
		unit: HEALTH,
		seats: 20,
		each: 2_400_000,
		fund: 'own',
		goal: 'Puskesmas memimpin perubahan alur layanannya sendiri',
		classes: [{ when: { workdays: [-1, 0, 1, 2, 3] }, seats: 20, stage: 'running', persona: true }]
	},
	{
		code: 'PPP',
		unit: ONE_STOP,
		seats: 25,
		each: 1_950_000,
		fund: 'own',
		goal: 'Loket terpadu menjadi contoh bagi kecamatan',
		classes: [past(-3, 25, { demand: 0.9 })]
	},
	{
		code: 'LDK',
		unit: 'Kecamatan Medan Belawan',
		seats: 20,
		each: 1_200_000,
		fund: 'own',
		goal: 'Layanan daring di wilayah pesisir',
		classes: [{ when: { week: 1 }, seats: 20, stage: 'open', demand: 1.25 }]
	},
	{
		code: 'SIG',
		unit: MARELAN,
		seats: 40,
		each: 250_000,
		fund: 'own',
		goal: 'Pakta integritas loket kecamatan',
		classes: []
	}
];

/** What the city planned for the finished year, and the classes that came of it. Draws are named by the place in this list. */
export const LINES: readonly PlannedLine[] = [...CLASSICAL_LINES, ...NON_CLASSICAL_LINES, ...OFFICE_LINES];

/** Held although nobody had planned it: a break in the red thread that the product must show. */
export const UNPLANNED: readonly { code: string; unit: string; class: PlannedClass }[] = [
	{ code: 'PDP', unit: 'RSUD H. Bachtiar Djafar', class: past(-8, 40, { demand: 0.9 }) }
];
