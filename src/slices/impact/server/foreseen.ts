import { invalid, invalidField } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Problem } from '../measurements.ts';

// What lines of a file would do to the figures that stand, whether they are of units or of people.

/** Problems shown of a file; whoever has more mends these first. All of them are in the list to download. */
const SHOWN_PROBLEMS = 100;
const LISTED_PROBLEMS = 5000;
const SHOWN_CHANGES = 20;

type Figure = { period: CivilDate; value: number };
/** Whose figure a row is. */
type Whose<Row> = (row: Row) => string;

/** Rows that are new, and those that stand with another value. */
export type Against<Row> = { added: Row[]; changed: (Row & { old: number })[] };

/** As the database keeps them: four decimals. */
const kept = (value: number): number => Math.round(value * 10_000) / 10_000;

export function against<Row extends Figure>(
	rows: readonly Row[],
	standing: readonly Row[],
	whose: Whose<Row>
): Against<Row> {
	const keyOf = (row: Row): string => `${whose(row)} ${row.period}`;
	const before = new Map(standing.map((row) => [keyOf(row), row.value]));
	const found: Against<Row> = { added: [], changed: [] };
	for (const row of rows) {
		const old = before.get(keyOf(row));
		if (old === undefined) found.added.push(row);
		else if (old !== kept(row.value)) found.changed.push({ ...row, old });
	}
	return found;
}

/** What the rows would do, for the screen that asks before it is done. */
export function foreseen<Row extends Figure>(
	good: readonly Row[],
	{ added, changed }: Against<Row>,
	{
		problems,
		whose,
		nameOf,
		text
	}: { problems: readonly Problem[]; whose: Whose<Row>; nameOf: (id: string) => string; text: () => string }
) {
	return {
		problems: problems.slice(0, SHOWN_PROBLEMS),
		problemCount: problems.length,
		added: added.length,
		same: good.length - changed.length - added.length,
		changedCount: changed.length,
		changed: changed.slice(0, SHOWN_CHANGES).map((row) => ({
			period: row.period,
			value: row.value,
			old: row.old,
			unit: nameOf(whose(row))
		})),
		units: new Set(good.map(whose)).size,
		months: new Set(good.map(({ period }) => period)).size,
		/** The lines that can be read, to be sent back for recording; empty when some cannot. */
		text: problems.length > 0 ? '' : text()
	};
}

/** Every wrong line as typed, to be mended and sent alone. */
export function wrongLines<Typed extends { line?: number | undefined }>(
	rows: readonly Typed[],
	problems: readonly Problem[]
): Typed[] {
	const typed = new Map(rows.map((row, index) => [row.line ?? index + 1, row]));
	const lines = new Set(problems.slice(0, LISTED_PROBLEMS).map(({ line }) => line));
	return [...lines].flatMap((line) => typed.get(line) ?? []);
}

/** Refuses, line by line, what cannot be read; `list` is the field that the lines stand in. */
export function refuseLines(problems: readonly Problem[], list = 'rows'): void {
	if (problems.length === 0) return;
	throw invalid(
		problems
			.slice(0, SHOWN_PROBLEMS)
			.map(({ line, code, params }) => ({ path: `${list}.${line}`, code, params }))
	);
}

/** Refuses: a correction without a reason. */
export function refuseUnexplained({ changed }: Against<Figure>, reason: string | undefined): void {
	if (changed.length > 0 && reason === undefined) throw invalidField('reason', 'impact.field.reason');
}
