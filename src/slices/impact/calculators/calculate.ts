import type { TableRow } from '../measurements.ts';
import type { Calculated, Calculator, Circumstances } from './calculator.ts';
import { queueResults } from './queue.ts';
import { countResults, predicateResults } from './share.ts';
import { surveyResults } from './survey.ts';

const HOW: Record<Calculator, (table: readonly TableRow[], of: Circumstances) => Calculated> = {
	survey: surveyResults,
	queue: queueResults,
	predicate: predicateResults,
	count: countResults
};

/** Measurements out of a table, and every line that cannot be counted; problems in the order of lines. */
export function calculate(calculator: Calculator, table: readonly TableRow[], of: Circumstances): Calculated {
	const { results, problems } = HOW[calculator](table, of);
	return { results, problems: problems.sort((a, b) => a.line - b.line) };
}
