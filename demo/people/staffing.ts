import { randomFor } from '../random.ts';
import type { AgencyKey, Echelon } from './model.ts';
import type { FunctionalKey, GeneralKey } from './posts.ts';
import { elasticStaff, smallStaff, staff } from './unit-staff.ts';
import type { Elastic, Need } from './unit-staff.ts';
import type { PlannedUnit } from './units.ts';

/** One chair: where it stands, whether its holder leads the unit, and what kind of post it is. */
export type Slot = { unit: PlannedUnit; leads: boolean; duty: Duty };
export type Duty =
	| { kind: 'structural'; echelon: Echelon; post: string }
	| { kind: 'functional'; family: FunctionalKey; senior: boolean }
	| { kind: 'general'; place: GeneralKey };

/** How many chairs of each kind an agency has; `functional` null = whatever is left. */
export type Establishment = { people: number; pppk: number; women: number; functional: number | null };

export const ESTABLISHMENT: Readonly<Record<AgencyKey, Establishment>> = {
	// 9,726 PNS + 4,625 PPPK (BKPSDM Kota Medan, 25 Sep 2025); 63 % functional and 57 % women as in the nation.
	medan: { people: 14351, pppk: 4625, women: 8180, functional: 9041 },
	pematangsiantar: { people: 300, pppk: 97, women: 171, functional: null },
	palembang: { people: 300, pppk: 97, women: 171, functional: null }
};

const EXPERT_ADVISERS = [
	'Staf Ahli Bidang Pemerintahan, Hukum dan Politik',
	'Staf Ahli Bidang Perekonomian, Keuangan dan Pembangunan',
	'Staf Ahli Bidang Kemasyarakatan dan Sumber Daya Manusia'
] as const;

/** All chairs of an agency, heads first in every unit; exactly as many as its establishment says. */
export function slotsOf(key: AgencyKey, seed: number, units: readonly PlannedUnit[]): readonly Slot[] {
	const random = randomFor(seed, key, 'staffing');
	const total = ESTABLISHMENT[key];
	const small = key !== 'medan';
	const heads = units.flatMap((unit) => headOf(unit));
	const advisers = small ? [] : EXPERT_ADVISERS.map((post) => adviser(units, post));
	const needs = units.flatMap((unit) => (small ? smallStaff(random, unit) : staff(random, unit)));
	const elastic = units.flatMap((unit) => elasticStaff(unit, small));

	const led = [...heads, ...advisers];
	const structural = led.filter((slot) => slot.duty.kind === 'structural').length;
	const fixed = (kind: Duty['kind']) =>
		needs.filter((need) => need.duty.kind === kind).reduce((sum, need) => sum + need.count, 0);
	const functionalHeads = heads.length + advisers.length - structural;
	const functional = total.functional ?? total.people - structural - fixed('general');
	const general = total.people - structural - functional;

	const rest = [
		...share(elastic, 'functional', functional - functionalHeads - fixed('functional')),
		...share(elastic, 'general', general - fixed('general'))
	];
	const staffed = [...needs, ...rest].flatMap(({ unit, duty, count }) =>
		Array.from({ length: count }, (): Slot => ({ unit, leads: false, duty }))
	);
	const order = new Map(units.map((unit, index) => [unit.id, index]));
	const place = (slot: Slot) => order.get(slot.unit.id) ?? 0;
	return [...led, ...staffed].sort((a, b) => place(a) - place(b));
}

function headOf(unit: PlannedUnit): readonly Slot[] {
	if (unit.kind === 'government') return [];
	if (unit.echelon)
		return [{ unit, leads: true, duty: { kind: 'structural', echelon: unit.echelon, post: unit.headPost } }];
	const family: FunctionalKey =
		unit.kind === 'healthCentre'
			? 'physician'
			: unit.kind === 'juniorSchool'
				? 'juniorTeacher'
				: 'primaryTeacher';
	return [{ unit, leads: true, duty: { kind: 'functional', family, senior: true } }];
}

function adviser(units: readonly PlannedUnit[], post: string): Slot {
	const unit = units.find((entry) => entry.name === 'Sekretariat Daerah');
	if (!unit) throw new Error('no Sekretariat Daerah');
	return { unit, leads: false, duty: { kind: 'structural', echelon: '22', post } };
}

/** Deals `count` chairs over the elastic units by weight, largest remainder first, so the sum is exact. */
function share(elastic: readonly Elastic[], kind: Duty['kind'], count: number): readonly Need[] {
	if (count < 0) throw new Error(`${-count} more ${kind} chairs than the establishment has`);
	const able = elastic.filter((entry) => entry.duty.kind === kind);
	const weight = able.reduce((sum, entry) => sum + entry.weight, 0);
	if (count > 0 && weight === 0) throw new Error(`nowhere to seat ${count} ${kind}`);
	const exact = able.map((entry) => ({ entry, seats: (count * entry.weight) / weight }));
	const short = count - exact.reduce((sum, { seats }) => sum + Math.floor(seats), 0);
	const lucky = new Set(
		exact
			.toSorted((a, b) => (b.seats % 1) - (a.seats % 1))
			.slice(0, short)
			.map(({ entry }) => entry)
	);
	return exact.map(({ entry, seats }) => ({
		unit: entry.unit,
		duty: entry.duty,
		count: Math.floor(seats) + (lucky.has(entry) ? 1 : 0)
	}));
}
