import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '#platform/db/db.ts';
import { writing } from '#platform/db/pools.ts';
import { town } from '../../../tests/make/town.ts';
import { findingOf } from './finding.ts';
import { monthOf } from './model.ts';
import { studiesNotYetFound, verdictsOf } from './public.server.ts';
import { createStudy } from './server/commands/design.ts';
import { recordMeasurements } from './server/commands/measure.ts';
import { freezeStudy } from './server/commands/plan.ts';
import { amendStudy } from './server/commands/remark.ts';
import { findingsOf, shownOf } from './server/queries/findings.ts';
import { visibleStudyById } from './server/queries/studies.ts';
import { districts, minutesIndicators } from './test-units.ts';

const FIRST = 2024 * 12;
const BEFORE = new Date('2024-12-01T03:00:00Z');

let it: Awaited<ReturnType<typeof town>>;
let units: string[] = [];
let indicators: Record<string, string> = {};
const studies: Record<string, string> = {};
const office = () => it.as('officer', ['impact.read', 'impact.edit'], '');

beforeAll(async () => {
	it = await town();
	units = await districts(it, 16);
	indicators = await minutesIndicators(it, office(), ['ANTRE', 'LAIN']);
	for (const indicatorId of Object.values(indicators)) {
		const rows = units.flatMap((unit, at) =>
			Array.from({ length: 24 }, (_, month) => ({
				unit,
				month: monthOf(FIRST + month).slice(0, 7),
				value:
					30 +
					((at * 5) % 9) +
					((at * 7 + month * 11 + at * month * 3) % 21) / 10 -
					(at < 8 && month >= 12 ? 6 : 0)
			}))
		);
		await it.does(office(), recordMeasurements, { indicatorId, rows });
	}
	for (const [name, over] of [
		['plain', {}],
		['matched', { design: 'matched', covariates: ['level', 'people'] }]
	] as const) {
		const made = await it.does(
			office(),
			createStudy,
			{
				indicatorId: indicators['ANTRE'],
				programId: it.need.programId,
				question: 'Apakah antrean lebih singkat?',
				design: 'before_after_comparison',
				startsFrom: '2025-01',
				units: units.map((unitId, at) => ({ unitId, role: at < 8 ? 'treated' : 'comparison' })),
				outcomes: [{ indicatorId: indicators['LAIN'], kind: 'outcome' }],
				...over
			},
			{ now: BEFORE }
		);
		await it.does(office(), freezeStudy, made, { now: BEFORE });
		studies[name] = made.studyId;
	}
});
afterAll(() => it.close());

const studyOf = (db: Db, name: string) => visibleStudyById(db, office(), studies[name] ?? '');
/** What pages are told, and what the rows say at that moment. */
const told = (name = 'plain') =>
	it.sees(async (db) => {
		const study = await studyOf(db, name);
		const kept = (await findingsOf(db, [study])).get(study.id);
		return { kept, now: findingOf((await shownOf(db, study)).question) };
	});

describe('what a study found is worked out once', () => {
	test('as long as nothing changes, a remark beside it included', async () => {
		const before = await told();
		await it.does(office(), amendStudy, {
			studyId: studies['plain'],
			words: 'Dua loket pindah gedung.',
			reason: 'Gedung lama direnovasi.'
		});
		const after = await told();
		expect(after.kept).toBe(before.kept);
		expect(after.kept).toEqual(after.now);
	});

	test.each([
		[
			'a figure is corrected',
			() =>
				it.does(office(), recordMeasurements, {
					indicatorId: indicators['ANTRE'],
					rows: [{ unit: units[0] ?? '', month: '2025-03', value: 90 }],
					reason: 'Salah ketik'
				})
		],
		[
			'a figure of another outcome is corrected',
			() =>
				it.does(office(), recordMeasurements, {
					indicatorId: indicators['LAIN'],
					rows: [{ unit: units[0] ?? '', month: '2025-03', value: 91 }],
					reason: 'Salah ketik'
				})
		],
		[
			'somebody writes past the app',
			() => it.owner.query(`update impact.measurement set value = value + 1 where unit_id = $1`, [units[1]])
		],
		[
			'a month goes',
			() =>
				it.owner.query(`delete from impact.measurement where unit_id = $1 and period = '2024-02-01'`, [
					units[9]
				])
		],
		[
			'it comes back otherwise',
			() =>
				it.owner.query(
					`insert into impact.measurement (agency_id, indicator_id, unit_id, period, value) values ($1, $2, $3, '2024-02-01', 77)`,
					[it.agencyId, indicators['ANTRE'], units[9]]
				)
		],
		[
			'an indicator gets another name',
			() =>
				it.owner.query(`update impact.indicator set name = 'Indikator baru' where id = $1`, [
					indicators['LAIN']
				])
		],
		[
			'a unit ends',
			() => it.owner.query(`update people.unit set valid_to = '2025-06-01' where id = $1`, [units[15]])
		]
	])('and anew when %s', async (_, change) => {
		const before = await told();
		await change();
		const after = await told();
		expect(after.kept).not.toEqual(before.kept);
		expect(after.kept).toEqual(after.now);
	});

	test('and anew when people come to a unit that is matched by them', async () => {
		const before = await told('matched');
		await it.owner.query('update people.posting set unit_id = $1 where person_id = $2', [
			units[0],
			it.who('officer')
		]);
		const after = await told('matched');
		expect(after.kept).not.toBe(before.kept);
		expect(after.kept).toEqual(after.now);
	});

	test('and a write that is taken back leaves nothing behind', async () => {
		const before = await told();
		let seen: unknown;
		const gone = writing(
			it.agencyId,
			async (tx) => {
				await sql`update impact.measurement set value = value * 2 where unit_id = ${units[0]}`.execute(tx);
				seen = (await findingsOf(tx, [await studyOf(tx, 'plain')])).get(studies['plain'] ?? '');
				throw new Error('taken back');
			},
			it.db
		);
		await expect(gone).rejects.toThrow('taken back');
		expect(seen).not.toEqual(before.kept);
		// Another write takes its place: had it been counted, it would carry the number of the one taken back.
		await it.owner.query(`update impact.measurement set value = value + 1 where unit_id = $1`, [units[2]]);
		const after = await told();
		expect(after.kept).toEqual(after.now);
		expect(after.kept).not.toEqual(seen);
	});

	test('and who looks ahead is told which, until somebody has looked', async () => {
		await told('plain');
		await told('matched');
		expect(await it.sees(studiesNotYetFound)).toEqual([]);
		await it.owner.query(`update impact.measurement set value = value + 1 where unit_id = $1`, [units[3]]);
		const waiting = await it.sees(studiesNotYetFound);
		expect(waiting.toSorted()).toEqual(Object.values(studies).toSorted());
		for (const studyId of waiting) await it.sees((db) => verdictsOf(db, { studyIds: [studyId] }));
		expect(await it.sees(studiesNotYetFound)).toEqual([]);
	});

	test('for every page of it, many at once', async () => {
		const [one] = await it.sees((db) => verdictsOf(db, { studyIds: [studies['plain'] ?? ''] }));
		const { kept } = await told();
		expect(one?.verdict).toBe(kept?.verdict);
	});
});
