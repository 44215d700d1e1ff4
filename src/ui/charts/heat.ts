export type HeatCell = {
	/** Null: nothing measured. */
	value: number | null;
	/** Too few people to show; carries no number at all. */
	suppressed?: boolean;
	/** How sure the number is, 0.5 (nobody knows) to 1 (certain). */
	certainty?: number;
	/** People behind it. */
	n?: number;
	href?: string;
};

/** A row or a column of the map. */
export type HeatSide = { key: string; label: string; href?: string };

export type PlacedCell = { row: HeatSide; column: HeatSide; cell: HeatCell };

export const NOTHING: HeatCell = { value: null };

/** Every cell of the map, row by row; what nobody knows of is nothing measured. */
export const cellsOf = (
	rows: readonly HeatSide[],
	columns: readonly HeatSide[],
	cell: (row: string, column: string) => HeatCell | undefined
): PlacedCell[] =>
	rows.flatMap((row) =>
		columns.map((column) => ({ row, column, cell: cell(row.key, column.key) ?? NOTHING }))
	);

/** Cells that show a number, the largest first; suppressed ones are not even counted. */
export const largestFirst = (cells: readonly PlacedCell[]): (PlacedCell & { value: number })[] =>
	cells
		.flatMap((one) =>
			one.cell.value === null || one.cell.suppressed ? [] : [{ ...one, value: one.cell.value }]
		)
		.sort((a, b) => b.value - a.value);

export const MARKS = ['unsure', 'likely', 'sure'] as const;
export type Mark = (typeof MARKS)[number];

/** A ring, half or wholly filled: below two of three nobody knows, from four of five on it is sure. */
export const markOf = (certainty: number): Mark =>
	certainty >= 0.8 ? 'sure' : certainty >= 2 / 3 ? 'likely' : 'unsure';

/** The legend: what each shade stands for, lightest first. */
export const shadesOf = (thresholds: readonly number[], write: (value: number) => string): string[] => [
	`< ${write(thresholds[0] ?? 0)}`,
	...thresholds.map((from, index) => {
		const to = thresholds[index + 1];
		return to === undefined ? `≥ ${write(from)}` : `${write(from)} – ${write(to)}`;
	})
];
