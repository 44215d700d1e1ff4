import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { town } from '../../../tests/make/town.ts';
import { changeStudy, createStudy } from './server/commands/design.ts';
import { drawLots, freezeStudy } from './server/commands/plan.ts';
import { studyById } from './server/queries/studies.ts';
import { draftById } from './server/queries/study-sheet.ts';
import { districts, minutesIndicators } from './test-units.ts';

const BEFORE = new Date('2024-12-01T03:00:00Z');

let it: Awaited<ReturnType<typeof town>>;
let units: string[] = [];
let indicators: Record<string, string> = {};
const office = () => it.as('officer', ['impact.read', 'impact.edit'], '');

beforeAll(async () => {
	it = await town();
	units = await districts(it, 16);
	indicators = await minutesIndicators(it, office(), ['ANTRE', 'TENANG']);
});
afterAll(() => it.close());

const plan = (over: Record<string, unknown> = {}) => ({
	indicatorId: indicators['ANTRE'],
	programId: it.need.programId,
	question: 'Apakah antrean lebih singkat?',
	design: 'lottery',
	startsFrom: '2025-01',
	units: units.map((unitId) => ({ unitId, role: 'applicant' })),
	...over
});
const sheet = (studyId: string) => it.sees((db) => studyById(db, office(), studyId));
async function lottery() {
	const { studyId } = await it.does(office(), createStudy, plan(), { now: BEFORE });
	await it.does(office(), drawLots, { studyId, places: 8, seed: 2024 }, { now: BEFORE });
	return { studyId };
}

describe('a draft', () => {
	const treated = () =>
		units.map((unitId, at) => ({ unitId, role: at < 8 ? 'treated' : at < 15 ? 'comparison' : undefined }));
	const draftOf = (studyId: string) => it.sees((db) => draftById(db, office(), studyId));

	test('stands in its sheet as it was typed, and everything of it can be changed', async () => {
		const { studyId } = await it.does(
			office(),
			createStudy,
			plan({
				design: 'before_after_comparison',
				units: treated().map((unit, at) => (at === 0 ? { ...unit, from: '2025-03' } : unit)),
				smallestUseful: 1.5,
				outcomes: [{ indicatorId: indicators['TENANG'], kind: 'placebo' }]
			}),
			{ now: BEFORE }
		);
		const first = (await draftOf(studyId)).draft;
		expect(first).toMatchObject({ startsFrom: '2025-01', smallestUseful: 1.5, drawn: false });
		expect(first?.units).toHaveLength(15);
		expect(first?.units.filter(({ from }) => from !== null)).toEqual([
			expect.objectContaining({ unitId: units[0], role: 'treated', from: '2025-03' })
		]);
		expect(first?.outcomes).toEqual([{ indicatorId: indicators['TENANG'], kind: 'placebo' }]);

		await it.does(office(), changeStudy, {
			...plan({ indicatorId: indicators['TENANG'], question: 'Apakah keluhan berkurang?' }),
			studyId,
			design: 'matched',
			startsFrom: '2025-02',
			covariates: ['level'],
			monthsBefore: 6,
			units: treated().toReversed(),
			outcomes: [{ indicatorId: indicators['ANTRE'], kind: 'outcome' }]
		});
		const { draft, study } = await draftOf(studyId);
		expect(study).toMatchObject({ question: 'Apakah keluhan berkurang?', indicator: { code: 'TENANG' } });
		expect(draft).toMatchObject({
			design: 'matched',
			startsFrom: '2025-02',
			covariates: ['level'],
			smallestUseful: null,
			monthsBefore: 6,
			outcomes: [{ indicatorId: indicators['ANTRE'], kind: 'outcome' }]
		});
		expect(draft?.units.every(({ from }) => from === null)).toBe(true);
	});

	test('refused says which unit of the sheet is meant, and stays as it was', async () => {
		const { studyId } = await it.does(office(), createStudy, plan({ units: treated(), design: 'matched' }));
		await expect(
			it.does(office(), changeStudy, {
				...plan({ design: 'matched' }),
				studyId,
				units: [
					{ unitId: units[3] },
					{ unitId: units[0], role: 'treated' },
					{ unitId: units[0], role: 'comparison' }
				]
			})
		).rejects.toMatchObject({ issues: [{ path: 'units.2.role', code: 'impact.study.unitTwice' }] });
		await expect(
			it.does(office(), changeStudy, {
				...plan({ design: 'matched' }),
				studyId,
				units: [{ unitId: units[3] }]
			})
		).rejects.toMatchObject({ issues: [{ path: 'units', code: 'impact.study.noUnits' }] });
		expect((await draftOf(studyId)).draft?.units).toHaveLength(15);
	});

	test('with drawn lots keeps who takes part; the rest can be changed', async () => {
		const { studyId } = await lottery();
		const before = (await sheet(studyId)).units;
		await expect(
			it.does(office(), changeStudy, { ...plan(), studyId, units: treated() })
		).rejects.toMatchObject({ code: 'impact.study.drawnStays' });
		await expect(
			it.does(office(), changeStudy, { ...plan({ design: 'matched' }), studyId, units: [] })
		).rejects.toMatchObject({ code: 'impact.study.drawnStays' });
		await it.does(office(), changeStudy, {
			...plan({ question: 'Apakah lebih cepat?' }),
			studyId,
			units: []
		});
		const after = await sheet(studyId);
		expect(after.units).toEqual(before);
		expect(after).toMatchObject({ drawHolds: true, study: { question: 'Apakah lebih cepat?' } });
	});

	test('that is fixed no longer changes; the refusal says what to do instead', async () => {
		const { studyId } = await lottery();
		await it.does(office(), freezeStudy, { studyId }, { now: BEFORE });
		await expect(it.does(office(), changeStudy, { ...plan(), studyId, units: [] })).rejects.toMatchObject({
			code: 'impact.study.frozenAmend'
		});
		expect((await draftOf(studyId)).draft).toBeNull();
	});

	test('is nothing for whoever only reads', async () => {
		const { studyId } = await it.does(office(), createStudy, plan());
		const reader = it.as('camat', ['impact.read'], '');
		await expect(it.does(reader, changeStudy, { ...plan(), studyId })).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await expect(it.sees((db) => draftById(db, reader, studyId))).rejects.toMatchObject({ kind: 'missing' });
	});
});
