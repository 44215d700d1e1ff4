/** Rows of the version editor as they stand in the form: what was typed, not yet what it means. */
export type ModuleTyped = { id: string; name: string; learningHours: string; mode: string };
export type OutcomeTyped = { id: string; statement: string; competencyId: string; level: string };
export type Typed = { modules: ModuleTyped[]; outcomes: OutcomeTyped[] };

export type RowAction = { what: 'add' | 'remove' | 'up'; list: 'modules' | 'outcomes'; row: number };

export const emptyModule = (): ModuleTyped => ({ id: '', name: '', learningHours: '', mode: 'class' });
export const emptyOutcome = (): OutcomeTyped => ({ id: '', statement: '', competencyId: '', level: '' });

/** `remove:modules:2` as a submit button says it; null for anything else. */
export function rowAction(text: string): RowAction | null {
	const [, what, list, row] = /^(add|remove|up):(modules|outcomes):(\d+)$/.exec(text) ?? [];
	if ((what !== 'add' && what !== 'remove' && what !== 'up') || (list !== 'modules' && list !== 'outcomes'))
		return null;
	return { what, list, row: Number(row) };
}

function moved<Row>(rows: readonly Row[], action: RowAction, empty: () => Row): Row[] {
	if (action.what === 'add') return [...rows, empty()];
	if (action.what === 'remove') return rows.filter((_, index) => index !== action.row);
	const lifted = rows[action.row];
	const above = rows[action.row - 1];
	if (lifted === undefined || above === undefined) return [...rows];
	return rows.map((row, index) => (index === action.row ? above : index === action.row - 1 ? lifted : row));
}

/** The rows after a row was added, removed or moved up; nothing is saved by it. */
export const changedRows = (typed: Typed, action: RowAction): Typed =>
	action.list === 'modules'
		? { ...typed, modules: moved(typed.modules, action, emptyModule) }
		: { ...typed, outcomes: moved(typed.outcomes, action, emptyOutcome) };

/** Rows from the fields of a form (`modules.0.name`), in the order of their numbers. */
export function typedRows(fields: Iterable<readonly [name: string, value: string]>): Typed {
	const modules = new Map<number, ModuleTyped>();
	const outcomes = new Map<number, OutcomeTyped>();
	for (const [name, value] of fields) {
		const [, list, number, key] = /^(modules|outcomes)\.(\d{1,4})\.(\w+)(?::number)?$/.exec(name) ?? [];
		const row = Number(number);
		if (list === 'modules') modules.set(row, withField(modules.get(row) ?? emptyModule(), key, value));
		else if (list === 'outcomes')
			outcomes.set(row, withField(outcomes.get(row) ?? emptyOutcome(), key, value));
	}
	const ordered = <Row>(rows: Map<number, Row>) => [...rows].sort(([a], [b]) => a - b).map(([, row]) => row);
	return { modules: ordered(modules), outcomes: ordered(outcomes) };
}

const withField = <Row extends object>(row: Row, key: string | undefined, value: string): Row =>
	key !== undefined && Object.hasOwn(row, key) ? { ...row, [key]: value } : row;

/** The fields of a form again, for the draft kept on the device and for giving back what was typed. */
export function fieldsOfRows(typed: Typed): [name: string, value: string][] {
	return [
		...typed.modules.flatMap((row, index) =>
			Object.entries(row).map(([key, value]): [string, string] => [`modules.${index}.${key}`, value])
		),
		...typed.outcomes.flatMap((row, index) =>
			Object.entries(row).map(([key, value]): [string, string] => [`outcomes.${index}.${key}`, value])
		)
	];
}
