import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { reading } from '#platform/db/pools.ts';
import { savePlan } from '#slices/followup/server/commands.ts';
import { revokeCertificate } from '#slices/credentials/server/commands/certificates.ts';
import { threadOf, type StageName } from './rules.ts';
import { linesToTrace } from './server/queries.ts';
import type { Anchor } from './server/thread-ends.ts';
import { threadFacts } from './server/trace.ts';
import { thread } from './test-thread.ts';

let it: Awaited<ReturnType<typeof thread>>;
beforeAll(async () => void (it = await thread()));
afterAll(() => it.close());

/** Whoever traces the whole agency. */
const whole = () => it.as('officer', ['reports.trace', 'impact.read'], '');
const from = async (anchor: Anchor) => {
	const found = await it.sees((db) => threadFacts(db, whole(), anchor));
	if (!found) throw new Error('no thread');
	return found;
};
const anchors = (): [string, Anchor][] => [
	['gap', { kind: 'gap', unitId: it.unit.pelayanan, competencyId: it.need.competencyId }],
	['plan line', { kind: 'plan-line', id: it.lineId }],
	['version', { kind: 'version', id: it.need.versionId }],
	['class', { kind: 'class', id: it.classId }],
	['certificate', { kind: 'certificate', id: it.certificateId }],
	['study', { kind: 'study', id: it.studyId }],
	['indicator', { kind: 'indicator', id: it.indicatorId }]
];
const stateOf = async (anchor: Anchor): Promise<Partial<Record<StageName, string>>> =>
	Object.fromEntries(threadOf((await from(anchor)).facts).map(({ name, state }) => [name, state]));

describe('the red thread', () => {
	test('says at each stage what stands in the rows', async () => {
		const { title, facts } = await from({ kind: 'class', id: it.classId });
		expect(title).toBe('Pelayanan prima');
		expect(facts).toMatchObject({
			gap: { competency: 'Kompetensi 1', unit: 'Unit pelayanan', people: 6, mean: 2 },
			planLine: { count: 1, plan: 'Rencana 2027', decree: '800/7', seats: 30 },
			curriculum: { program: 'Program PPP', number: 1 },
			classes: { count: 1, finished: 1, href: `/classes/${it.classId}` },
			attendance: { participants: 6, passed: 6, percent: 100 },
			reaction: { answered: 0 },
			learning: { pairs: 0 },
			credentials: { certificates: 6, learningHours: 120 },
			findings: { count: 0 },
			followup: { plans: 0, done: 0, projects: 0 },
			checkIns: { answered: 0 },
			evaluated: { evaluations: 0 },
			remeasured: null,
			study: { count: 1, before: 1, href: `/impact/${it.studyId}` },
			impact: { count: 1, href: `/impact/${it.studyId}` }
		});
	});

	test('is the same chain from whichever end it is picked up', async () => {
		const chains = [];
		for (const [name, anchor] of anchors()) chains.push({ name, facts: (await from(anchor)).facts });
		const [first, ...others] = chains;
		for (const { name, facts } of others) expect({ name, facts }).toEqual({ name, facts: first?.facts });
	});

	test('shows what has not happened as missing, and nothing else', async () => {
		for (const [, anchor] of anchors())
			expect(await stateOf(anchor)).toMatchObject({
				gap: 'found',
				planLine: 'found',
				classes: 'found',
				credentials: 'found',
				impact: 'found',
				reaction: 'missing',
				learning: 'missing',
				findings: 'missing',
				followup: 'missing',
				checkIns: 'missing',
				evaluated: 'missing',
				remeasured: 'missing',
				study: 'found'
			});
	});

	test('grows with what happens: a plan that was sent, a need measured again, a certificate taken back', async () => {
		const plan = {
			classId: it.classId,
			goal: 'Antrean loket lebih singkat',
			indicator: 'Menit antre',
			steps: [{ what: 'Hitung antrean', dueOn: '2027-12-01' }]
		};
		await it.does(it.as('ani'), savePlan, plan, { now: it.at('18:00') });
		expect(await stateOf({ kind: 'class', id: it.classId })).toMatchObject({ followup: 'missing' });
		await it.does(it.as('ani'), savePlan, { ...plan, submit: true }, { now: it.at('18:00') });
		const campaignId = newId();
		await it.owner.query(
			`insert into needs.campaign (agency_id, id, name, year, status, opens_on, closes_on, created_by, created_at)
			values ($1, $2, 'AKPK 2028', 2028, 'open', '2027-03-01', '2027-05-31', 'uji', '2027-03-01')`,
			[it.agencyId, campaignId]
		);
		// Gaps after: 0 0 0 0 1 2, so 0.5 on average where it was 2.
		for (const [at, level] of [3, 3, 3, 3, 2, 1].entries())
			await it.measured(campaignId, it.team[at] ?? '', level);
		await it.does(
			it.certifier,
			revokeCertificate,
			{ certificateId: it.certificateId, reason: 'Kehadiran ternyata diwakilkan.' },
			{ now: it.at('19:00') }
		);
		for (const [name, anchor] of anchors().slice(1)) {
			const { facts } = await from(anchor);
			expect({ name, ...facts }).toMatchObject({
				name,
				gap: { people: 6, mean: 2 },
				credentials: { certificates: 5, learningHours: 100 },
				followup: { plans: 1, done: 0 },
				remeasured: { people: 6, before: 2, after: 0.5 }
			});
		}
	});
});

