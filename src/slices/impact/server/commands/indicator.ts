import { sql } from 'kysely';
import { invalidField, missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { personByNip } from '#slices/people/public.server.ts';
import { canEdit } from '../../access.ts';
import { ChangeIndicator, CreateIndicator, RedefineIndicator, RetireIndicator } from '../../input.ts';
import { unitFinder } from '../../measurements.ts';
import { cadenceOf, directionOf, subjectOf, type Cadence, type Subject } from '../../model.ts';
import type { Direction } from '../../verdict.ts';
import { periodOfText } from '../../periods.ts';
import { unitsOf } from '../units.ts';

constraintMeans('indicator_agency_id_code_key', 'impact.indicator.codeTaken');

type Described = {
	ownerUnit?: string | undefined;
	ownerNip?: string | undefined;
	lowest?: number | undefined;
	highest?: number | undefined;
};

/** Refuses: no such unit or several, nobody under this NIP, a lowest value that is not below the highest. */
async function described(tx: Tx, agencyId: string, { ownerUnit, ownerNip, lowest, highest }: Described) {
	if (lowest !== undefined && highest !== undefined && lowest >= highest)
		throw invalidField('highest', 'impact.indicator.rangeTurned');
	const found = ownerUnit === undefined ? [] : unitFinder(await unitsOf(tx))(ownerUnit);
	if (ownerUnit !== undefined && found.length !== 1)
		throw invalidField(
			'ownerUnit',
			found.length === 0 ? 'impact.import.unitUnknown' : 'impact.import.unitAmbiguous',
			{ typed: ownerUnit }
		);
	const person = ownerNip === undefined ? null : await personByNip(tx, agencyId, ownerNip);
	if (person === undefined) throw invalidField('ownerNip', 'impact.indicator.ownerUnknown');
	return {
		owner_unit_id: found[0]?.id ?? null,
		owner_person_id: person,
		lowest: lowest ?? null,
		highest: highest ?? null
	};
}

/** Refuses: code taken; see `described`. */
export const createIndicator = command(
	'impact.createIndicator',
	CreateIndicator,
	async ({ tx, actor, now, permit, note }, input) => {
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
				cadence: input.cadence,
				subject: input.subject,
				competency_id: input.competencyId ?? null,
				...(await described(tx, actor.agencyId, input))
			})
			.execute();
		if (input.definition !== undefined)
			await addVersion(tx, {
				agency_id: actor.agencyId,
				indicator_id: id,
				version: 1,
				valid_from: null,
				definition: input.definition,
				reason: '',
				set_by_name: actor.name,
				set_at: now
			});
		note({ indicatorId: id });
		return { indicatorId: id };
	},
	{ summary: 'Define an indicator of a service or of people' }
);

/**
 * What may change without changing what a figure means; whose figures they are only as long as there are none. Refuses:
 * missing, another subject with figures or studies; see `described`.
 */
export const changeIndicator = command(
	'impact.changeIndicator',
	ChangeIndicator,
	async ({ tx, actor, permit, note }, { indicatorId, name, source, subject, ...input }) => {
		const measure = await lockIndicator(tx, indicatorId);
		permit(canEdit(actor));
		const changed = subject !== undefined && subject !== measure.subject;
		if (changed && (await isUsed(tx, indicatorId))) throw refused('impact.indicator.subjectStays');
		await tx
			.updateTable('impact.indicator')
			.set({
				name,
				source,
				...(changed ? { subject } : {}),
				...(await described(tx, actor.agencyId, input))
			})
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', indicatorId)
			.execute();
		note({ indicatorId });
		return { indicatorId };
	},
	{ summary: 'Change name, source, owner or plausible range of an indicator' }
);

/**
 * A new wording of what is counted. The first needs no date; every later one says from which period on and why, and is
 * shown as a break in the series. Refuses: missing, no period, not after the last version.
 */
