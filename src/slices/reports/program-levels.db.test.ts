import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ability } from '#kernel/abilities.ts';
import { newId } from '#kernel/ids.ts';
import { yearResults } from './server/year-results.ts';
import { programLevels } from './server/program-levels.ts';
import { thread } from './test-thread.ts';

let it: Awaited<ReturnType<typeof thread>>;
const EVERYTHING: readonly Ability[] = [
	'programs.read',
	'evaluation.read',
	'followup.read',
	'needs.read',
	'impact.read',
	'papers.read',
	'reports.read'
];
const NOW = new Date('2027-09-01T03:00:00Z');
const TODAY = '2027-09-01';

beforeAll(async () => {
	it = await thread();
	const put = (statement: string, ...values: unknown[]) =>
		it.owner.query(statement, [it.agencyId, ...values]);
	// Six plans of one unit, of which five have checked in.
	for (const [at, name] of it.team.entries()) {
		const id = newId();
		await put(
			`insert into followup.action_plan (agency_id, id, class_id, person_id, goal, status, submitted_at, decided_at, created_at)
			values ($1, $2, $3, $4, 'Antrean lebih singkat', 'running', now(), now(), now())`,
			id,
			it.classId,
			it.who(name)
		);
		const progress = [100, 50, 50, 0, 0][at];
		if (progress !== undefined)
			await put(
				`insert into followup.check_in (agency_id, id, action_plan_id, at, progress, note) values ($1, $2, $3, now(), $4, 'Sudah dicoba')`,
				newId(),
				id,
				progress
			);
	}
	const campaignId = newId();
	await put(
		`insert into needs.campaign (agency_id, id, name, year, status, opens_on, closes_on, created_by, created_at)
		values ($1, $2, 'AKPK 2028', 2028, 'open', '2027-06-01', '2027-06-30', 'uji', '2027-06-01')`,
		campaignId
	);
	// Gaps of two levels before; after it 0 0 0 0 1 2.
	for (const [at, level] of [3, 3, 3, 3, 2, 1].entries())
		await it.measured(campaignId, it.team[at] ?? '', level);
});
afterAll(() => it.close());

const seenBy = async (abilities: readonly Ability[], unitPath: string) => {
	const { versions, ...page } = await it.sees((db) =>
		programLevels(db, it.as('officer', [...abilities], unitPath), it.need.programId, NOW, TODAY)
	);
	const [version] = versions;
	if (version === undefined) throw new Error('no version');
	return { ...page, version, levels: version.levels };
};

describe('levels 1 to 4 of a program', () => {
	test('stand side by side with what is there, and name the break where nothing is', async () => {
		const { version, levels, whole } = await seenBy(EVERYTHING, '');
		expect(whole).toBe(true);
		expect(version).toMatchObject({ finished: 1, passed: 6, breaks: [1, 2] });
		expect(levels).toMatchObject({
			reaction: { why: 'noAnswers' },
			learning: { why: 'noTests' },
			applied: { why: null, facts: { passed: 6, plans: 6, yes: 1, partly: 2, no: 2, silent: 1 } },
			rated: { why: 'notAsked' },
			remeasured: { why: null, facts: { people: 6, before: 2, after: 0.5, short: 6, reached: 4 } },
			studies: { why: null, facts: [{ studyId: it.studyId, verdict: { verdict: 'cannotTell' } }] }
		});
	});

	test('a unit sees its own people at work and its own gaps, another unit nothing of them', async () => {
		const own = await seenBy(EVERYTHING, 'kota.marelan');
		expect(own).toMatchObject({
			whole: false,
			levels: {
				applied: { facts: { passed: 6, plans: 6 } },
				remeasured: { facts: { people: 6 } },
				// No unit of the study is theirs.
				studies: { why: 'noStudy' }
			}
		});
		const other = await seenBy(EVERYTHING, 'kota.plaju');
		expect(other.levels).toMatchObject({
			applied: { why: 'noPlans' },
			remeasured: { why: 'notRemeasured' }
		});
	});

	test('each level is for its own readers', async () => {
		const { levels, version } = await seenBy(['programs.read', 'reports.read'], '');
		expect(Object.values(levels).map(({ why }) => why)).toEqual(Array(6).fill('notYours'));
		expect(version.breaks).toEqual([]);
	});

	test('of fewer than five people no figure is said', async () => {
		await it.owner.query(
			`update followup.action_plan set status = 'draft', submitted_at = null, decided_at = null where class_id = $1 and person_id in ($2, $3)`,
			[it.classId, it.who('ani'), it.who('budi')]
		);
		expect((await seenBy(EVERYTHING, '')).levels.applied).toEqual({ why: 'tooFew' });
		await it.owner.query(
			`update followup.action_plan set status = 'running', submitted_at = now(), decided_at = now() where class_id = $1`,
			[it.classId]
		);
	});

	test('does not exist for whoever reads no programs, nor in another agency’s name', async () => {
		const missing = { kind: 'missing' };
		const asked = (abilities: Ability[], programId: string) =>
			it.sees((db) => programLevels(db, it.as('officer', abilities, ''), programId, NOW, TODAY));
		await expect(asked(['reports.read', 'impact.read'], it.need.programId)).rejects.toMatchObject(missing);
		await expect(asked(['programs.read'], it.need.programId)).rejects.toMatchObject(missing);
		await expect(asked([...EVERYTHING], newId())).rejects.toMatchObject(missing);
	});
});

describe('Hasil, the year on a page', () => {
	const year = (abilities: readonly Ability[], unitPath: string, of: number) =>
		it.sees((db) => yearResults(db, it.as('officer', [...abilities], unitPath), of));
	const held = async () => {
		const { rows } = await it.owner.query<{ year: number }>(
			`select extract(year from starts_on)::int as year from classes.class where id = $1`,
			[it.classId]
		);
		return rows[0]?.year ?? 0;
	};

	test('says which levels a program has, what closed, what was planned, and what answers no need', async () => {
		const found = await year(EVERYTHING, '', await held());
		expect(found.programs).toMatchObject([
			{ programId: it.need.programId, finished: 1, seated: 6, levels: [false, false, true, true] }
		]);
		expect(found.gaps).toMatchObject({ people: 6, short: 6, reached: 4 });
		expect(found.money).toMatchObject({ finished: 1, entered: 0, realised: 0 });
		expect(found.breaks).toMatchObject({ lines: 2, linesUnheld: 1, linesWithoutNeed: 1 });
	});

	test('of a year without classes says nothing at all', async () => {
		const found = await year(EVERYTHING, '', 2019);
		expect(found).toMatchObject({ programs: [], verdicts: [], gaps: null });
	});

	test('is for whoever answers for the whole; money only for who may read costs', async () => {
		await expect(year(EVERYTHING, 'kota.marelan', 2027)).rejects.toMatchObject({ kind: 'missing' });
		await expect(year(['programs.read'], '', 2027)).rejects.toMatchObject({ kind: 'missing' });
		expect((await year(['reports.read'], '', 2027)).money).toBeNull();
		expect((await year(['reports.read'], '', 2027)).verdicts).toEqual([]);
	});
});
