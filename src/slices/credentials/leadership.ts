/**
 * For which level of post (asn_jenjang) a leadership training was, told by its name: PKP and PIM IV for pengawas, PKA and
 * PIM III for administrator, PKN II and PIM II for JPT pratama, PKN I and PIM I for JPT madya. Null: its name does not tell.
 * @law PerLAN 5/2022 jo. 6/2022; SIASN latihan_struktural as domain.md §10.3 has it
 */
export function leadershipLevelOf(title: string): string | null {
	const words = ` ${title.toUpperCase().replace(/[^A-Z0-9]+/g, ' ')} `;
	return LEVELS.find(([name]) => name.test(words))?.[1] ?? null;
}

const TIER = '(?: TINGKAT| TK)?';
const PIM = `(?:DIKLATPIM|PIM|KEPEMIMPINAN)${TIER}`;
const PKN = `(?:PKN|KEPEMIMPINAN NASIONAL)${TIER}`;

// Numerals from the longest, so that III is not taken for I; the national ones before the plain.
const LEVELS: readonly (readonly [RegExp, string])[] = [
	[new RegExp(` ${PKN} (?:II|2) `), '03'],
	[new RegExp(` ${PKN} (?:I|1) `), '02'],
	[/ SPAMEN | SESPA | SESPANAS /, '03'],
	[/ SEPATI /, '02'],
	[/ PKA | KEPEMIMPINAN ADMINISTRATOR | SEPADYA | SPAMA /, '04'],
	[/ PKP | KEPEMIMPINAN PENGAWAS | SEPALA | ADUM /, '05'],
	[new RegExp(` ${PIM} (?:IV|4) `), '05'],
	[new RegExp(` ${PIM} (?:III|3) `), '04'],
	[new RegExp(` ${PIM} (?:II|2) `), '03'],
	[new RegExp(` ${PIM} (?:I|1) `), '02']
];

/** SIASN `latihan_struktural` id by level of post. */
const SIASN: ReadonlyMap<string, string> = new Map([
	['05', '2'],
	['04', '3'],
	['03', '4'],
	['02', '5'],
	['01', '5']
]);
export const latihanStrukturalId = (level: string): string | null => SIASN.get(level) ?? null;

/** Levels of post that have a leadership training of their own, lowest first. */
export const LEADERSHIP_LEVELS = ['05', '04', '03', '02'] as const;
