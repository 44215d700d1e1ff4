import { createStudy } from '#slices/impact/server/commands/design.ts';
import { createIndicator } from '#slices/impact/server/commands/indicator.ts';
import { recordPeopleMeasurements, takePredicates } from '#slices/impact/server/commands/measure-people.ts';
import { freezeStudy } from '#slices/impact/server/commands/plan.ts';
import { COUNTER_UNIT } from './audience.ts';
import { studyMonths } from './impact.ts';
import { OFFICER, officerSeries } from './indicators.ts';
import type { Taught } from './programs.ts';
import { kecamatanOf } from './treated.ts';
import { act, read, type City, type World } from './world.ts';

/** The classes of the experiment: from the first to the last of them. */
const CLASSES = [-48, -39] as const;

/**
 * A study of people: officers of the kecamatan counters who passed the training, and those in the same post who had none.
 * Fixed on the evening of the last class, before the first month that counts. Beside it the predicates of everybody's SKP of
 * one year (two would cost the first start half a second more), taken from the records that were imported.
 */
export async function studyOfficers(
	world: World,
	city: City,
	taught: ReadonlyMap<string, Taught>,
	lines: readonly string[]
): Promise<void> {
	const { clock } = world;
	const admin = city.actors.trainingAdmin;
	const program = taught.get('PPP');
	if (!program) throw new Error('nothing to study');
	const { periods, from } = studyMonths(clock);
	const [first, last] = [clock.day(CLASSES[0]), clock.day(CLASSES[1], 4)];
	const kecamatan = new Set(kecamatanOf(city));
	const officers = city.staff
		.filter(({ unitName, office }) => unitName === COUNTER_UNIT && kecamatan.has(office))
		.map(({ nip, office }) => ({ nip, office }));
	const trained = await passedBetween(world, city, program.programId, first, last);
	const { indicatorId } = await act(world, createIndicator, admin, clock.at(clock.day(-50), '10:30'), {
		code: OFFICER.code,
		name: OFFICER.name,
		unitOfMeasure: OFFICER.unitOfMeasure,
		better: 'higher',
		source: OFFICER.source,
		definition: OFFICER.definition,
		lowest: OFFICER.lowest,
		highest: OFFICER.highest,
		subject: 'person'
	});
	const readings = officerSeries(world.seed, officers, trained, periods, from);
	const known = last.slice(0, 7);
	const record = (since: boolean, now: Date) =>
		act(world, recordPeopleMeasurements, admin, now, {
			indicatorId,
			rows: readings
				.filter(({ period }) => period.slice(0, 7) >= known === since)
				.map(({ nip, period, value }) => ({ nip, month: period.slice(0, 7), value }))
		});
	await record(false, clock.at(last, '15:00'));
	const { studyId } = await act(world, createStudy, admin, clock.at(last, '16:00'), {
		indicatorId,
		programId: program.programId,
		...(lines[0] === undefined ? {} : { planLineId: lines[0] }),
		question: 'Apakah petugas loket yang lulus Pelayanan Publik Prima menyelesaikan lebih banyak berkas?',
		design: 'matched',
		covariates: ['level', 'trend', 'grade', 'age', 'kind'],
		smallestUseful: 5,
		startsFrom: from.slice(0, 7),
		spillover:
			'Rekan seloket yang belum dilatih dapat meniru; mereka jarang, karena satu loket dilatih bersama.',
		people: { treatedBy: 'passed', comparedWith: 'post', from: first, to: last }
	});
	await act(world, freezeStudy, admin, clock.at(last, '16:30'), { studyId });
	await record(true, clock.now);

	const skp = await act(world, createIndicator, admin, clock.at(clock.day(-4), '10:00'), {
		code: 'SKP',
		name: 'Predikat SKP',
		unitOfMeasure: 'tingkat',
		better: 'higher',
		cadence: 'year',
		source: 'e-Kinerja, lewat data pegawai yang diimpor',
		definition:
			'Predikat kinerja setahun: 5 Sangat Baik, 4 Baik, 3 Butuh Perbaikan, 2 Kurang, 1 Sangat Kurang.',
		lowest: 1,
		highest: 5,
		subject: 'person'
	});
	await act(world, takePredicates, admin, clock.at(clock.day(-4), '10:10'), {
		indicatorId: skp.indicatorId,
		from: 2025,
		to: 2025
	});
}

async function passedBetween(
	world: World,
	city: City,
	programId: string,
	from: string,
	to: string
): Promise<ReadonlySet<string>> {
	const rows = await read(world, city, (db) =>
		db
			.selectFrom('classes.registration as r')
			.innerJoin('classes.class as c', (join) =>
				join.onRef('c.agency_id', '=', 'r.agency_id').onRef('c.id', '=', 'r.class_id')
			)
			.innerJoin('programs.version as v', (join) =>
				join.onRef('v.agency_id', '=', 'c.agency_id').onRef('v.id', '=', 'c.version_id')
			)
			.innerJoin('people.person as p', (join) =>
				join.onRef('p.agency_id', '=', 'r.agency_id').onRef('p.id', '=', 'r.person_id')
			)
			.select('p.nip')
			.where('r.agency_id', '=', city.agencyId)
			.where('r.status', '=', 'passed')
			.where('v.program_id', '=', programId)
			.where('c.ends_on', '>=', from)
			.where('c.ends_on', '<=', to)
			.execute()
	);
	return new Set(rows.flatMap(({ nip }) => nip ?? []));
}
