import { LEVELS, type DictionaryKind, type Edition, type Family, type LevelText } from './model.ts';
import { readColumns, type ReadRow, type SheetProblem, type SheetRow } from './sheet.ts';

/** Columns of the sheet, one row a level; what belongs to the competency stands in each of its rows. */
export const DICTIONARY_COLUMNS = [
	'KODE',
	'KODE_LAMA',
	'RUMPUN',
	'URUSAN',
	'NAMA',
	'NAMA_INGGRIS',
	'DEFINISI',
	'LEVEL',
	'JUDUL_LEVEL',
	'INDIKATOR'
] as const;
type Column = (typeof DICTIONARY_COLUMNS)[number];

const FAMILY_WORDS: Record<Family, string> = {
	managerial: 'MANAJERIAL',
	sociocultural: 'SOSIAL KULTURAL',
	technical: 'TEKNIS'
};

/** The dictionary as cells under `DICTIONARY_COLUMNS`; behaviours stand one a line in their cell. */
export const dictionaryCells = (editions: readonly Edition[]): string[][] =>
	editions.flatMap(({ code, family, area, name, nameEn, definition, levels }) =>
		levels.map(({ level, headline, indicators }) => [
			code,
			'',
			FAMILY_WORDS[family],
			area ?? '',
			name,
			nameEn,
			definition,
			String(level),
			headline,
			indicators.join('\n')
		])
	);

/** A competency as a sheet describes it; `oldCode` names the one it was, when its code changed. */
export type SheetCompetency = Omit<Edition, 'competencyId'> & { oldCode: string | null; row: number };

/**
 * Reads a sheet of a dictionary. What is wrong is told cell by cell: a code out of form or under two names, a group that
 * does not belong to this dictionary, a level missing, twice or out of 1 to 5, a level without behaviours.
 */
export function readDictionary(
	rows: readonly SheetRow[],
	kind: DictionaryKind
): { competencies: SheetCompetency[]; problems: SheetProblem[]; missing: string[] } {
	const table = readColumns(rows, DICTIONARY_COLUMNS, [
		'KODE',
		'NAMA',
		'DEFINISI',
		'LEVEL',
		'JUDUL_LEVEL',
		'INDIKATOR'
	]);
	const problems: SheetProblem[] = [];
	const groups = Map.groupBy(table.rows, ({ cell }) => cell('KODE').toUpperCase());
	const competencies = [...groups].flatMap(([code, group]) => {
		const read = readOne(code, group, kind, problems);
		return read === null ? [] : [read];
	});
	return { competencies, problems, missing: table.missing };
}

function readOne(
	code: string,
	group: readonly ReadRow<Column>[],
	kind: DictionaryKind,
	problems: SheetProblem[]
): SheetCompetency | null {
	const first = group[0];
	if (first === undefined) return null;
	const wrong = ({ row, cell }: ReadRow<Column>, column: Column, reason: string, params = {}) =>
		void problems.push({
			row,
			column,
			value: cell(column).slice(0, 200),
			code: `competencies.sheet.${reason}`,
			params
		});
	if (!/^[A-Z0-9][A-Z0-9.-]{0,19}$/.test(code)) wrong(first, 'KODE', 'code');
	for (const column of ['NAMA', 'DEFINISI', 'RUMPUN', 'URUSAN', 'KODE_LAMA', 'NAMA_INGGRIS'] as const)
		for (const one of group)
			if (one.cell(column) !== first.cell(column))
				wrong(one, column, 'differs', { code, first: first.cell(column).slice(0, 60) });
	const name = first.cell('NAMA');
	if (name.length < 2 || name.length > 200) wrong(first, 'NAMA', 'name');
	const definition = first.cell('DEFINISI');
	if (definition.length < 10 || definition.length > 2000) wrong(first, 'DEFINISI', 'definition');
	const family = familyWord(first.cell('RUMPUN'), kind);
	if (family === null) wrong(first, 'RUMPUN', `family.${kind}`);
	const levels = new Map<number, LevelText>();
	for (const one of group) {
		const level = Number(one.cell('LEVEL'));
		const indicators = one
			.cell('INDIKATOR')
			.split('\n')
			.map((line) => line.trim())
			.filter((line) => line !== '');
		if (!LEVELS.some((known) => known === level)) wrong(one, 'LEVEL', 'level');
		else if (levels.has(level)) wrong(one, 'LEVEL', 'levelTwice', { level });
		if (one.cell('JUDUL_LEVEL').length < 3) wrong(one, 'JUDUL_LEVEL', 'headline');
		if (indicators.length === 0) wrong(one, 'INDIKATOR', 'indicators');
		levels.set(level, { level, headline: one.cell('JUDUL_LEVEL'), indicators });
	}
	const absent = LEVELS.filter((level) => !levels.has(level));
	if (absent.length > 0) wrong(first, 'LEVEL', 'levelsMissing', { levels: absent.join(', ') });
	return {
		row: first.row,
		code,
		oldCode: first.cell('KODE_LAMA').toUpperCase() || null,
		family: family ?? 'technical',
		area: kind === 'technical' ? first.cell('URUSAN') || null : null,
		name,
		nameEn: first.cell('NAMA_INGGRIS'),
		definition,
		levels: LEVELS.flatMap((level) => levels.get(level) ?? [])
	};
}

/** An empty cell is fine where the dictionary has one group only. */
function familyWord(cell: string, kind: DictionaryKind): Family | null {
	const word = cell.toUpperCase().replace(/[^A-Z]+/g, ' ');
	if (kind === 'technical') return word === '' || word === FAMILY_WORDS.technical ? 'technical' : null;
	if (word === FAMILY_WORDS.managerial) return 'managerial';
	return word === FAMILY_WORDS.sociocultural ? 'sociocultural' : null;
}

/** Stands for the identity that a competency of a file will get when it is applied. */
export const newIdentity = (code: string): string => `new ${code}`;

/**
 * The competencies of a sheet as editions of those that are known: by the old code where one is given, else by the
 * code. An English name or a field of work that the sheet leaves out stays as it was. Tells old codes that nothing has, and two rows that mean the same competency.
 */
export function matchSheet(
	known: readonly Edition[],
	sheet: readonly SheetCompetency[]
): { editions: Edition[]; problems: SheetProblem[] } {
	const byCode = new Map(known.map((edition) => [edition.code, edition]));
	const problems: SheetProblem[] = [];
	const met = new Map<string, string>();
	const editions = sheet.map(({ oldCode, row, ...edition }) => {
		const before = byCode.get(oldCode ?? edition.code);
		const competencyId = before?.competencyId ?? newIdentity(edition.code);
		const told = { row, column: 'KODE_LAMA', value: oldCode ?? '' };
		if (oldCode !== null && !byCode.has(oldCode))
			problems.push({ ...told, code: 'competencies.sheet.oldCode', params: { code: oldCode } });
		const other = met.get(competencyId);
		if (other !== undefined)
			problems.push({ ...told, code: 'competencies.sheet.sameTwice', params: { code: edition.code, other } });
		met.set(competencyId, edition.code);
		const nameEn = edition.nameEn || (before?.nameEn ?? edition.name);
		return { ...edition, nameEn, area: edition.area ?? before?.area ?? null, competencyId };
	});
	return { editions, problems };
}