export const redefineIndicator = command(
	'impact.redefineIndicator',
	RedefineIndicator,
	async ({ tx, actor, now, permit, note }, { indicatorId, definition, from, reason }) => {
		const { cadence } = await lockIndicator(tx, indicatorId);
		permit(canEdit(actor));
		const last = await lastVersion(tx, indicatorId);
		const first = last === undefined;
		if (!first && reason === undefined) throw invalidField('reason', 'impact.field.reason');
		const valid_from = first ? null : startOf(from ?? '', cadence);
		if (last?.valid_from && valid_from !== null && valid_from <= last.valid_from)
			throw invalidField('from', 'impact.indicator.breakBefore', { from: last.valid_from.slice(0, 7) });
		await addVersion(tx, {
			agency_id: actor.agencyId,
			indicator_id: indicatorId,
			version: (last?.version ?? 0) + 1,
			valid_from,
			definition,
			reason: first ? '' : (reason ?? ''),
			set_by_name: actor.name,
			set_at: now
		});
		note({ indicatorId });
		return { indicatorId };
	},
	{ summary: 'Change what an indicator counts, from a period on' }
);

/** No figures are taken any more, or again; what was measured stays. Refuses: missing. */
export const retireIndicator = command(
	'impact.retireIndicator',
	RetireIndicator,
	async ({ tx, actor, today, permit, note }, { indicatorId, retired }) => {
		await lockIndicator(tx, indicatorId);
		permit(canEdit(actor));
		await tx
			.updateTable('impact.indicator')
			.set({ retired_on: retired ? today : null })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', indicatorId)
			.execute();
		note({ indicatorId });
		return { indicatorId };
	},
	{ summary: 'Retire an indicator, or take it up again' }
);

type Locked = {
	cadence: Cadence;
	unitOfMeasure: string;
	lowest: number | null;
	highest: number | null;
	better: Direction;
	subject: Subject;
	retired: boolean;
};

/** Refuses: missing. */
export async function lockIndicator(tx: Tx, indicatorId: string): Promise<Locked> {
	const row = await tx
		.selectFrom('impact.indicator')
		.select([
			'cadence',
			'unit_of_measure as unitOfMeasure',
			'lowest',
			'highest',
			'better',
			'subject',
			'retired_on'
		])
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('id', '=', indicatorId)
		.forUpdate()
		.executeTakeFirst();
	if (row === undefined) throw missing();
	const { cadence, better, subject, retired_on, ...rest } = row;
	return {
		...rest,
		cadence: cadenceOf(cadence),
		better: directionOf(better),
		subject: subjectOf(subject),
		retired: retired_on !== null
	};
}

/** Refuses: retired; figures of people under an indicator of units, or the other way round. */
export function takesFigures({ retired, subject }: Pick<Locked, 'retired' | 'subject'>, of: Subject): void {
	if (retired) throw refused('impact.indicator.retiredAlready');
	if (subject !== of)
		throw refused(subject === 'person' ? 'impact.indicator.ofPeople' : 'impact.indicator.ofUnits');
}

/** Has figures, or stands in a study. */
async function isUsed(tx: Tx, indicatorId: string): Promise<boolean> {
	const { rows } = await sql<{ used: boolean }>`
		select exists (select from impact.measurement where agency_id = (select platform.current_agency()) and indicator_id = ${indicatorId})
			or exists (select from impact.person_measurement where agency_id = (select platform.current_agency()) and indicator_id = ${indicatorId})
			or exists (select from impact.study where agency_id = (select platform.current_agency()) and indicator_id = ${indicatorId})
			or exists (select from impact.study_outcome where agency_id = (select platform.current_agency()) and indicator_id = ${indicatorId})
			as used`.execute(tx);
	return rows[0]?.used ?? false;
}

function startOf(from: string, cadence: Cadence): CivilDate {
	const period = periodOfText(from, cadence);
	if (period === 'impact.import.month' || period === 'impact.import.otherCadence')
		throw invalidField('from', period, { typed: from });
	return period;
}

const lastVersion = (tx: Tx, indicatorId: string) =>
	tx
		.selectFrom('impact.indicator_version')
		.select(['version', 'valid_from'])
		.where('agency_id', '=', sql<string>`platform.current_agency()`)
		.where('indicator_id', '=', indicatorId)
		.orderBy('version', 'desc')
		.limit(1)
		.executeTakeFirst();

type Version = {
	agency_id: string;
	indicator_id: string;
	version: number;
	valid_from: CivilDate | null;
	definition: string;
	reason: string;
	set_by_name: string;
	set_at: Date;
};
const addVersion = (tx: Tx, version: Version) =>
	tx.insertInto('impact.indicator_version').values(version).execute();