describe('a break', () => {
	test('a class of no plan answers no measured need', async () => {
		it.nextDay();
		const classId = await it.over({ present: ['kasi'] });
		expect(await stateOf({ kind: 'class', id: classId })).toMatchObject({
			gap: 'missing',
			planLine: 'missing',
			curriculum: 'found',
			classes: 'found',
			attendance: 'found',
			credentials: 'missing',
			impact: 'missing'
		});
	});

	test('a planned line that nobody held, for no measured need, shows both, and knows what it would teach', async () => {
		const line = await from({ kind: 'plan-line', id: it.bareLineId });
		expect(line.facts).toMatchObject({
			gap: null,
			planLine: { count: 1 },
			curriculum: { program: 'Program LAIN' },
			classes: null,
			attendance: null,
			impact: null
		});
	});

	test('a gap that no plan answers is shown with its people, and everything after it is missing', async () => {
		const states = await stateOf({
			kind: 'gap',
			unitId: it.unit.pelayanan,
			competencyId: it.need.otherCompetencyId
		});
		expect(new Set(Object.values(states))).toEqual(new Set(['missing']));
	});

	test('the gap of a unit is the unit’s own, not what the line that answers it was made from', async () => {
		await it.measured(it.need.campaignId, 'camat', 1);
		const marelan = await from({
			kind: 'gap',
			unitId: it.unit.marelan,
			competencyId: it.need.competencyId
		});
		expect(marelan.facts).toMatchObject({ gap: { people: 7, mean: 2 }, planLine: { count: 1 } });
		expect((await from({ kind: 'plan-line', id: it.lineId })).facts.gap).toMatchObject({ people: 6 });
		const plaju = await from({ kind: 'gap', unitId: it.unit.plaju, competencyId: it.need.competencyId });
		expect(plaju.facts).toMatchObject({ gap: null, planLine: null, classes: null });
	});

	test('a gap of fewer than five people is there, but says no number', async () => {
		await it.owner.query(
			`insert into needs.gap (agency_id, campaign_id, person_id, competency_id, unit_id, required, supervisor_level) values ($1, $2, $3, $4, $5, 3, 1)`,
			[it.agencyId, it.need.campaignId, it.who('ani'), it.need.otherCompetencyId, it.unit.pelayanan]
		);
		const { facts } = await from({
			kind: 'gap',
			unitId: it.unit.pelayanan,
			competencyId: it.need.otherCompetencyId
		});
		expect(facts.gap).toMatchObject({ people: 1 });
		expect(threadOf(facts)[0]).toEqual({
			name: 'gap',
			state: 'hidden',
			code: 'reports.thread.gap.hidden',
			params: { smallest: 5 },
			href: null
		});
	});
});

