import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { anyGrants } from '../../../tests/make/tree.ts';
import { town } from '../../../tests/make/town.ts';
import { figuresOfPerson, peopleSeriesOf } from './server/queries/people-figures.ts';
import { studiesFor, studyById } from './server/queries/studies.ts';

const NAMES = ['officer', 'trainer', 'camat', 'kasi', 'stranger', 'ani', 'budi', 'citra'];
const PATHS = ['kota', 'kota.bkpsdm', 'kota.marelan', 'kota.marelan.pelayanan', 'kota.plaju'];
const indicatorId = newId();
const studies: string[] = [];

let it: Awaited<ReturnType<typeof town>>;
beforeAll(async () => {
	it = await town();
	const put = (statement: string, ...values: unknown[]) =>
		it.owner.query(statement, [it.agencyId, ...values]);
	await put(
		`insert into impact.indicator (agency_id, id, code, name, unit_of_measure, better, source, subject) values ($1, $2, 'BERKAS', 'Berkas selesai', 'berkas', 'higher', 'uji', 'person')`,
		indicatorId
	);
	await put(
		`insert into impact.person_measurement (agency_id, indicator_id, person_id, period, unit_id, value)
		select j.agency_id, $2, j.person_id, '2026-01-01', j.unit_id, 1 from people.posting j where j.agency_id = $1`,
		indicatorId
	);
	await put('update people.person set restricted = true where agency_id = $1 and id = $2', it.who('budi'));
	for (const [frozen, name, unit] of [
		[true, 'ani', 'pelayanan'],
		[true, 'stranger', 'plaju'],
		[false, 'ani', 'pelayanan']
	] as const) {
		const studyId = newId();
		studies.push(studyId);
		await put(
			`insert into impact.study (agency_id, id, indicator_id, program_id, question, design, planned_before, treated_by, created_by, created_at)
			values ($1, $2, $3, $4, 'Lebih banyak?', 'matched', true, 'listed', 'uji', now())`,
			studyId,
			indicatorId,
			it.need.programId
		);
		await put(
			`insert into impact.study_person (agency_id, study_id, person_id, code, unit_id, treated) values ($1, $2, $3, 'O1', $4, false)`,
			studyId,
			it.who(name),
			it.unit[unit]
		);
		if (frozen)
			await put('update impact.study set frozen_at = now() where agency_id = $1 and id = $2', studyId);
	}
});
afterAll(() => it.close());

const actors = fc
	.record({
		name: fc.constantFrom(...NAMES),
		grants: anyGrants(['impact.read', 'impact.readPeople', 'people.correct'])
	})
	.map(({ name, grants }) => ({ ...it.as(name), grants: grants(PATHS) }));

/** Those that open; whatever does not is as if it were not there. */
async function opened(ids: readonly string[], open: (id: string) => Promise<unknown>): Promise<string[]> {
	const found: string[] = [];
	for (const id of ids) {
		const refusal = await open(id).then(
			() => null,
			(error: unknown) => error
		);
		if (refusal === null) found.push(id);
		else expect(refusal).toSatisfy((error) => error instanceof AppError && error.kind === 'missing');
	}
	return found.toSorted();
}

test('whose figures are listed one by one are those that open, and studies of people likewise', async () => {
	let some = 0;
	const people = NAMES.map((name) => it.who(name));
	await fc.assert(
		fc.asyncProperty(actors, async (actor) => {
			const seen = await it.sees(async (db) => ({
				listed: (
					await peopleSeriesOf(db, actor, indicatorId, { size: 200, offset: 0, search: '' })
				).series.map(({ unitId }) => unitId),
				opens: await opened(people, (id) => figuresOfPerson(db, actor, id)),
				studies: (await studiesFor(db, actor)).map(({ id }) => id),
				opensStudies: await opened(studies, (id) => studyById(db, actor, id))
			}));
			if (seen.opens.length > 1 && seen.opensStudies.length > 0) some += 1;
			expect(seen.listed.filter((id) => people.includes(id)).toSorted()).toEqual(seen.opens);
			expect(seen.studies.toSorted()).toEqual(seen.opensStudies);
		}),
		{ numRuns: 60 }
	);
	expect(some).toBeGreaterThan(0);
});
