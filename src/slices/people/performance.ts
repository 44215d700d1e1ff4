/**
 * Rating of work results or behaviour against what was expected: 1 above, 2 as expected, 3 below (SIASN's codes).
 * Predicates: 1 Sangat Baik, 2 Baik, 3 Butuh Perbaikan, 4 Kurang, 5 Sangat Kurang.
 */
export type Rating = 1 | 2 | 3;
export type Predicate = 1 | 2 | 3 | 4 | 5;

/** Rows: work results 1, 2, 3; columns: behaviour 1, 2, 3. @law PermenPANRB 6/2022, annex (quadrants) */
const MATRIX: Readonly<Record<Rating, Readonly<Record<Rating, Predicate>>>> = {
	1: { 1: 1, 2: 2, 3: 4 },
	2: { 1: 2, 2: 2, 3: 4 },
	3: { 1: 3, 2: 3, 3: 5 }
};

export const predicateOf = (work: Rating, behaviour: Rating): Predicate => MATRIX[work][behaviour];

const PREDICATES: readonly (readonly [RegExp, Predicate])[] = [
	[/^(1|sangat baik|istimewa)$/, 1],
	[/^(2|baik)$/, 2],
	[/^(3|butuh perbaikan|cukup)$/, 3],
	[/^(4|kurang|misconduct|kurang misconduct)$/, 4],
	[/^(5|sangat kurang)$/, 5]
];
const RATINGS: readonly (readonly [RegExp, Rating])[] = [
	[/^(1|(di ?)?atas( ekspektasi)?)$/, 1],
	[/^(2|sesuai( ekspektasi)?)$/, 2],
	[/^(3|(di ?)?bawah( ekspektasi)?)$/, 3]
];

const plain = (text: string): string =>
	text
		.toLowerCase()
		.replace(/\.0+$/, '')
		.replace(/[^a-z0-9]+/g, ' ')
		.trim();

/** A predicate or a rating as files write it, in words or as SIASN's code; null for anything else. */
export const readPredicate = (text: string): Predicate | null =>
	PREDICATES.find(([word]) => word.test(plain(text)))?.[1] ?? null;
export const readRating = (text: string): Rating | null =>
	RATINGS.find(([word]) => word.test(plain(text)))?.[1] ?? null;

const MONTHS = [
	['januari', 'jan'],
	['februari', 'feb', 'pebruari'],
	['maret', 'mar'],
	['april', 'apr'],
	['mei'],
	['juni', 'jun'],
	['juli', 'jul'],
	['agustus', 'agu', 'agt'],
	['september', 'sep', 'sept'],
	['oktober', 'okt'],
	['november', 'nov', 'nopember'],
	['desember', 'des']
];
const QUARTERS = ['i', 'ii', 'iii', 'iv'];

/** 'Tahunan' or empty → 'year'; 'Triwulan II', 'TW 2' → 'q2'; 'Maret' → 'm03'; null for anything else. */
export function readPeriod(text: string): string | null {
	const words = plain(text)
		.replace(/\b20\d\d\b/, '')
		.trim();
	if (/^(tahun(an)?|setahun|akhir tahun|annual)?$/.test(words)) return 'year';
	const quarter = /^(?:triwulan|tri wulan|tw|q)\s*(\d|i{1,3}|iv)$/.exec(words)?.[1];
	if (quarter !== undefined) {
		const number = /\d/.test(quarter) ? Number(quarter) : QUARTERS.indexOf(quarter) + 1;
		return number >= 1 && number <= 4 ? `q${number}` : null;
	}
	const named = MONTHS.findIndex((names) => names.includes(words.replace(/^bulan(an)? /, '')));
	const month = named >= 0 ? named + 1 : Number(/^bulan(?:an)? (\d{1,2})$/.exec(words)?.[1] ?? 0);
	return month >= 1 && month <= 12 ? `m${String(month).padStart(2, '0')}` : null;
}

/** Proper names of the regulation, the same in every language. */
export const PREDICATE_NAMES: Readonly<Record<Predicate, string>> = {
	1: 'Sangat Baik',
	2: 'Baik',
	3: 'Butuh Perbaikan',
	4: 'Kurang',
	5: 'Sangat Kurang'
};

/** A stored predicate by its name; what is none stays as it is. */
export const predicateName = (code: string): string =>
	Object.entries(PREDICATE_NAMES).find(([known]) => known === code)?.[1] ?? code;