describe('a study of a program, without a line of its own', () => {
	let studyId = '';
	beforeAll(async () => void (studyId = await it.aStudy({})));

	test('finds the classes of the program, and is found from them', async () => {
		const { facts } = await from({ kind: 'study', id: studyId });
		expect(facts).toMatchObject({ planLine: { count: 1, decree: '800/7' }, gap: { people: 6 } });
		expect(facts.classes?.count).toBeGreaterThanOrEqual(1);
		const back = await from({ kind: 'class', id: it.classId });
		expect(back.facts.impact).toMatchObject({ count: 2 });
	});

	test('is found from a class of no plan, and from a line that has no class yet', async () => {
		it.nextDay();
		const classId = await it.over({ present: ['kasi'] });
		expect((await from({ kind: 'class', id: classId })).facts).toMatchObject({
			planLine: null,
			impact: { count: 1, href: `/impact/${studyId}` }
		});
		const other = await it.aStudy({ programId: it.need.otherProgramId });
		for (const anchor of [
			{ kind: 'plan-line', id: it.bareLineId },
			{ kind: 'study', id: other }
		] as const)
			expect((await from(anchor)).facts).toMatchObject({
				planLine: { count: 1 },
				classes: null,
				impact: { count: 1, href: `/impact/${other}` }
			});
	});

	test('is not told while it is still being designed', async () => {
		await it.aStudy({ planLineId: it.lineId, fixed: false });
		expect((await from({ kind: 'plan-line', id: it.lineId })).facts.impact).toMatchObject({ count: 2 });
	});
});

describe('another agency', () => {
	test('sees no thread, from whichever end, and no line to begin from', async () => {
		const other = newId();
		await it.owner.query(
			`insert into platform.agency (agency_id, code, name, city, time_zone) values ($1, 'lain', 'Kota Lain', 'Lain', 'Asia/Jakarta')`,
			[other]
		);
		for (const [, anchor] of anchors())
			expect(await reading(other, (db) => threadFacts(db, whole(), anchor), it.db)).toBeUndefined();
		expect(await reading(other, (db) => linesToTrace(db, whole()), it.db)).toEqual([]);
		expect((await it.sees((db) => linesToTrace(db, whole()))).map(({ id }) => id).toSorted()).toEqual(
			[it.lineId, it.bareLineId].toSorted()
		);
	});

	test('and what does not exist has no thread', async () => {
		for (const kind of [
			'plan-line',
			'version',
			'class',
			'finding',
			'certificate',
			'action-plan',
			'evaluation',
			'study',
			'indicator'
		] as const)
			expect(await it.sees((db) => threadFacts(db, whole(), { kind, id: newId() }))).toBeUndefined();
	});
});

