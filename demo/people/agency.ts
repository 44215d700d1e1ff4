import type { Random } from '../random.ts';
import { idFor, randomFor } from '../random.ts';
import { yearOf } from './calendar.ts';
import { careerOf } from './careers.ts';
import { AS_OF } from './model.ts';
import type { Agency, AgencyKey, Echelon, EmploymentKind, LedUnit, Person, Sex } from './model.ts';
import { identityOf } from './names.ts';
import { nipMinter } from './nip.ts';
import { placeOf } from './places.ts';
import { FUNCTIONAL, GENERAL } from './posts.ts';
import type { GeneralKey } from './posts.ts';
import { ESTABLISHMENT, slotsOf } from './staffing.ts';
import type { Duty, Slot } from './staffing.ts';
import { educationOf } from './studies.ts';
import { unitsOf } from './units.ts';
import type { PlannedUnit } from './units.ts';

export const AGENCY_KEYS = ['medan', 'pematangsiantar', 'palembang'] as const satisfies readonly AgencyKey[];
export const DEFAULT_SEED = 1271;

/** Share of CPNS among PNS: one intake, sworn in early in the year of the export. */
const CANDIDATES = 0.01;
const WOMEN_LEADING: Readonly<Record<Echelon, number>> = {
	'21': 0.1,
	'22': 0.2,
	'31': 0.32,
	'32': 0.45,
	'41': 0.48,
	'42': 0.6
};
const CONTRACT_ODDS: Readonly<Record<GeneralKey, number>> = {
	counter: 0.25,
	office: 0.15,
	street: 0.4,
	village: 0.3,
	school: 0.45,
	health: 0.35
};

/** All three agencies of the demo; the same seed gives the same rows, whatever the machine or the day. */
export function makeCities(seed: number = DEFAULT_SEED): readonly Agency[] {
	return AGENCY_KEYS.map((key) => makeAgency(key, seed));
}

/** One agency with its unit tree (parents before children) and people (unit by unit, heads first). */
export function makeAgency(key: AgencyKey, seed: number = DEFAULT_SEED): Agency {
	const place = placeOf(key);
	const planned = unitsOf(key, seed);
	const slots = slotsOf(key, seed, planned);
	const { women, pppk } = ESTABLISHMENT[key];
	const random = randomFor(seed, key, 'people');
	const isWoman = chosen(random, slots, women, (slot) => womenShare(slot.duty));
	const isContract = chosen(random, slots, pppk, (slot) => contractShare(slot));
	const mint = nipMinter(key);

	const people = slots.map((slot, index): Person => {
		const own = randomFor(seed, key, 'person', index);
		const sex: Sex = isWoman.has(slot) ? 'female' : 'male';
		const kind = isContract.has(slot) ? 'PPPK' : employment(own, slot);
		const { level, study, contract, ...career } = careerOf(own, slot.duty, kind, slot.unit.name);
		// First schooling ends before the first day of work; a master's may come later.
		const until = level === 'S2' || level === 'S3' ? yearOf(AS_OF) - 1 : yearOf(career.appointed);
		const identity = identityOf(own, key, sex);
		const subject = study === 'islamicTeaching' && identity.faith !== 'Islam' ? 'indonesian' : study;
		const education = educationOf(own, level, subject, yearOf(career.birthDate), until);
		return {
			id: idFor(seed, key, 'person', index),
			nip: mint({ ...career, kind, sex, contract }),
			...identity,
			...career,
			sex,
			kind,
			postKind: slot.duty.kind,
			unitId: slot.unit.id,
			education
		};
	});
	return {
		key,
		id: idFor(seed, key, 'instansi'),
		name: place.name,
		city: place.city,
		seed,
		units: led(planned, slots, people),
		people
	};
}

/**
 * Gives every unit its head. The mayor is no civil servant, so the highest unit answers to the Sekda, who
 * sits in the Sekretariat Daerah; every other head sits in the unit he or she leads.
 */
function led(
	units: readonly PlannedUnit[],
	slots: readonly Slot[],
	people: readonly Person[]
): readonly LedUnit[] {
	const heads = new Map<string, string>();
	slots.forEach((slot, index) => {
		const person = people[index];
		if (slot.leads && person) heads.set(slot.unit.id, person.id);
	});
	const secretary = units.find((unit) => unit.echelon === '21');
	return units.map((unit) => {
		const headId =
			heads.get(unit.id) ?? (unit.parentId === null && secretary ? heads.get(secretary.id) : undefined);
		if (!headId) throw new Error(`${unit.name} has no head`);
		const { id, parentId, officeId, kind, name, headPost, echelon, code } = unit;
		return { id, parentId, officeId, kind, name, headPost, echelon, code, headId };
	});
}

/** Exactly `count` slots, drawn without replacement with chances that follow each slot's share; a share of 0 is never drawn. */
function chosen(
	random: Random,
	slots: readonly Slot[],
	count: number,
	share: (slot: Slot) => number
): ReadonlySet<Slot> {
	const ranked = slots
		.map((slot) => ({ slot, p: share(slot), noise: random.logistic() }))
		.filter(({ p }) => p > 0)
		.map(({ slot, p, noise }) => ({ slot, score: Math.log(p / (1 - p)) + noise }))
		.sort((a, b) => b.score - a.score);
	if (ranked.length < count) throw new Error(`only ${ranked.length} of ${count} can be chosen`);
	return new Set(ranked.slice(0, count).map(({ slot }) => slot));
}

function womenShare(duty: Duty): number {
	if (duty.kind === 'structural') return WOMEN_LEADING[duty.echelon];
	return duty.kind === 'functional' ? FUNCTIONAL[duty.family].women : GENERAL[duty.place].women;
}

function contractShare({ duty }: Slot): number {
	if (duty.kind === 'structural') return 0;
	if (duty.kind === 'general') return CONTRACT_ODDS[duty.place];
	const family = FUNCTIONAL[duty.family];
	if (duty.senior || !family.contract) return 0;
	if (duty.family === 'primaryTeacher' || duty.family === 'juniorTeacher') return 0.45;
	return family.women > 0.6 ? 0.33 : 0.15;
}

function employment(random: Random, { duty }: Slot): EmploymentKind {
	const mayBeNew =
		duty.kind === 'general' || (duty.kind === 'functional' && !duty.senior && duty.family !== 'trainer');
	return mayBeNew && random.chance(CANDIDATES) ? 'CPNS' : 'PNS';
}
