import type { Random } from '../random.ts';
import { ageAt, earlier, isoDate, later, monthOf, monthsBetween, shifted, yearOf } from './calendar.ts';
import { entryGrade, gradeAfter, leaderGrade, PPPK_GRADES } from './grades.ts';
import { AS_OF } from './model.ts';
import type { Echelon, EmploymentKind, Person } from './model.ts';
import type { Duty } from './staffing.ts';
import { functionalStart, generalStart, postName } from './starts.ts';
import type { Start } from './starts.ts';
import type { Level, StudyKey } from './studies.ts';

/** A life in the service that fits a chair: schooling, birth, appointment, grade and post, in that order of cause. */
export type Career = Pick<
	Person,
	'birthDate' | 'appointed' | 'confirmed' | 'firstGrade' | 'grade' | 'gradeSince' | 'postSince' | 'post'
> & { level: Level; study: StudyKey; contract: number };

type Dates = { birthDate: string; appointed: string };

const LAST_EXPORT_MONTH = '2026-10-01';
/** Ages at which each echelon is usually reached and left; high office retires at 60, the rest at 58. */
const LEADER_AGES: Readonly<Record<Echelon, readonly [number, number]>> = {
	'21': [52, 59],
	'22': [47, 59],
	'31': [42, 57],
	'32': [39, 57],
	'41': [34, 57],
	'42': [31, 55]
};
const ENTRY_AGES: Readonly<Record<Level, readonly [number, number]>> = {
	SD: [20, 30],
	SMP: [20, 30],
	SMA: [20, 30],
	D3: [22, 31],
	S1: [23, 33],
	profession: [25, 34],
	S2: [24, 34],
	S3: [25, 34]
};
const LEADER_STUDIES: readonly StudyKey[] = [
	'government',
	'administration',
	'law',
	'management',
	'accounting',
	'civil',
	'communication'
];
export function careerOf(random: Random, duty: Duty, kind: EmploymentKind, unitName: string): Career {
	if (duty.kind === 'structural') return leaderCareer(random, duty.echelon, duty.post, unitName);
	const start =
		duty.kind === 'functional'
			? functionalStart(random, duty.family, kind)
			: generalStart(random, duty.place);
	if (kind === 'PPPK') return contractCareer(random, start);
	if (kind === 'CPNS') return candidateCareer(random, start);
	return servantCareer(
		random,
		start,
		duty.kind === 'functional' && (duty.senior || duty.family === 'trainer')
	);
}

function leaderCareer(random: Random, echelon: Echelon, post: string, unitName: string): Career {
	const [from, to] = LEADER_AGES[echelon];
	const isMedical = /RSUD|Pelayanan Medik/.test(unitName);
	const schooling = random.weighted<Level>(
		echelon < '30'
			? [
					['S1', 1],
					['S2', 8],
					['S3', 1]
				]
			: [
					['S1', 6],
					['S2', 4]
				]
	);
	const level = isMedical && schooling === 'S1' ? 'profession' : schooling;
	const study = isMedical ? 'medicine' : random.pick(LEADER_STUDIES);
	const dates = served(random, random.int(from, to), random.int(22, 26), AS_OF);
	const years = monthsBetween(dates.appointed, AS_OF) / 12;
	const grade = leaderGrade(echelon, years);
	const confirmed = nextYear(dates.appointed);
	return {
		...dates,
		level,
		study,
		contract: 0,
		post,
		confirmed,
		firstGrade: isMedical ? '32' : '31',
		grade,
		gradeSince: promoted(random, confirmed),
		postSince: later(confirmed, monthsAgo(random.int(1, 60)))
	};
}

