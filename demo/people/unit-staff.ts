import type { Random } from '../random.ts';
import { functionalKey } from './posts.ts';
import type { FunctionalKey, GeneralKey } from './posts.ts';
import type { Duty } from './staffing.ts';
import type { PlannedUnit } from './units.ts';

/** Fixed chairs of a unit, and the chairs that grow or shrink so that the agency's total comes out exact. */
export type Need = { unit: PlannedUnit; duty: Duty; count: number };
export type Elastic = { unit: PlannedUnit; duty: Duty; weight: number };

const HEALTH_CENTRE: readonly (readonly [FunctionalKey, number])[] = [
	['physician', 3],
	['dentist', 1],
	['nurse', 8],
	['midwife', 9],
	['pharmacist', 1],
	['pharmacyAssistant', 1],
	['nutritionist', 1],
	['sanitarian', 1],
	['laboratory', 1],
	['healthEducator', 1],
	['epidemiologist', 1]
];

/** Whom a bidang or subbagian wants besides its office's own experts, by a word in its name; first fit wins. */
const BY_WORD: readonly (readonly [RegExp, readonly FunctionalKey[]])[] = [
	[/Pelayanan Medik/, ['physician', 'specialist', 'dentist', 'specialist']],
	[/Keperawatan/, ['nurse', 'nurse', 'nurse', 'midwife']],
	[
		/Penunjang/,
		[
			'pharmacist',
			'pharmacyAssistant',
			'laboratory',
			'radiographer',
			'nutritionist',
			'physiotherapist',
			'medicalRecords'
		]
	],
	[/Umum dan Kepegawaian|Tata Usaha Pimpinan/, ['humanResources', 'archivist']],
	[/Keuangan|Anggaran|Perbendaharaan/, ['finance']],
	[/Program|Perencanaan/, ['planner']],
	[/Hukum|Perundang-undangan$/, ['legalDrafter']],
	[/Pengadaan Barang|Layanan Pengadaan|Pengelolaan Pengadaan/, ['procurement']],
	[/Protokol|Komunikasi|Dokumentasi|Hubungan Masyarakat/, ['publicRelations']],
	[/Ketenteraman/, ['cityPolice']]
];

/** Who sits in a unit of the full city, its head apart. */
export function staff(random: Random, unit: PlannedUnit): readonly Need[] {
	const shape = unit.shape;
	switch (unit.kind) {
		case 'section':
			if (unit.name === 'Seksi Pelayanan Umum') return [general(unit, 'counter', random.int(6, 10))];
			if (unit.office.startsWith('Kecamatan'))
				return [
					general(unit, 'office', random.int(2, 4)),
					...experts(unit, unit.name.includes('Ketenteraman') ? 3 : 0)
				];
			return [
				...experts(unit, Math.round((shape?.perField.functional ?? 1) * hospitalSize(unit))),
				general(unit, placeOf(unit), Math.round((shape?.perField.general ?? 2) * hospitalSize(unit)))
			];
		case 'field':
			if (unit.name === 'Bidang Pengembangan Kompetensi')
				return [
					functional(unit, 'trainer', 14),
					functional(unit, 'humanResources', 9),
					functional(unit, 'learningTechnology', 2),
					general(unit, 'office', 4)
				];
			if (shape && shape.fields.some((field) => field.name === unit.name && field.sections.length > 0))
				return [...experts(unit, 1), general(unit, 'office', 1)];
			return [
				...experts(unit, shape?.perField.functional ?? 2),
				general(unit, placeOf(unit), shape?.perField.general ?? 2)
			];
		case 'division':
			return [...experts(unit, 3), general(unit, 'office', 2)];
		case 'secretariat':
			return unit.office.startsWith('Kecamatan')
				? []
				: [functional(unit, 'computer', 1), functional(unit, 'archivist', 1), general(unit, 'office', 1)];
		case 'subdivision':
			return unit.office.startsWith('Kecamatan')
				? [...experts(unit, 1), general(unit, 'office', random.int(2, 3))]
				: [...experts(unit, 2), general(unit, 'office', random.int(2, 4))];
		case 'technicalUnit':
			return [...experts(unit, 4), general(unit, placeOf(unit), 5)];
		case 'healthCentre':
			return [
				...HEALTH_CENTRE.map(([family, count]) => functional(unit, family, count)),
				general(unit, 'health', random.int(3, 5))
			];
		default:
			return [];
	}
}

