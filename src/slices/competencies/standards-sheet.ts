import { isPostLevel } from '#kernel/posts.ts';
import { POST_KINDS, type PostScope, type RequiredRule } from './model.ts';
import { readColumns, type SheetProblem, type SheetRow } from './sheet.ts';

/** The first six are read; the others are for whoever reads the sheet. */
export const STANDARD_COLUMNS = [
	'JABATAN',
	'JENIS_UNIT',
	'JENJANG',
	'JENIS_JABATAN',
	'KOMPETENSI',
	'LEVEL',
	'NAMA_KOMPETENSI',
	'DASAR_HUKUM',
	'BERLAKU_MULAI'
] as const;
const READ = STANDARD_COLUMNS.slice(0, 6);

/** In the column KOMPETENSI: all managerial and sociocultural competencies. */
const ALL = 'SEMUA';

const KIND_WORDS: Record<(typeof POST_KINDS)[number], string> = {
	structural: 'STRUKTURAL',
	functional: 'FUNGSIONAL',
	general: 'PELAKSANA'
};
const isKind = (kind: string): kind is keyof typeof KIND_WORDS => Object.hasOwn(KIND_WORDS, kind);

type Named = { id: string; code: string; name: string };

/** Rules as cells under `STANDARD_COLUMNS`. */
export function standardCells(
	rules: readonly Omit<RequiredRule, 'standardId' | 'validTo'>[],
	competencies: readonly Named[]
): string[][] {
	const byId = new Map(competencies.map((one) => [one.id, one]));
	return rules.map((rule) => [
		rule.postTitle ?? '',
		rule.unitKind ?? '',
		rule.postLevel ?? '',
		rule.postKind !== null && isKind(rule.postKind) ? KIND_WORDS[rule.postKind] : '',
		rule.competencyId === null ? ALL : (byId.get(rule.competencyId)?.code ?? ''),
		String(rule.level),
		rule.competencyId === null ? '' : (byId.get(rule.competencyId)?.name ?? ''),
		rule.legalBasis,
		rule.validFrom
	]);
}

export type SheetRule = PostScope & { row: number; competencyId: string | null; level: number };

/** One text for the posts and the competency that a rule is about, whatever case its title is written in. */
export const aboutOf = (rule: PostScope & { competencyId: string | null }): string =>
	[rule.postTitle?.toLowerCase(), rule.unitKind, rule.postLevel, rule.postKind, rule.competencyId].join('|');

/**
 * Reads a sheet of standards. Told cell by cell: not exactly one of title, level and kind of post; a level or kind that
 * does not exist; a kind of unit that no unit has; a competency that no dictionary in force or in preparation has; a
 * level out of 0 to 5; the same twice. Level 0 says "not asked" and needs a competency.
 */
export function readStandards(
	rows: readonly SheetRow[],
	known: { competencies: readonly Named[]; unitKinds: readonly string[] }
): { rules: SheetRule[]; problems: SheetProblem[]; missing: string[] } {
	const table = readColumns(rows, READ, ['KOMPETENSI', 'LEVEL']);
	const byCode = new Map(known.competencies.map((one) => [one.code.toUpperCase(), one.id]));
	const problems: SheetProblem[] = [];
	const met = new Map<string, number>();
	const rules = table.rows.map(({ row, cell }) => {
		const wrong = (column: (typeof READ)[number], reason: string, params = {}) =>
			void problems.push({
				row,
				column,
				value: cell(column).slice(0, 200),
				code: `competencies.sheet.${reason}`,
				params
			});
		// A spreadsheet drops the nought of '06' when the cell is a number.
		const level = cell('JENJANG') === '' ? null : cell('JENJANG').padStart(2, '0');
		if (level !== null && !isPostLevel(level)) wrong('JENJANG', 'postLevel');
		const kindWord = cell('JENIS_JABATAN').toUpperCase();
		const kind = kindWord === '' ? null : (POST_KINDS.find((one) => KIND_WORDS[one] === kindWord) ?? null);
		if (kindWord !== '' && kind === null) wrong('JENIS_JABATAN', 'postKind');
		const title = cell('JABATAN') === '' ? null : cell('JABATAN');
		if ([title, level, kindWord === '' ? null : kindWord].filter((one) => one !== null).length !== 1)
			wrong('JABATAN', 'oneScope');
		const unitKind = cell('JENIS_UNIT') === '' ? null : cell('JENIS_UNIT').toLowerCase();
		if (unitKind !== null && !known.unitKinds.includes(unitKind))
			wrong('JENIS_UNIT', 'unitKind', { kinds: known.unitKinds.slice(0, 12).join(', ') });
		const code = cell('KOMPETENSI').toUpperCase();
		const competencyId = code === ALL ? null : (byCode.get(code) ?? null);
		if (code !== ALL && competencyId === null) wrong('KOMPETENSI', 'competency');
		const asked = Number(cell('LEVEL'));
		if (cell('LEVEL') === '' || !Number.isInteger(asked) || asked < 0 || asked > 5)
			wrong('LEVEL', 'levelAsked');
		else if (asked === 0 && code === ALL) wrong('LEVEL', 'zeroForOne');
		const rule = {
			row,
			postTitle: title,
			unitKind,
			postLevel: level,
			postKind: kind,
			competencyId,
			level: asked
		};
		const about = aboutOf(rule);
		const other = met.get(about);
		if (other !== undefined) wrong('KOMPETENSI', 'ruleTwice', { row: other });
		met.set(about, row);
		return rule;
	});
	return { rules, problems, missing: table.missing };
}

export type RuleDifference = {
	rule: SheetRule;
	kind: 'new' | 'changed' | 'same';
	before: RequiredRule | null;
};

/** What a sheet would change of the rules in force. What it does not name stays in force: nothing ends by being left out. */
export function differences(inForce: readonly RequiredRule[], sheet: readonly SheetRule[]): RuleDifference[] {
	const known = new Map(inForce.map((rule) => [aboutOf(rule), rule]));
	return sheet.map((rule) => {
		const before = known.get(aboutOf(rule)) ?? null;
		const kind = before === null ? 'new' : before.level === rule.level ? 'same' : 'changed';
		return { rule, kind, before };
	});
}
