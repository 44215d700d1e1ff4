import { invalidField, refused } from '#kernel/errors.ts';
import type { PanelRow } from '#kernel/statistics/panel.ts';
import type { CivilDate } from '#kernel/time.ts';
import { monthOf, type Cadence, type Design, type StudyUnit } from './model.ts';
import type { Direction } from './verdict.ts';

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

/**
 * Refuses: already fixed, lots not drawn, no trained unit, nobody to compare with where the design needs it. Few units are no
 * reason: then the verdict says so.
 */
export function freezing(
	study: { frozenAt: Date | null; design: Design },
	units: readonly StudyUnit[]
): void {
	if (study.frozenAt !== null) throw refused('impact.study.alreadyFrozen');
	if (units.some(({ lot }) => lot === 0)) throw refused('impact.study.notDrawn');
	if (!units.some(({ treated }) => treated)) throw refused('impact.study.noTreated');
	const compared =
		study.design === 'before_after' ||
		units.some(({ treated }) => !treated) ||
		(study.design === 'staggered_start' && new Set(units.map(({ treatedFrom }) => treatedFrom)).size > 1);
	if (!compared) throw refused('impact.study.noComparison');
}

type ChosenUnit = {
	unitId: string;
	role?: 'treated' | 'comparison' | 'applicant' | undefined;
	from?: string | undefined;
};

/** The units of a plan: of all that were offered, those with a part. Refuses: none, twice the same unit, a trained unit without a month of start, applicants without a lottery. */
export function chosenUnits(
	chosen: readonly ChosenUnit[],
	startsFrom: string | undefined,
	design: Design
): StudyUnit[] {
	const seen = new Set<string>();
	const units = chosen.flatMap(({ unitId, role, from }, at): StudyUnit[] => {
		if (role === undefined) return [];
		if (seen.has(unitId)) throw invalidField(`units.${at}.role`, 'impact.study.unitTwice');
		seen.add(unitId);
		if (role === 'comparison') return [{ unitId, treated: false, treatedFrom: null, lot: null }];
		if (role === 'applicant') {
			if (design !== 'lottery') throw invalidField(`units.${at}.role`, 'impact.study.applicantsOnly');
			if (startsFrom === undefined) throw invalidField('startsFrom', 'impact.study.startMissing');
			return [{ unitId, treated: false, treatedFrom: null, lot: 0 }];
		}
		const month = from ?? startsFrom;
		if (month === undefined) throw invalidField('startsFrom', 'impact.study.startMissing');
		return [{ unitId, treated: true, treatedFrom: `${month}-01`, lot: null }];
	});
	if (units.length === 0) throw invalidField('units', 'impact.study.noUnits');
	return units;
}

const MOST_OUTCOMES = 10;

/** The other indicators of a plan: of all that were offered, those to look at. Refuses: the first again, one twice, too many. */
export function otherOutcomes<Kind extends string>(
	chosen: readonly { indicatorId: string; kind?: Kind | undefined }[],
	first: string
): { indicatorId: string; kind: Kind }[] {
	const seen = new Set([first]);
	const outcomes = chosen.flatMap(({ indicatorId, kind }, at) => {
		if (kind === undefined) return [];
		if (seen.has(indicatorId)) throw invalidField(`outcomes.${at}.kind`, 'impact.study.outcomeTwice');
		if (seen.size > MOST_OUTCOMES)
			throw invalidField(`outcomes.${at}.kind`, 'impact.study.tooManyOutcomes', { most: MOST_OUTCOMES });
		seen.add(indicatorId);
		return [{ indicatorId, kind }];
	});
	return outcomes;
}

/**
 * Who takes part in a drawn lottery stays: chosen anew, the draw would decide nothing. Refuses: another design, another month
 * of start, units or people given.
 */
export function staysDrawn(
	drawn: { design: Design; startsFrom: CivilDate | null },
	asked: { design: Design; startsFrom?: string | undefined; units: readonly unknown[]; people?: unknown }
): void {
	const same =
		asked.design === drawn.design &&
		(asked.startsFrom === undefined ? null : `${asked.startsFrom}-01`) === drawn.startsFrom;
	if (!same || asked.units.length > 0 || asked.people !== undefined) throw refused('impact.study.drawnStays');
}

/** Refuses: no lottery, drawn already, as many places as applicants, or begun: then lots decide nothing any more. */
export function drawing(
	study: { frozenAt: Date | null; drawnAt: Date | null; startsFrom: CivilDate | null },
	applicants: number,
	places: number,
	today: CivilDate
): CivilDate {
	if (study.frozenAt !== null) throw refused('impact.study.alreadyFrozen');
	if (study.drawnAt !== null) throw refused('impact.study.alreadyDrawn');
	if (applicants < 2 || study.startsFrom === null) throw refused('impact.study.noApplicants');
	if (places >= applicants) throw invalidField('places', 'impact.study.tooManyPlaces', { applicants });
	if (today >= study.startsFrom) throw refused('impact.study.drawnLate');
	return study.startsFrom;
}

export type ArmPoint = { month: CivilDate; treated: number | null; comparison: number | null };

/** The two sides' means, month by month, of at least so many: what everybody wants to see before any statistics. */
export function armMeans(panel: readonly PanelRow[], least = 1): ArmPoint[] {
	const byMonth = Map.groupBy(panel, ({ period }) => period);
	const mean = (rows: readonly PanelRow[], treated: boolean): number | null => {
		const values = rows.filter((row) => row.treated === treated);
		return values.length < least ? null : values.reduce((sum, { value }) => sum + value, 0) / values.length;
	};
	return [...byMonth]
		.sort(([a], [b]) => a - b)
		.map(([period, rows]) => ({
			month: monthOf(period),
			treated: mean(rows, true),
			comparison: mean(rows, false)
		}));
}

/** Refuses: not yearly, lower is better (5 is Sangat Baik), years turned round. */
export function takesPredicates(
	{ cadence, better }: { cadence: Cadence; better: Direction },
	from: number,
	to: number
): void {
	if (cadence !== 'year') throw refused('impact.predicates.yearly');
	if (better !== 'higher') throw refused('impact.predicates.higher');
	if (from > to) throw invalidField('to', 'impact.predicates.turned');
}
