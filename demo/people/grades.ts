import type { Echelon } from './model.ts';
import type { Level } from './studies.ts';

/** Golongan ids of PNS as SIASN writes them (domain.md §10.2): 11 = I/a … 34 = III/d, 41 … 45 = IV/a … IV/e. */
export const PNS_GRADES = [
	'11',
	'12',
	'13',
	'14',
	'21',
	'22',
	'23',
	'24',
	'31',
	'32',
	'33',
	'34',
	'41',
	'42',
	'43',
	'44',
	'45'
] as const;

export type PnsGrade = (typeof PNS_GRADES)[number];

/** PPPK have golongan I..XVII and no pangkat; their Roman numeral is id and name at once. */
export const PPPK_GRADES: Readonly<Record<Level, string>> = {
	SD: 'I',
	SMP: 'IV',
	SMA: 'V',
	D3: 'VII',
	S1: 'IX',
	profession: 'X',
	S2: 'X',
	S3: 'XI'
};

const ENTRY: Readonly<Record<Level, PnsGrade>> = {
	SD: '11',
	SMP: '13',
	SMA: '21',
	D3: '23',
	S1: '31',
	profession: '32',
	S2: '31',
	S3: '31'
};

/** How far a pelaksana may rise with that schooling; functional posts go further. */
const GENERAL_CEILING: Readonly<Record<Level, PnsGrade>> = {
	SD: '21',
	SMP: '23',
	SMA: '32',
	D3: '33',
	S1: '34',
	profession: '34',
	S2: '41',
	S3: '41'
};

const STRUCTURAL: Readonly<Record<Echelon, readonly [PnsGrade, PnsGrade]>> = {
	'21': ['43', '44'],
	'22': ['42', '43'],
	'31': ['41', '42'],
	'32': ['34', '41'],
	'41': ['33', '34'],
	'42': ['32', '33']
};

const YEARS_A_STEP = 4;
const FAST_YEARS_A_STEP = 3.5;

/** "III/a" for 31; a Roman PPPK grade stays as it is. */
export function gradeName(grade: string): string {
	const [group, room] = [Number(grade[0]), Number(grade[1])];
	if (!Number.isInteger(group) || !Number.isInteger(room)) return grade;
	return `${['', 'I', 'II', 'III', 'IV'][group]}/${'abcde'[room - 1]}`;
}

export function entryGrade(level: Level, isTeacher: boolean): PnsGrade {
	return isTeacher && level === 'profession' ? '31' : ENTRY[level];
}

/** Regular promotion, one step in four years, up to what schooling and kind of post allow. */
export function gradeAfter(
	entry: PnsGrade,
	years: number,
	level: Level,
	ladder: 'general' | 'skilled' | 'expert'
): PnsGrade {
	const ceiling = ladder === 'expert' ? '43' : ladder === 'skilled' ? '34' : GENERAL_CEILING[level];
	const risen = rankOf(entry) + Math.max(0, Math.floor(years / YEARS_A_STEP));
	return PNS_GRADES[Math.min(risen, rankOf(ceiling))] ?? entry;
}

/** A leader's grade: within the echelon's range, the higher one for whoever has served long enough. */
export function leaderGrade(echelon: Echelon, years: number): PnsGrade {
	const [low, high] = STRUCTURAL[echelon];
	return (rankOf(high) - rankOf('31')) * FAST_YEARS_A_STEP <= years ? high : low;
}

/** Jenjang of a functional post by grade (PermenPANRB 1/2023). */
export function expertLevel(grade: PnsGrade): string {
	const rank = rankOf(grade);
	if (rank >= rankOf('44')) return 'Ahli Utama';
	if (rank >= rankOf('41')) return 'Ahli Madya';
	return rank >= rankOf('33') ? 'Ahli Muda' : 'Ahli Pertama';
}

export function skilledLevel(grade: PnsGrade): string {
	const rank = rankOf(grade);
	if (rank >= rankOf('33')) return 'Penyelia';
	if (rank >= rankOf('31')) return 'Mahir';
	return rank >= rankOf('23') ? 'Terampil' : 'Pemula';
}

function rankOf(grade: PnsGrade): number {
	return PNS_GRADES.indexOf(grade);
}
