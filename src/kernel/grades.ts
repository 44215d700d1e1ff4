/** A PNS grade (golongan ruang): SIASN's id, how it is written, and the rank (pangkat) that goes with it. */
export type PnsGrade = { kind: 'PNS'; siasnId: string; name: string; rank: string };

/** A PPPK grade: a Roman numeral, without a rank. */
export type PppkGrade = { kind: 'PPPK'; name: string };

export type Grade = PnsGrade | PppkGrade;

const pns = (siasnId: string, name: string, rank: string): PnsGrade => ({ kind: 'PNS', siasnId, name, rank });

/** From the lowest to the highest. Ranks are proper names, the same in every language. domain.md §10.2 */
export const PNS_GRADES: readonly PnsGrade[] = [
	pns('11', 'I/a', 'Juru Muda'),
	pns('12', 'I/b', 'Juru Muda Tingkat I'),
	pns('13', 'I/c', 'Juru'),
	pns('14', 'I/d', 'Juru Tingkat I'),
	pns('21', 'II/a', 'Pengatur Muda'),
	pns('22', 'II/b', 'Pengatur Muda Tingkat I'),
	pns('23', 'II/c', 'Pengatur'),
	pns('24', 'II/d', 'Pengatur Tingkat I'),
	pns('31', 'III/a', 'Penata Muda'),
	pns('32', 'III/b', 'Penata Muda Tingkat I'),
	pns('33', 'III/c', 'Penata'),
	pns('34', 'III/d', 'Penata Tingkat I'),
	pns('41', 'IV/a', 'Pembina'),
	pns('42', 'IV/b', 'Pembina Tingkat I'),
	pns('43', 'IV/c', 'Pembina Utama Muda'),
	pns('44', 'IV/d', 'Pembina Utama Madya'),
	pns('45', 'IV/e', 'Pembina Utama')
];

/** I to XVII, from the lowest to the highest. */
export const PPPK_GRADES: readonly PppkGrade[] = [
	...['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX'],
	...['X', 'XI', 'XII', 'XIII', 'XIV', 'XV', 'XVI', 'XVII']
].map((name) => ({ kind: 'PPPK', name }));

const BY_TEXT: ReadonlyMap<string, Grade> = new Map<string, Grade>([
	...PNS_GRADES.flatMap((grade): [string, Grade][] => [
		[grade.siasnId, grade],
		[grade.name.toUpperCase(), grade]
	]),
	...PPPK_GRADES.map((grade): [string, Grade] => [grade.name, grade])
]);

/** A grade of a PNS among other words, also 'III-d', 'III.d' and 'IIId'. */
const AMONG_WORDS = /(?<![a-z])(iv|i{1,3})\s*[/.\-]?\s*([a-e])(?![a-z])/gi;
const folded = (rank: string): string =>
	rank
		.toUpperCase()
		.replace(/\bTK\b\.?|\bTKT\b\.?/g, 'TINGKAT ')
		.replace(/[^A-Z]/g, '');
const BY_RANK: ReadonlyMap<string, PnsGrade> = new Map(
	PNS_GRADES.map((grade) => [folded(grade.rank), grade])
);

/**
 * Reads a grade as files write it: 'III/c', 'iii / C', SIASN's '33', a PPPK numeral 'IX', with its rank ('Penata Tk.I
 * (III/d)', 'Gol. III/d') or as the rank alone. Null for anything else, and where two are named; '9' and '3c' too: digits
 * of a PPPK cannot be told from SIASN's ids of PNS.
 */
export function readGrade(text: string): Grade | null {
	const bare = text.replace(/^\s*gol(ongan)?\b\.?(\s*ruang)?[\s:.]*/i, '');
	const whole = BY_TEXT.get(bare.toUpperCase().replace(/\s+/g, '')) ?? BY_RANK.get(folded(bare));
	if (whole !== undefined) return whole;
	const found = new Set(
		[...bare.matchAll(AMONG_WORDS)].map(([, roman = '', letter = '']) => `${roman}/${letter}`.toUpperCase())
	);
	const [only] = found;
	return found.size === 1 && only !== undefined ? (BY_TEXT.get(only) ?? null) : null;
}

/** As certificates and letters write it: 'Penata (III/c)'; a PPPK's numeral alone. */
export function gradeWithRank(grade: Grade): string {
	return grade.kind === 'PNS' ? `${grade.rank} (${grade.name})` : grade.name;
}