function servantCareer(random: Random, start: Start, senior: boolean): Career {
	const age = senior
		? random.int(43, 58)
		: start.ladder === 'expert' && random.chance(0.05)
			? random.int(58, 59)
			: workingAge(random);
	const [young, old] = ENTRY_AGES[start.level];
	const entryAge = Math.min(random.int(young, senior ? young + 5 : old), Math.max(young, age - 3));
	const dates = served(random, Math.max(age, entryAge + 3), entryAge, '2025-03-01');
	const years = monthsBetween(dates.appointed, AS_OF) / 12;
	const firstGrade = entryGrade(start.level, start.teacher);
	const grade = gradeAfter(firstGrade, years - random.next(), start.level, start.ladder);
	const confirmed = nextYear(dates.appointed);
	const gradeSince = grade === firstGrade ? dates.appointed : promoted(random, confirmed);
	return {
		...dates,
		level: start.level,
		study: start.study,
		contract: 0,
		post: postName(start, grade),
		confirmed,
		firstGrade,
		grade,
		gradeSince,
		postSince: start.ladder === 'general' ? someMonth(random, confirmed) : later(confirmed, gradeSince)
	};
}

function candidateCareer(random: Random, start: Start): Career {
	const [young, old] = ENTRY_AGES[start.level];
	const appointed = random.pick(['2026-01-01', '2026-02-01', '2026-03-01']);
	const birthDate = bornAt(random, random.int(Math.max(young, 21), old));
	const grade = entryGrade(start.level, start.teacher);
	return {
		birthDate,
		appointed,
		level: start.level,
		study: start.study,
		contract: 0,
		post: postName(start, grade),
		confirmed: null,
		firstGrade: grade,
		grade,
		gradeSince: appointed,
		postSince: appointed
	};
}

function contractCareer(random: Random, start: Start): Career {
	const year = random.weighted<number>([
		[2021, 1],
		[2022, 3],
		[2023, 3],
		[2024, 2.5],
		[2025, 2]
	]);
	const appointed = isoDate(year, random.pick([2, 3, 4, 5, 6]), 1);
	const [young] = ENTRY_AGES[start.level];
	const entryAge = random.int(Math.max(young, 21), 48);
	const birthDate = bornAt(random, Math.min(57, entryAge + 2026 - year));
	const grade = start.teacher ? 'IX' : PPPK_GRADES[start.level];
	const first = start.ladder === 'expert' ? 'Ahli Pertama' : start.level === 'SMA' ? 'Pemula' : 'Terampil';
	return {
		birthDate,
		appointed,
		level: start.level,
		study: start.study,
		confirmed: null,
		contract: random.chance(0.03) ? 2 : 1,
		post: start.ladder === 'general' ? start.name : `${start.name} ${first}`,
		firstGrade: grade,
		grade,
		gradeSince: appointed,
		postSince: appointed
	};
}

/** Two waves of hiring: many in their thirties, and the generation before them that retires soon. */
function workingAge(random: Random): number {
	return random.chance(0.55) ? random.int(26, 45) : random.int(38, 57);
}

/** Birth and first day of service for that age today and at entry; nobody was hired in the freeze of 2015-2017. */
function served(random: Random, age: number, entryAge: number, latest: string): Dates {
	const birthDate = bornAt(random, age);
	const year = yearOf(birthDate) + entryAge;
	const open = year === 2015 ? 2014 : year === 2016 || year === 2017 ? year + 2 : year;
	return { birthDate, appointed: earlier(latest, isoDate(open, random.pick([1, 2, 3, 3, 4, 12]), 1)) };
}

/** A birth date that makes the person exactly that many years old on the day of the export. */
function bornAt(random: Random, age: number): string {
	const birthDate = shifted(isoDate(yearOf(AS_OF) - age, monthOf(AS_OF), 1), -random.int(0, 364));
	return ageAt(birthDate, AS_OF) === age ? birthDate : shifted(birthDate, 1);
}

function nextYear(date: string): string {
	return isoDate(yearOf(date) + 1, monthOf(date), 1);
}

function monthsAgo(months: number): string {
	return isoDate(yearOf(LAST_EXPORT_MONTH), monthOf(LAST_EXPORT_MONTH) - months, 1);
}

/** Promotions take effect on 1 April and 1 October; the last one lies at most four years back. */
function promoted(random: Random, confirmed: string): string {
	return later(confirmed, isoDate(random.int(2023, 2026), random.pick([4, 10]), 1));
}

function someMonth(random: Random, since: string): string {
	return monthsAgo(random.int(0, Math.max(0, monthsBetween(since, LAST_EXPORT_MONTH))));
}
