import { invalidField, refused } from '#kernel/errors.ts';
import {
	differenceInDifferences,
	type DifferenceInDifferences
} from '#kernel/statistics/differenceInDifferences.ts';
import type { PanelRow } from '#kernel/statistics/panel.ts';
import type { CivilDate } from '#kernel/time.ts';
import { monthOf, type StudyUnit } from './model.ts';
import { verdictOf, type Direction, type ImpactDesign, type Verdict } from './verdict.ts';

/** What a study found, from its rows alone and at the moment of looking: nothing of it is stored, so nothing can be edited. */
export type Finding = { result: DifferenceInDifferences; verdict: Verdict };

export function findingOf(panel: readonly PanelRow[], better: Direction, design: ImpactDesign): Finding {
	const result = differenceInDifferences(panel);
	return { result, verdict: verdictOf(result, better, design) };
}

/** First month in which somebody counts as trained; null when nobody does. */
export const firstStart = (units: readonly StudyUnit[]): CivilDate | null =>
	units.reduce<CivilDate | null>(
		(first, { treatedFrom }) =>
			treatedFrom !== null && (first === null || treatedFrom < first) ? treatedFrom : first,
		null
	);

/** Was the comparison fixed before the training began? Seen from the day of fixing; nobody types it in. */
export function plannedBefore(units: readonly StudyUnit[], today: CivilDate): boolean {
	const start = firstStart(units);
	return start !== null && today < start;
}

/** Refuses: already fixed, no trained unit, no unit to compare with. Few units are no reason: then the verdict says so. */
export function freezing(study: { frozenAt: Date | null }, units: readonly StudyUnit[]): void {
	if (study.frozenAt !== null) throw refused('impact.study.alreadyFrozen');
	if (!units.some(({ treated }) => treated)) throw refused('impact.study.noTreated');
	if (units.every(({ treated }) => treated)) throw refused('impact.study.noComparison');
}

type ChosenUnit = { unitId: string; role: 'treated' | 'comparison'; from?: string | undefined };

/** The units of a new study. Refuses: twice the same unit, a trained unit without a month of start. */
export function chosenUnits(chosen: readonly ChosenUnit[], startsFrom: string | undefined): StudyUnit[] {
	const seen = new Set<string>();
	return chosen.map(({ unitId, role, from }, at) => {
		if (seen.has(unitId)) throw invalidField(`units.${at}.role`, 'impact.study.unitTwice');
		seen.add(unitId);
		if (role === 'comparison') return { unitId, treated: false, treatedFrom: null };
		const month = from ?? startsFrom;
		if (month === undefined) throw invalidField('startsFrom', 'impact.study.startMissing');
		return { unitId, treated: true, treatedFrom: `${month}-01` };
	});
}

export type ArmPoint = { month: CivilDate; treated: number | null; comparison: number | null };

/** The two sides' means, month by month: what everybody wants to see before any statistics. */
export function armMeans(panel: readonly PanelRow[]): ArmPoint[] {
	const byMonth = Map.groupBy(panel, ({ period }) => period);
	const mean = (rows: readonly PanelRow[], treated: boolean): number | null => {
		const values = rows.filter((row) => row.treated === treated);
		return values.length === 0 ? null : values.reduce((sum, { value }) => sum + value, 0) / values.length;
	};
	return [...byMonth]
		.sort(([a], [b]) => a - b)
		.map(([period, rows]) => ({
			month: monthOf(period),
			treated: mean(rows, true),
			comparison: mean(rows, false)
		}));
}
