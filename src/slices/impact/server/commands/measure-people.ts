import { sql } from 'kysely';
import { invalidField } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import { command, type Beam } from '#platform/work/command.ts';
import { canEditPeople } from '../../access.ts';
import { nipsOfRegister, officerCounts } from '../../calculators/officers.ts';
import { CountServices, PeopleMeasurements, TakePredicates } from '../../input.ts';
import type { Measure, Problem } from '../../measurements.ts';
import {
	fileOfPeople,
	readPeopleMeasurements,
	type KnownPerson,
	type PersonMeasurement
} from '../../people-measurements.ts';
import { takesPredicates } from '../../rules.ts';
import { measurePeopleInBulk } from '../bulk-people.ts';
import { against, foreseen, refuseLines, refuseUnexplained, wrongLines } from '../foreseen.ts';
import { frozenStudies } from '../frozen-studies.ts';
import { knownPeople } from '../known-people.ts';
import { predicatesOf } from '../predicates.ts';
import { lockIndicator, takesFigures } from './indicator.ts';

/** The dry run of figures of people. Writes nothing. Refuses: missing, retired, an indicator of units. */
export const checkPeopleMeasurements = command(
	'impact.checkPeopleMeasurements',
	PeopleMeasurements,
	async ({ tx, actor, today, permit, note }, { indicatorId, rows }) => {
		const measure = await lockIndicator(tx, indicatorId);
		permit(canEditPeople(actor));
		takesFigures(measure, 'person');
		const people = await knownPeople(
			tx,
			rows.map(({ nip }) => nip)
		);
		const { good, problems, repeated } = readPeopleMeasurements(rows, people, today, measure);
		note({ indicatorId });
		return {
			...(await outlook(tx, { indicatorId, good, problems, people, measure })),
			repeated,
			wrong: wrongLines(rows, problems).map((row) => ({ ...row, unit: row.nip }))
		};
	},
	{ summary: 'Check figures of people without recording them', keepAnswer: false }
);

/**
 * Counts a register's lines by officer, without recording the counts and without keeping any of its lines: what comes
 * back in `text` goes to `impact.recordPeopleMeasurements`. Refuses: missing, retired, of units, columns missing.
 */
export const countServices = command(
	'impact.countServices',
	CountServices,
	async ({ tx, actor, today, permit, note }, { indicatorId, table }) => {
		const measure = await lockIndicator(tx, indicatorId);
		permit(canEditPeople(actor));
		takesFigures(measure, 'person');
		const people = await knownPeople(tx, nipsOfRegister(table));
		const { results, problems } = officerCounts(table, { people, today, measure });
		note({ indicatorId });
		return {
			...(await outlook(tx, { indicatorId, good: results, problems, people, measure })),
			repeated: 0,
			wrong: []
		};
	},
	{ summary: 'Count the services of each officer in a register', keepAnswer: false }
);

/**
 * Records figures of people; one already there for the person and period is corrected, and what it was stays known with
 * who and why. The same figures again change nothing. All or nothing. Refuses: missing, retired, of units, a correction
 * without a reason, and line by line: no NIP, nobody of this agency, left before, period or number unreadable, out of
 * range, to come, twice in the file.
 */
export const recordPeopleMeasurements = command(
	'impact.recordPeopleMeasurements',
	PeopleMeasurements,
	async (beam, { indicatorId, rows, reason }) => {
		const { tx, actor, today, permit } = beam;
		const measure = await lockIndicator(tx, indicatorId);
		permit(canEditPeople(actor));
		takesFigures(measure, 'person');
		const people = await knownPeople(
			tx,
			rows.map(({ nip }) => nip)
		);
		const { good, problems } = readPeopleMeasurements(rows, people, today, measure);
		refuseLines(problems);
		return write(beam, { indicatorId, good, reason });
	},
	{ summary: 'Record figures of people' }
);

/**
 * Takes the predicates of the SKP that were imported with the records of people, year by year, 5 for Sangat Baik down to
 * 1 for Sangat Kurang; of a year the annual one counts, else its latest. Nothing is typed again. Refuses: missing, retired,
 * of units, not yearly, lower is better, a correction without a reason, no predicate in these years.
 */
export const takePredicates = command(
	'impact.takePredicates',
	TakePredicates,
	async (beam, { indicatorId, from, to, reason }) => {
		const { tx, actor, permit } = beam;
		const measure = await lockIndicator(tx, indicatorId);
		permit(canEditPeople(actor));
		takesFigures(measure, 'person');
		takesPredicates(measure, from, to);
		const good = await predicatesOf(tx, from, to);
		if (good.length === 0) throw invalidField('from', 'impact.predicates.none', { from, to });
		return write(beam, { indicatorId, good, reason });
	},
	{ summary: 'Take the predicates of performance as figures of people' }
);

type Written = { indicatorId: string; good: readonly PersonMeasurement[]; reason: string | undefined };

/** Writes what is new or another, and tells the fixed studies of it. Refuses: a correction without a reason. */
async function write(
	{ tx, actor, now, record, note }: Beam,
	{ indicatorId, good, reason }: Written
): Promise<{ rows: number; written: number }> {
	const found = against(good, await standing(tx, indicatorId, good), whose);
	refuseUnexplained(found, reason);
	const written = await measurePeopleInBulk(
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
}

type Read = {
	indicatorId: string;
	good: readonly PersonMeasurement[];
	problems: readonly Problem[];
	people: readonly KnownPerson[];
	measure: Measure;
};

const whose = ({ personId }: PersonMeasurement): string => personId;

/** What these figures would change. */
async function outlook(tx: Tx, { indicatorId, good, problems, people, measure }: Read) {
	const names = new Map(people.map(({ personId, name }) => [personId, name]));
	const nips = new Map(people.map(({ personId, nip }) => [personId, nip]));
	return foreseen(good, against(good, await standing(tx, indicatorId, good), whose), {
		problems,
		whose,
		nameOf: (id) => names.get(id) ?? '',
		text: () => fileOfPeople(good, nips, measure.cadence)
	});
}

async function standing(
	tx: Tx,
	indicatorId: string,
	rows: readonly PersonMeasurement[]
): Promise<PersonMeasurement[]> {
	const { rows: found } = await sql<PersonMeasurement>`
		select m.person_id as "personId", m.period, m.value
		from unnest(${rows.map(({ personId }) => personId)}::uuid[], ${rows.map(({ period }) => period)}::date[]) as x(person_id, period)
		join impact.person_measurement m on m.agency_id = platform.current_agency() and m.indicator_id = ${indicatorId}
			and m.person_id = x.person_id and m.period = x.period`.execute(tx);
	return found;
}
