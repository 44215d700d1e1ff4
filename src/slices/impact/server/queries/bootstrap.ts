import { FEW_CLUSTERS, wildClusterBootstrap, type BootstrapResult } from '#kernel/statistics/fewClusters.ts';
import { panelOf } from '#kernel/statistics/panel.ts';
import type { Shown } from './findings.ts';

export type Bootstrapped = BootstrapResult;

const DRAWS = 999;
const FEWEST = 6;
const MOST_ROWS = 100_000;
const remembered = new Map<string, Bootstrapped | null>();

/**
 * Wild cluster bootstrap of the two-way estimate, where units are few: a second opinion beside the answer, which does not
 * rest on it. Of the same rows as the answer, and none where that says nothing. Some tenths of a second, so it is worked out
 * once, and for the page of one study only.
 */
export function bootstrapOf({ question, finding, key }: Shown): Bootstrapped | null {
	const { main, unitsCounted } = finding.analysis;
	const counted = new Set(unitsCounted);
	const rows = question.rows.filter(({ unit }) => counted.has(unit));
	const clusters = new Set(rows.map(({ unit, cluster }) => cluster ?? unit)).size;
	const compared = rows.some(({ treated }) => treated) && rows.some(({ treated }) => !treated);
	if (
		main.interval === null ||
		clusters >= FEW_CLUSTERS ||
		clusters < FEWEST ||
		rows.length > MOST_ROWS ||
		!compared
	)
		return null;
	const known = remembered.get(key);
	if (known !== undefined) return known;
	const panel = panelOf(rows);
	const x = panel.post.map((one, row) => one * (panel.treated[row] ?? 0));
	const found = wildClusterBootstrap(panel, Float64Array.from(x), panel.value, { draws: DRAWS });
	if (remembered.size > 64) remembered.clear();
	remembered.set(key, found);
	return found;
}
