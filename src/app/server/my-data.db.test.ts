import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { classroom } from '../../../tests/make/classroom.ts';
import { asRows, everythingAbout } from './my-data.ts';

let it: Awaited<ReturnType<typeof classroom>>;
const put = (statement: string, ...values: unknown[]) => it.owner.query(statement, [it.agencyId, ...values]);

beforeAll(async () => {
	it = await classroom();
	it.nextDay();
});
afterAll(() => it.close());

test('the copy of one’s data has schooling, appraisals, needs, learning, wishes and what others were asked', async () => {
	const ani = it.who('ani');
	const { classId } = await it.aClass();
	await put(
		`insert into people.education (agency_id, id, person_id, level, study, graduated) values ($1, $2, $3, 'S1', 'Hukum', 2010)`,
		newId(),
		ani
	);
	await put(
		`insert into people.performance_rating (agency_id, id, person_id, year, period, predicate) values ($1, $2, $3, 2025, 'year', 2)`,
		newId(),
		ani
	);
	await put(
		`insert into needs.evidence (agency_id, id, person_id, competency_id, source, level, measured_on, reference, recorded_at)
		values ($1, $2, $3, $4, 'assessment', 2.5, '2026-01-05', 'Uji 1', now())`,
		newId(),
		ani,
		it.need.competencyId
	);
	await put(
		`insert into needs.idp (agency_id, id, person_id, year, career_target, status, created_at) values ($1, $2, $3, 2027, 'Kepala seksi', 'draft', now())`,
		newId(),
		ani
	);
	await put(
		`insert into growth.wish (agency_id, id, person_id, program_id, status, reason, at) values ($1, $2, $3, $4, 'wished', 'Ingin bisa', now())`,
		newId(),
		ani,
		it.need.programId
	);
	await put(
		`insert into followup.evaluation (agency_id, id, class_id, person_id, unit_id, opens_on, closes_on) values ($1, $2, $3, $4, $5, '2027-06-01', '2027-06-21')`,
		newId(),
		classId,
		ani,
		it.unit.pelayanan
	);
	const data = await it.sees((db) => everythingAbout(db, it.as('ani'), ani, new Date()));
	expect(data).toMatchObject({
		people: {
			education: [{ level: 'S1', study: 'Hukum', graduated: 2010 }],
			performance: [{ year: 2025, predicate: 2 }],
			headed: [],
			departures: []
		},
		needs: {
			evidence: [{ source: 'assessment', level: 2.5, reference: 'Uji 1' }],
			developmentPlans: [{ year: 2027, careerTarget: 'Kepala seksi', status: 'draft' }],
			performanceGaps: [],
			acceptedNeeds: []
		},
		wishes: [{ status: 'wished', reason: 'Ingin bisa' }],
		learning: { lessons: [], tests: [] },
		evaluations: [{ opensOn: '2027-06-01', closesOn: '2027-06-21', closedAt: null }]
	});
	expect(asRows(data)).toContainEqual(['needs', 'developmentPlans.1.careerTarget', 'Kepala seksi']);
	await expect(it.sees((db) => everythingAbout(db, it.as('budi'), ani, new Date()))).rejects.toMatchObject({
		kind: 'missing'
	});
});
