import { sql } from 'kysely';
import { invalid, invalidField } from '#kernel/errors.ts';
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
import { frozenStudies } from '../frozen-studies.ts';
import { unitsOf } from '../units.ts';
import { lockIndicator, takesFigures } from './indicator.ts';

/** Problems shown of a file; whoever has more mends these first. All of them are in the list to download. */
const SHOWN_PROBLEMS = 100;
const LISTED_PROBLEMS = 5000;
const SHOWN_CHANGES = 20;

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
		const typed = new Map(rows.map((row, index) => [row.line ?? index + 1, row]));
		return {
			...(await foreseen(tx, { indicatorId, good, problems, units, measure })),
			repeated,
			/** Every wrong line as typed, to be mended and sent alone. */
			wrong: [...new Set(problems.slice(0, LISTED_PROBLEMS).map(({ line }) => line))].flatMap(
				(line) => typed.get(line) ?? []
			)
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
			...(await foreseen(tx, { indicatorId, good, problems, units, measure })),
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
		if (problems.length > 0)
			throw invalid(
				problems
					.slice(0, SHOWN_PROBLEMS)
					.map(({ line, code, params }) => ({ path: `rows.${line}`, code, params }))
			);
		const before = await standing(tx, indicatorId, good);
		const changes = changesOf(good, before);
		if (changes.length > 0 && reason === undefined) throw invalidField('reason', 'impact.field.reason');
		const written = await measureInBulk(
			tx,
			actor.agencyId,
			indicatorId,
			[...good.filter((row) => !before.has(keyOf(row))), ...changes],
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

/** What these measurements would change. */
async function foreseen(tx: Tx, { indicatorId, good, problems, units, measure }: Read) {
	const before = await standing(tx, indicatorId, good);
	const changed = changesOf(good, before);
	const names = new Map(units.map(({ id, name }) => [id, name]));
	const added = good.filter((row) => !before.has(keyOf(row))).length;
	return {
		problems: problems.slice(0, SHOWN_PROBLEMS),
		problemCount: problems.length,
		added,
		same: good.length - changed.length - added,
		changedCount: changed.length,
		changed: changed.slice(0, SHOWN_CHANGES).map((row) => ({ ...row, unit: names.get(row.unitId) ?? '' })),
		units: new Set(good.map(({ unitId }) => unitId)).size,
		months: new Set(good.map(({ period }) => period)).size,
		/** The lines that can be read, to be sent back for recording; empty when some cannot. */
		text: problems.length > 0 ? '' : fileOfRows(good, measure.cadence)
	};
}

const keyOf = ({ unitId, period }: Pick<Measurement, 'unitId' | 'period'>): string => `${unitId} ${period}`;
/** As the database keeps them: four decimals. */
const kept = (value: number): number => Math.round(value * 10_000) / 10_000;

const changesOf = (rows: readonly Measurement[], before: ReadonlyMap<string, number>) =>
	rows.flatMap((row) => {
		const old = before.get(keyOf(row));
		return old === undefined || old === kept(row.value) ? [] : [{ ...row, old }];
	});

async function standing(
	tx: Tx,
	indicatorId: string,
	rows: readonly Measurement[]
): Promise<Map<string, number>> {
	const found = await sql<Measurement>`
		select m.unit_id as "unitId", m.period, m.value
		from unnest(${rows.map(({ unitId }) => unitId)}::uuid[], ${rows.map(({ period }) => period)}::date[]) as x(unit_id, period)
		join impact.measurement m on m.agency_id = platform.current_agency() and m.indicator_id = ${indicatorId}
			and m.unit_id = x.unit_id and m.period = x.period`.execute(tx);
	return new Map(found.rows.map((row) => [keyOf(row), row.value]));
}