/** A neighbour of 300 people: full counters and the training house, little else. */
export function smallStaff(random: Random, unit: PlannedUnit): readonly Need[] {
	if (unit.name === 'Seksi Pelayanan Umum') return [general(unit, 'counter', unit.id.endsWith('0') ? 7 : 6)];
	if (unit.name === 'Bidang Pengembangan Kompetensi')
		return [functional(unit, 'trainer', 2), functional(unit, 'humanResources', 2)];
	switch (unit.kind) {
		case 'office':
			return experts(unit, 1);
		case 'hospital':
			return [functional(unit, 'nurse', 2)];
		case 'field':
			return experts(unit, 2);
		case 'section':
		case 'subdivision':
			return [general(unit, 'office', 1)];
		case 'urbanVillage':
			return [general(unit, 'village', 1)];
		case 'healthCentre':
			return [functional(unit, 'nurse', random.int(1, 2)), functional(unit, 'midwife', 1)];
		default:
			return [];
	}
}

/** Schools, kelurahan and street depots take whoever the establishment still has. */
export function elasticStaff(unit: PlannedUnit, small: boolean): readonly Elastic[] {
	switch (unit.kind) {
		case 'juniorSchool':
			return [
				{ unit, duty: { kind: 'functional', family: 'juniorTeacher', senior: false }, weight: 52 },
				...(small ? [] : [{ unit, duty: { kind: 'general' as const, place: 'school' as const }, weight: 5 }])
			];
		case 'primarySchool':
			return [
				{ unit, duty: { kind: 'functional', family: 'primaryTeacher', senior: false }, weight: 27 },
				...(small ? [] : [{ unit, duty: { kind: 'general' as const, place: 'school' as const }, weight: 2 }])
			];
		case 'urbanVillage':
			return small ? [] : [{ unit, duty: { kind: 'general', place: 'village' }, weight: 7 }];
		case 'technicalUnit':
			return small || !unit.shape?.street
				? []
				: [{ unit, duty: { kind: 'general', place: 'street' }, weight: 12 }];
		default:
			return [];
	}
}

function experts(unit: PlannedUnit, count: number): readonly Need[] {
	const byWord = BY_WORD.find(([word]) => word.test(unit.name))?.[1];
	const own = unit.shape?.experts.map(functionalKey);
	const families: readonly FunctionalKey[] = byWord ?? (own?.length ? own : ['policy']);
	return families.map((family, index) =>
		functional(unit, family, Math.floor(count / families.length) + (index < count % families.length ? 1 : 0))
	);
}

/** Pirngadi is the city's old teaching hospital, Bachtiar Djafar a young one in the north. */
function hospitalSize(unit: PlannedUnit): number {
	if (unit.office === 'RSUD Dr. Pirngadi') return 1.5;
	return unit.office.startsWith('RSUD') ? 0.6 : 1;
}

function placeOf(unit: PlannedUnit): GeneralKey {
	if (unit.shape?.street) return 'street';
	return unit.office.startsWith('RSUD') ? 'health' : 'office';
}

function functional(unit: PlannedUnit, family: FunctionalKey, count: number): Need {
	return { unit, duty: { kind: 'functional', family, senior: false }, count };
}

function general(unit: PlannedUnit, place: GeneralKey, count: number): Need {
	return { unit, duty: { kind: 'general', place }, count };
}