describe('what follows a class hangs on its thread, and leads back to it', () => {
	const ids = { finding: newId(), plan: newId(), draft: newId(), evaluation: newId() };
	beforeAll(async () => {
		const put = (statement: string, ...values: unknown[]) =>
			it.owner.query(statement, [it.agencyId, ...values]);
		await put(
			`insert into evaluation.finding (agency_id, id, class_id, version_id, statement, severity, written_at)
			values ($1, $2, $3, $4, 'Latihannya terlalu sedikit', 'high', now())`,
			ids.finding,
			it.classId,
			it.need.versionId
		);
		await put(
			`insert into programs.change_request (agency_id, id, version_id, wording, severity, asked_at, decision, answer, decided_at)
			values ($1, $2, $3, 'Latihannya terlalu sedikit', 'high', now(), 'adopted', 'Dua jam latihan ditambah', now())`,
			ids.finding,
			it.need.versionId
		);
		// Six plans, one of them a change project that was adopted; a seventh that nobody has sent.
		await it.owner.query(`delete from followup.step`);
		await it.owner.query(`delete from followup.action_plan`);
		for (const [at, name] of it.team.entries()) {
			const id = at === 0 ? ids.plan : newId();
			await put(
				`insert into followup.action_plan (agency_id, id, class_id, person_id, goal, status, submitted_at, decided_at, created_at, project)
				values ($1, $2, $3, $4, 'Antrean lebih singkat', 'running', now(), now(), now(), $5)`,
				id,
				it.classId,
				it.who(name),
				at === 0 ? 'Loket satu pintu' : null
			);
			// 100 50 50 50 0, and one who never checked in.
			const progress = [100, 50, 50, 50, 0][at];
			if (progress !== undefined)
				await put(
					`insert into followup.check_in (agency_id, id, action_plan_id, at, progress, note) values ($1, $2, $3, now(), $4, 'Sudah dicoba')`,
					newId(),
					id,
					progress
				);
		}
		await put(
			`insert into followup.adoption (agency_id, action_plan_id, months, answer, said_by, said_at) values ($1, $2, 3, 'yes', $3, now())`,
			ids.plan,
			it.who('kasi')
		);
		await put(
			`insert into followup.action_plan (agency_id, id, class_id, person_id, goal, status, created_at)
			values ($1, $2, $3, $4, '', 'draft', now())`,
			ids.draft,
			it.classId,
			it.who('kasi')
		);
		for (const [at, name] of it.team.entries()) {
			const id = at === 0 ? ids.evaluation : newId();
			await put(
				`insert into followup.evaluation (agency_id, id, class_id, person_id, unit_id, opens_on, closes_on, closed_at)
				values ($1, $2, $3, $4, $5, '2027-06-01', '2027-06-22', now())`,
				id,
				it.classId,
				it.who(name),
				it.unit.pelayanan
			);
			await put(
				`insert into followup.rater (agency_id, evaluation_id, rater_id, role, asked_on, done_at)
				values ($1, $2, $3, 'supervisor', '2027-06-01', $4)`,
				id,
				it.who('kasi'),
				at < 4 ? new Date() : null
			);
			await put(
				`insert into followup.level (agency_id, evaluation_id, competency_id, required, level_before, sd_before, level_now, sd_now)
				values ($1, $2, $3, 3, 1.5, 0.3, 2.25, 0.3)`,
				id,
				it.need.competencyId
			);
		}
	});

	test('findings with their answer, applied by degree, and the evaluation after training with who answered', async () => {
		const { facts } = await from({ kind: 'class', id: it.classId });
		expect(facts).toMatchObject({
			findings: { count: 1, decided: 1, changed: 1, href: `/evaluation/${it.classId}` },
			followup: { plans: 6, done: 1, projects: 1, adopted: 1 },
			checkIns: { answered: 5, yes: 1, partly: 3, no: 1, silent: 1 },
			evaluated: { evaluations: 6, closed: 6, asked: 6, answered: 4, people: 6, before: 1.5, now: 2.25 }
		});
	});

	test('from a finding, a plan and an evaluation the chain is that of their class', async () => {
		const { facts } = await from({ kind: 'class', id: it.classId });
		for (const anchor of [
			{ kind: 'finding', id: ids.finding },
			{ kind: 'action-plan', id: ids.plan },
			{ kind: 'evaluation', id: ids.evaluation }
		] as const)
			expect({ ...anchor, facts: (await from(anchor)).facts }).toEqual({ ...anchor, facts });
	});

	test('a finding about no class in particular hangs on its curriculum version', async () => {
		const id = newId();
		await it.owner.query(
			`insert into evaluation.finding (agency_id, id, version_id, statement, severity, written_at)
			values ($1, $2, $3, 'Sering disebut di kelompok diskusi', 'low', now())`,
			[it.agencyId, id, it.need.versionId]
		);
		const { facts } = await from({ kind: 'version', id: it.need.versionId });
		expect((await from({ kind: 'finding', id })).facts).toEqual(facts);
	});

	test('a plan that nobody has sent has no thread: it is its writer’s alone', async () => {
		expect(
			await it.sees((db) => threadFacts(db, whole(), { kind: 'action-plan', id: ids.draft }))
		).toBeUndefined();
	});

	test('a fixed study is there with its plan and its verdict; without figures it cannot tell', async () => {
		const { studies } = await from({ kind: 'study', id: it.studyId });
		expect(studies.find(({ studyId }) => studyId === it.studyId)).toMatchObject({
			plannedBefore: true,
			design: 'before_after_comparison',
			verdict: { verdict: 'cannotTell' }
		});
	});
});
