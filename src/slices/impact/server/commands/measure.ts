import { sql } from 'kysely';
import { invalid, missing } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canEdit } from '../../access.ts';
import { CreateIndicator, Measurements } from '../../input.ts';
import { fileOfRows, readMeasurements, type KnownUnit, type Measurement } from '../../measurements.ts';
import { measureInBulk } from '../bulk.ts';

constraintMeans('indicator_agency_id_code_key', 'impact.indicator.codeTaken');

export const createIndicator = command(
	'impact.createIndicator',
	CreateIndicator,
	async ({ tx, actor, permit, note }, input) => {
		permit(canEdit(actor));
		const id = newId();
		await tx
			.insertInto('impact.indicator')
			.values({
				agency_id: actor.agencyId,
				id,
				code: input.code.toUpperCase(),
				name: input.name,
				unit_of_measure: input.unitOfMeasure,
				better: input.better,
				source: input.source,
				competency_id: input.competencyId ?? null
			})
			.execute();
		note({ indicatorId: id });
		return { indicatorId: id };
	},
	{ summary: 'Define an indicator of a service' }
);

/** Problems shown of a file; whoever has more mends these first. */
const SHOWN_PROBLEMS = 100;
const SHOWN_CHANGES = 20;

/** The dry run: what the lines would do, and every line that cannot be read. Writes nothing. */
export const checkMeasurements = command(
	'impact.checkMeasurements',
	Measurements,
	async ({ tx, actor, today, permit, note }, { indicatorId, rows }) => {
		await lockIndicator(tx, indicatorId);
		permit(canEdit(actor));
		const units = await unitsOf(tx);
		const { good, problems } = readMeasurements(rows, units, today);
		const before = await standing(tx, indicatorId, good);
		const changed = good.flatMap((row) => {
			const old = before.get(keyOf(row));
			return old === undefined || old === row.value ? [] : [{ ...row, old }];
		});
		const names = new Map(units.map(({ id, name }) => [id, name]));
		note({ indicatorId });
		return {
			problems: problems.slice(0, SHOWN_PROBLEMS),
			problemCount: problems.length,
			added: good.filter((row) => !before.has(keyOf(row))).length,
			same: good.length - changed.length - good.filter((row) => !before.has(keyOf(row))).length,
			changedCount: changed.length,
			changed: changed.slice(0, SHOWN_CHANGES).map((row) => ({ ...row, unit: names.get(row.unitId) ?? '' })),
			units: new Set(good.map(({ unitId }) => unitId)).size,
			months: new Set(good.map(({ period }) => period)).size,
			/** The lines that can be read, to be sent back for recording; empty when some cannot. */
			text: problems.length > 0 ? '' : fileOfRows(good)
		};
	},
	{ summary: 'Check measurements without recording them', keepAnswer: false }
);

/**
 * Records monthly values; a value already there for the unit and month is replaced. All or nothing. Refuses, line by
 * line: unit unknown or not unique, month or number unreadable, month to come, twice in the file.
 */
export const recordMeasurements = command(
	'impact.recordMeasurements',
	Measurements,
	async ({ tx, actor, today, permit, record, note }, { indicatorId, rows }) => {
		await lockIndicator(tx, indicatorId);
		permit(canEdit(actor));
		const { good, problems } = readMeasurements(rows, await unitsOf(tx), today);
		if (problems.length > 0)
			throw invalid(
				problems
					.slice(0, SHOWN_PROBLEMS)
					.map(({ line, code, params }) => ({ path: `rows.${line}`, code, params }))
			);
		const written = await measureInBulk(tx, actor.agencyId, indicatorId, good);
		note({ indicatorId, rows: written });
		if (written > 0)
			for (const studyId of await frozenStudies(tx, indicatorId)) record('impact.measured', { studyId });
		return { rows: good.length, written };
	},
	{ summary: 'Record monthly measurements of an indicator' }
);

async function lockIndicator(tx: Tx, indicatorId: string): Promise<void> {
	const row = await tx
		.selectFrom('impact.indicator')
		.select('id')
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('id', '=', indicatorId)
		.forUpdate()
		.executeTakeFirst();
	if (row === undefined) throw missing();
}

const unitsOf = (tx: Tx): Promise<KnownUnit[]> =>
	tx
		.selectFrom('people.unit')
		.select(['id', 'code', 'name'])
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('valid_to', 'is', null)
		.execute();

const keyOf = ({ unitId, period }: Pick<Measurement, 'unitId' | 'period'>): string => `${unitId} ${period}`;

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

async function frozenStudies(tx: Tx, indicatorId: string): Promise<string[]> {
	const rows = await tx
		.selectFrom('impact.study')
		.select('id')
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('indicator_id', '=', indicatorId)
		.where('frozen_at', 'is not', null)
		.execute();
	return rows.map(({ id }) => id);
}
