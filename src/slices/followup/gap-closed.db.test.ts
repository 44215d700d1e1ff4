import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { installJobs } from '#platform/jobs/queue.ts';
import { closeCampaign, createCampaign, estimateNeeds, openCampaign } from '#slices/needs/public.server.ts';
import { rateSelf, rateTeam } from '#slices/needs/server/commands.ts';
import { estimatesOfPerson } from '#slices/needs/server/queries/estimates.ts';
import { rateEvaluation } from './server/commands/rate.ts';
import { turnFollowUpDay } from './server/commands/turn-day.ts';
import { evaluationResults } from './server/queries/evaluation-results.ts';
import { evaluationSheet, ratingSheet } from './server/queries/evaluations.ts';
import { plansAtWork } from './test-plan.ts';

let it: Awaited<ReturnType<typeof plansAtWork>>;
beforeAll(async () => {
	it = await plansAtWork();
	await installJobs(it.url);
	await it.owner.query(
		`insert into competencies.required_level (agency_id, id, post_level, competency_id, level, legal_basis, valid_from)
		values ($1, $2, '06', null, 3, 'uji', '2020-01-01')`,
		[it.agencyId, newId()]
	);
});
afterAll(() => it.close());

const TEAM = ['ani', 'budi', 'citra', 'dewi', 'eko', 'fitri'];
const day = (days: number) => new Date(it.at('18:00').getTime() + days * 86_400_000);
const on = (days: number) => day(days).toISOString().slice(0, 10);
const officer = () => it.as('officer', ['needs.run', 'needs.read'], '');

/** A survey that is open around the day; nobody answers by itself. */
async function surveyed(name: string, at: number): Promise<string> {
	const times = { opensOn: on(at - 10), closesOn: on(at + 10) };
	const year = Number(on(at).slice(0, 4));
	const made = await it.does(officer(), createCampaign, { name, year, ...times }, { now: day(at - 10) });
	await it.does(officer(), openCampaign, { campaignId: made.campaignId }, { now: day(at - 10) });
	return made.campaignId;
}
const estimated = async (campaignId: string, at: number) => {
	await it.does(officer(), estimateNeeds, { campaignId }, { now: day(at) });
	const levels = new Map<string, number>();
	for (const name of TEAM) {
		const found = await it.sees((db) => estimatesOfPerson(db, campaignId, it.who(name)));
		levels.set(name, found.find((one) => one.competencyId === it.need.competencyId)?.level ?? NaN);
	}
	return (name: string): number => levels.get(name) ?? NaN;
};

test('rated again after training, the level of the alumnus rises in the next estimate, and the gap closed is measured', async () => {
	it.nextDay();
	const first = await surveyed('Sebelum', -15);
	const { competencyId } = it.need;
	for (const name of TEAM) {
		const asked = { campaignId: first, competencyId };
		await it.does(it.as(name), rateSelf, { ...asked, level: 1 }, { now: day(-14) });
		const member = { campaignId: first, personId: it.who(name), levels: [{ competencyId, level: 1 }] };
		await it.does(it.as('kasi', ['needs.rateTeam', 'needs.read']), rateTeam, member, { now: day(-14) });
	}
	const before = await estimated(first, -1);
	expect(before('ani')).toBeLessThan(1.6);
	await it.does(officer(), closeCampaign, { campaignId: first }, { now: day(-1) });

	const classId = await it.over({ present: ['ani', 'budi'], absent: ['citra'] });
	const system = it.as('officer', ['agency.settings'], '');
	await it.does(system, turnFollowUpDay, {}, { now: day(120) });
	const { rows } = await it.owner.query<{ id: string; rater: string }>(
		`select e.id, p.name as rater from followup.evaluation e join followup.rater w on w.agency_id = e.agency_id and w.evaluation_id = e.id
		join people.person p on p.agency_id = w.agency_id and p.id = w.rater_id where e.class_id = $1 and e.person_id = $2`,
		[classId, it.who('ani')]
	);
	const evaluationId = rows[0]?.id ?? '';
	for (const { rater } of rows) {
		const sheet = await it.sees((db) => ratingSheet(db, it.as(rater), evaluationId, on(121)));
		const ratings = sheet.competencies.map((one) => ({
			competencyId: one.competencyId,
			before: 1,
			now: 4
		}));
		await it.does(it.as(rater), rateEvaluation, { evaluationId, ratings }, { now: day(121) });
	}
	await it.does(system, turnFollowUpDay, {}, { now: day(142) });

	// At once, between two runs.
	const sheet = await it.sees((db) => evaluationSheet(db, it.as('ani'), evaluationId));
	expect(sheet.changes[0]?.before?.level).toBeCloseTo(before('ani'), 1);
	expect(sheet.changes[0]?.now?.level).toBeGreaterThan(before('ani') + 1);
	const camat = it.as('camat', ['followup.read']);
	const filter = { programId: null, classId, unitId: null };
	const { levels } = await it.sees((db) => evaluationResults(db, camat, filter));
	expect(levels[0]).toMatchObject({ people: 1, short: 1, reached: 1 });

	// In the next survey's run, though nobody was asked in it; who was not trained stays where they were.
	const after = await estimated(await surveyed('Sesudah', 160), 165);
	expect(after('ani')).toBeGreaterThan(before('ani') + 0.7);
	for (const name of ['citra', 'dewi', 'eko'])
		expect(Math.abs(after(name) - before(name)), name).toBeLessThan(0.5);
});
