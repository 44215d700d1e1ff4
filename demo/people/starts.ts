import type { Random } from '../random.ts';
import { expertLevel, skilledLevel } from './grades.ts';
import type { PnsGrade } from './grades.ts';
import type { EmploymentKind } from './model.ts';
import { FUNCTIONAL, generalPost, type GENERAL } from './posts.ts';
import type { FunctionalFamily, FunctionalKey } from './posts.ts';
import type { Level, StudyKey } from './studies.ts';

/** What a chair that is not a leader's asks of whoever enters it. */
export type Start = {
	level: Level;
	study: StudyKey;
	ladder: 'general' | 'skilled' | 'expert';
	teacher: boolean;
	name: string;
};
const GENERAL_STUDIES: readonly StudyKey[] = [
	'administration',
	'management',
	'accounting',
	'computing',
	'law',
	'government'
];
const TEACHERS: readonly FunctionalKey[] = ['primaryTeacher', 'juniorTeacher'];

/** A functional post's ladder, schooling and study. */
export function functionalStart(random: Random, key: FunctionalKey, kind: EmploymentKind): Start {
	const family: FunctionalFamily = FUNCTIONAL[key];
	const teacher = TEACHERS.includes(key);
	const expert = random.chance(family.expert);
	const study = random.pick(family.studies);
	return {
		study,
		teacher,
		name: family.name,
		ladder: expert ? 'expert' : 'skilled',
		level: expert
			? expertSchooling(random, key, family, kind)
			: random.weighted<Level>(SKILLED[key] ?? [['D3', 1]])
	};
}

/** Skilled posts that people also enter from upper secondary school. */
const SKILLED: Readonly<Partial<Record<FunctionalKey, readonly (readonly [Level, number])[]>>> = {
	cityPolice: [
		['SMA', 8],
		['D3', 2]
	],
	firefighter: [
		['SMA', 9],
		['D3', 1]
	],
	vehicleTester: [
		['SMA', 3],
		['D3', 7]
	],
	archivist: [
		['SMA', 3],
		['D3', 7]
	]
};

function expertSchooling(
	random: Random,
	key: FunctionalKey,
	family: FunctionalFamily,
	kind: EmploymentKind
): Level {
	if (key === 'trainer')
		return random.weighted<Level>([
			['S2', 8],
			['S3', 1],
			['S1', 1]
		]);
	if (family.level) return random.chance(0.08) && kind === 'PNS' ? 'S2' : family.level;
	if (key === 'nurse')
		return random.weighted<Level>([
			['profession', 6],
			['S1', 4]
		]);
	return random.weighted<Level>([
		['S1', 7],
		['S2', kind === 'PNS' ? 1.2 : 0.2],
		['profession', TEACHERS.includes(key) ? 2 : 0]
	]);
}

/** A pelaksana's post by the place of work, and the schooling it asks. */
export function generalStart(random: Random, place: keyof typeof GENERAL): Start {
	const { level, name } = generalPost(random, place);
	return { level, name, study: random.pick(GENERAL_STUDIES), ladder: 'general', teacher: false };
}

/** The post's full name: pelaksana have one, functional posts add their jenjang, which follows the grade. */
export function postName(start: Start, grade: PnsGrade): string {
	if (start.ladder === 'general') return start.name;
	return `${start.name} ${start.ladder === 'expert' ? expertLevel(grade) : skilledLevel(grade)}`;
}
