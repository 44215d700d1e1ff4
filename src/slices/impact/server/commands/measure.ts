import { sql } from 'kysely';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { serviceBandsOn } from '#slices/needs/public.server.ts';
import { canEdit } from '../../access.ts';
import { calculate } from '../../calculators/calculate.ts';
import { CalculateMeasurements, Measurements } from '../../input.ts';
import {
	fileOfRows,
	readMeasurements,
	type KnownUnit,
	type Measure,
	type Measurement,
	type Problem
} from '../../measurements.ts';
import { measureInBulk } from '../bulk.ts';
import { against, foreseen, refuseLines, refuseUnexplained, wrongLines } from '../foreseen.ts';
import { frozenStudies } from '../frozen-studies.ts';
import { unitsOf } from '../units.ts';
import { lockIndicator, takesFigures } from './indicator.ts';

/** The dry run: what the lines would do, and every line that cannot be read. Writes nothing. Refuses: missing, retired. */
export const checkMeasurements = command(
	'impact.checkMeasurements',
	Measurements,
	async ({ tx, actor, today, permit, note }, { indicatorId, rows }) => {
		const measure = await lockIndicator(tx, indicatorId);
		permit(canEdit(actor));
		takesFigures(measure, 'unit');
		const units = await unitsOf(tx);
		const { good, problems, repeated } = readMeasurements(rows, units, today, measure);
		note({ indicatorId });
		return {
			...(await outlook(tx, { indicatorId, good, problems, units, measure })),
			repeated,
			wrong: wrongLines(rows, problems)
		};
	},
	{ summary: 'Check measurements without recording them', keepAnswer: false }
);

/**
 * Makes measurements out of a survey, a log or a list, without recording them and without keeping any of its lines:
 * what comes back in `text` goes to `impact.recordMeasurements`. Refuses: missing, retired, columns missing.
 */
export const calculateMeasurements = command(
	'impact.calculateMeasurements',
	CalculateMeasurements,
	async ({ tx, actor, today, permit, note }, { indicatorId, calculator, statistic, table }) => {
		const measure = await lockIndicator(tx, indicatorId);
		permit(canEdit(actor));
		takesFigures(measure, 'unit');
		const units = await unitsOf(tx);
		const bands = await serviceBandsOn(tx, today);
		const { results, problems } = calculate(calculator, table, { units, today, measure, statistic, bands });
		const names = new Map(units.map(({ id, name }) => [id, name]));
		const good = results.map(({ unitId, period, value }) => ({ unitId, period, value }));
		note({ indicatorId });
		return {
			...(await outlook(tx, { indicatorId, good, problems, units, measure })),
			repeated: 0,
			wrong: [],
			results: results
				.map((result) => ({ ...result, unit: names.get(result.unitId) ?? '' }))
				.sort((a, b) => a.unit.localeCompare(b.unit, 'id') || a.period.localeCompare(b.period))
		};
	},
	{ summary: 'Calculate measurements from a survey, a queue log or a list', keepAnswer: false }
);

/**
 * Records values; one already there for the unit and period is corrected, and what it was stays known with who and why.
 * The same values again change nothing. All or nothing. Refuses: missing, retired, a correction without a reason, and
 * line by line: unit unknown or not unique, period or number unreadable, out of range, to come, twice in the file.
 */
export const recordMeasurements = command(
	'impact.recordMeasurements',
	Measurements,
	async ({ tx, actor, now, today, permit, record, note }, { indicatorId, rows, reason }) => {
		const measure = await lockIndicator(tx, indicatorId);
		permit(canEdit(actor));
		takesFigures(measure, 'unit');
		const { good, problems } = readMeasurements(rows, await unitsOf(tx), today, measure);
		refuseLines(problems);
		const found = against(good, await standing(tx, indicatorId, good), whose);
		refuseUnexplained(found, reason);
		const written = await measureInBulk(
			tx,
			actor.agencyId,
			indicatorId,
			[...found.added, ...found.changed],
			reason === undefined ? undefined : { reason, by: actor.name, at: now }
		);
		note({ indicatorId, rows: written });
		if (written > 0)
			for (const studyId of await frozenStudies(tx, indicatorId)) record('impact.measured', { studyId });
		return { rows: good.length, written };
	},
	{ summary: 'Record measurements of an indicator' }
);

type Read = {
	indicatorId: string;
	good: readonly Measurement[];
	problems: readonly Problem[];
	units: readonly KnownUnit[];
	measure: Measure;
};

const whose = ({ unitId }: Measurement): string => unitId;

/** What these measurements would change. */
async function outlook(tx: Tx, { indicatorId, good, problems, units, measure }: Read) {
	const names = new Map(units.map(({ id, name }) => [id, name]));
	return foreseen(good, against(good, await standing(tx, indicatorId, good), whose), {
		problems,
		whose,
		nameOf: (id) => names.get(id) ?? '',
		text: () => fileOfRows(good, measure.cadence)
	});
}

async function standing(tx: Tx, indicatorId: string, rows: readonly Measurement[]): Promise<Measurement[]> {
	const { rows: found } = await sql<Measurement>`
		select m.unit_id as "unitId", m.period, m.value
		from unnest(${rows.map(({ unitId }) => unitId)}::uuid[], ${rows.map(({ period }) => period)}::date[]) as x(unit_id, period)
		join impact.measurement m on m.agency_id = platform.current_agency() and m.indicator_id = ${indicatorId}
			and m.unit_id = x.unit_id and m.period = x.period`.execute(tx);
	return found;
}
