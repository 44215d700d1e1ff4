import type { Facts } from '#kernel/errors.ts';
import { AppError } from '#kernel/errors.ts';
import { shapeNamed } from './shape.ts';
import type { Sheet } from './sheet.ts';

/**
 * One thing that is wrong with a cell, or (with `warning`) odd enough to look at. `code` is the message key of the
 * reason; the key of how to mend it is the code with `.mend` behind it. `value` is the cell as the file shows it.
 */
export type Problem = { column: string; value: string; code: string; params: Facts; warning?: true };

/** A row of a file, read; where it says several things, one of them: these follow each other. A row with an error carries no data but what it takes to recognise whose row it is. */
export type CheckedRow<Data> = {
	row: number;
	label: string;
	wrong: boolean;
	problems: Problem[];
	data: Data | null;
	/** SIASN id and NIP as far as they could be read, to know who is missing from the file and who is only misspelt. */
	ids: { external_id: string | null; nip?: string | null };
};

/** Values that a spreadsheet shows when its formula failed. */
const CELL_ERROR = /^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!)$/;

/** What a spreadsheet makes of a long number; Indonesian ones write the decimal comma. The digits are gone. */
const SCIENTIFIC = /^\d([.,]\d+)?E\+\d+$/i;

const SPOILT: ReadonlySet<string> = new Set(['people.import.cellError', 'people.import.scientificNotation']);

/** Reads the cells of one row by column, and gathers what is wrong with them. */
export function rowReader(sheet: Sheet) {
	const places = new Map(sheet.columns.map(({ name }, at) => [name, at]));
	const ids = (shapeNamed(sheet.kind)?.columns ?? []).filter(({ id }) => id).map(({ name }) => name);
	return (cells: readonly string[]) => {
		const problems: Problem[] = [];
		const cell = (column: string): string => cells[places.get(column) ?? -1] ?? '';
		const report = (column: string, code: string, params: Facts = {}, warning = false) => {
			// A value that a spreadsheet spoilt is wrong in every other way too; one reason is enough.
			if (problems.some((known) => known.column === column && SPOILT.has(known.code))) return;
			problems.push({
				column,
				value: cell(column).slice(0, 200),
				code,
				params,
				...(warning ? { warning: true as const } : {})
			});
		};
		for (const [column, at] of places)
			if (CELL_ERROR.test(cells[at] ?? '')) report(column, 'people.import.cellError');
		for (const column of ids)
			if (SCIENTIFIC.test(cell(column))) report(column, 'people.import.scientificNotation');
		return {
			problems,
			cell,
			/** The cell without SIASN ids' differences of case. */
			id: (column: string): string => cell(column).toLowerCase(),
			report,
			warn: (column: string, code: string, params: Facts = {}) => report(column, code, params, true),
			wrong: () => problems.some((problem) => !problem.warning),
			has: (column: string): boolean => places.has(column)
		};
	};
}

export type RowReader = ReturnType<ReturnType<typeof rowReader>>;

/** A sheet of another kind than expected is a slip that deserves its own sentence. */
export function expectKind(sheet: Sheet, kind: string): void {
	if (sheet.kind !== kind) throw new AppError('invalid', 'people.import.otherKind');
}

/** A row as it was read; one with an error carries no data. */
export const checkedRow = <Data>(
	of: RowReader,
	row: number,
	{ label, ids, data }: { label: string; ids: CheckedRow<Data>['ids']; data: Data | null }
): CheckedRow<Data> => {
	const wrong = of.wrong() || data === null;
	return { row, label: label.slice(0, 160), wrong, problems: of.problems, data: wrong ? null : data, ids };
};
