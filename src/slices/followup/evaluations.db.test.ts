import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { rateEvaluation } from './server/commands/rate.ts';
import { reassignPlans } from './server/commands/reassign.ts';
import { turnFollowUpDay } from './server/commands/turn-day.ts';
import { evaluatedPeople, evaluationResults, nonResponse } from './server/queries/evaluation-results.ts';
import { evaluationSheet, ratingDuties, ratingSheet } from './server/queries/evaluations.ts';
import { plansAtWork } from './test-plan.ts';

let it: Awaited<ReturnType<typeof plansAtWork>>;
beforeAll(async () => void (it = await plansAtWork()));
beforeEach(() => it.newClass());
afterAll(() => it.close());

const day = (days: number) => new Date(it.at('08:00').getTime() + days * 86_400_000);
const on = (days: number) => day(days).toISOString().slice(0, 10);
const turn = (days: number) =>
	it.does(it.as('officer', ['agency.settings'], ''), turnFollowUpDay, {}, { now: day(days) });
const evaluationOf = async (name: string): Promise<string> => {
	const { rows } = await it.owner.query(
		'select id from followup.evaluation where class_id = $1 and person_id = $2',
		[it.classId(), it.who(name)]
	);
	return rows[0].id;
};
const raters = async (name: string): Promise<{ name: string; role: string; reminders: number }[]> => {
	const { rows } = await it.owner.query(
		`select p.name, w.role, w.reminders from followup.rater w join people.person p on p.agency_id = w.agency_id and p.id = w.rater_id
		where w.evaluation_id = $1 order by w.role, p.name`,
		[await evaluationOf(name)]
	);
	return rows;
};
const rates = async (by: string, about: string, before: number, now: number, days = 121) => {
	const evaluationId = await evaluationOf(about);
	const { competencies } = await it.sees((db) => ratingSheet(db, it.as(by), evaluationId, on(days)));
	return it.does(
		it.as(by),
		rateEvaluation,
		{ evaluationId, ratings: competencies.map(({ competencyId }) => ({ competencyId, before, now })) },
		{ now: day(days) }
	);
};
const peersOf = async (name: string) =>
	(await raters(name)).filter(({ role }) => role === 'peer').map((one) => one.name);

describe('evaluation after training', () => {
	test('is asked of whoever passed, 120 days later, with raters from the chart; nobody rates unasked', async () => {
		expect(await turn(119)).toMatchObject({ opened: 0 });
		expect(await turn(120)).toMatchObject({ opened: 2 });
		expect(await turn(120)).toMatchObject({ opened: 0 });
		const asked = await raters('ani');
		expect(asked.filter(({ role }) => role !== 'peer')).toMatchObject([
			{ name: 'ani', role: 'self' },
			{ name: 'kasi', role: 'supervisor' }
		]);
		expect(asked.filter(({ role }) => role === 'peer')).toHaveLength(4);
		expect(asked.map(({ name }) => name)).not.toContain('camat');
		const duties = await it.sees((db) => ratingDuties(db, it.who('kasi'), on(121)));
		expect(duties.filter(({ done }) => !done).map(({ personName }) => personName)).toEqual(
			expect.arrayContaining(['ani', 'budi'])
		);
		await expect(rates('camat', 'ani', 1, 3)).rejects.toMatchObject({ kind: 'missing' });
	});

	test('reminders stop after two, and after the answer', async () => {
		await turn(120);
		await rates('kasi', 'ani', 1, 3);
		for (const days of [124, 125, 126, 130, 135, 140]) await turn(days);
		const all = await raters('ani');
		expect(all.find(({ name }) => name === 'kasi')?.reminders).toBe(0);
		expect(all.find(({ name }) => name === 'ani')?.reminders).toBe(2);
	});

	test('a supervisor who moved gives way to the one of today', async () => {
		await turn(120);
		const head = async (name: string) => {
			await it.owner.query('update people.unit set head_person_id = $2 where id = $1', [
				it.unit.pelayanan,
				it.who(name)
			]);
			await it.owner.query('select people.refresh_leaders($1)', [it.agencyId]);
		};
		await head('fitri');
		expect(await turn(121)).toMatchObject({ replaced: expect.any(Number) });
		const supervisor = (await raters('budi')).filter(({ role }) => role === 'supervisor');
		expect(supervisor.map(({ name }) => name)).toEqual(['fitri']);
		await head('kasi');
	});

	test('a supervisor who left and whom nobody follows is asked no more; one who only moved still is', async () => {
		await turn(120);
		const who = it.who('kasi');
		const nobody = async (active: boolean) => {
			await it.owner.query(
				`update people.unit set head_person_id = null where head_person_id is not null and $1::ltree <@ path`,
				['kota.marelan.pelayanan']
			);
			await it.owner.query('select people.refresh_leaders($1)', [it.agencyId]);
			await it.owner.query('update people.person set active = $2 where id = $1', [who, active]);
		};
		const supervisor = async () => (await raters('ani')).filter(({ role }) => role === 'supervisor');
		await nobody(true);
		await turn(121);
		expect(await supervisor()).toMatchObject([{ name: 'kasi' }]);
		await nobody(false);
		expect(await turn(122)).toMatchObject({ replaced: 0 });
		expect(await supervisor()).toEqual([]);
		await it.owner.query('update people.person set active = true where id = $1', [who]);
		for (const [unit, name] of [
			['pelayanan', 'kasi'],
			['marelan', 'camat']
		] as const)
			await it.owner.query('update people.unit set head_person_id = $2 where id = $1', [
				it.unit[unit],
				it.who(name)
			]);
		await it.owner.query('select people.refresh_leaders($1)', [it.agencyId]);
	});

	test('the same on the day of the move, and the new one alone is told', async () => {
		await turn(120);
		await it.owner.query('update people.unit set head_person_id = $2 where id = $1', [
			it.unit.pelayanan,
			it.who('fitri')
		]);
		await it.owner.query('select people.refresh_leaders($1)', [it.agencyId]);
		const system = it.as('officer', ['agency.settings'], '');
		expect(await it.does(system, reassignPlans, {}, { now: day(122) })).toMatchObject({
			evaluations: expect.any(Number)
		});
		expect(await it.does(system, reassignPlans, {}, { now: day(122) })).toMatchObject({ evaluations: 0 });
		expect((await raters('ani')).filter(({ role }) => role === 'supervisor')).toMatchObject([
			{ name: 'fitri', reminders: 0 }
		]);
		const told = await it.owner.query<{ on: string }>(
			`select payload->>'on' as on from platform.event where name = 'followup.ratersReplaced' and payload->>'on' = $1`,
			[on(122)]
		);
		expect(told.rows).toHaveLength(1);
		await expect(rates('kasi', 'ani', 1, 3, 123)).rejects.toMatchObject({ kind: 'missing' });
		await rates('fitri', 'ani', 1, 3, 123);
		await it.owner.query('update people.unit set head_person_id = $2 where id = $1', [
			it.unit.pelayanan,
			it.who('kasi')
		]);
		await it.owner.query('select people.refresh_leaders($1)', [it.agencyId]);
		await it.does(system, reassignPlans, {}, { now: day(124) });
		const supervisor = (await raters('ani')).filter(({ role }) => role === 'supervisor');
		expect(supervisor.map(({ name }) => name)).toEqual(['fitri']);
	});

	test('two peers are shown to nobody, three as a group; the level before and now is measured and is evidence', async () => {
		await turn(120);
		await rates('ani', 'ani', 1, 4);
		await rates('ani', 'ani', 2, 4);
		await rates('kasi', 'ani', 1, 3);
		const [first = '', second = '', third = ''] = await peersOf('ani');
		for (const name of [first, second, third]) await rates(name, 'ani', 1, 3);
		const [one = '', two = ''] = (await peersOf('budi')).filter((name) => name !== 'ani');
		for (const name of [one, two]) await rates(name, 'budi', 1, 3);
		const sheetOf = async (name: string, by = it.as(name)) => {
			const id = await evaluationOf(name);
			return it.sees((db) => evaluationSheet(db, by, id));
		};
		expect(await sheetOf('ani')).toMatchObject({ closed: false, changes: [], response: [] });
		const closed = await turn(142);
		expect(closed.closed).toBeGreaterThanOrEqual(2);
		const ani = await sheetOf('ani');
		expect(ani.changes[0]?.roles).toEqual([
			{ role: 'self', raters: 1, before: 2, now: 4 },
			{ role: 'supervisor', raters: 1, before: 1, now: 3 },
			{ role: 'peer', raters: 3, before: 1, now: 3 }
		]);
		expect(ani.changes[0]?.now?.level).toBeGreaterThan(2.5);
		expect(ani.changes[0]?.now?.sd).toBeLessThan(0.6);
		expect((await sheetOf('budi')).changes[0]?.roles).toEqual([]);
		const evidence = await it.owner.query<{ source: string; level: string; rater: string | null }>(
			`select e.source, e.level, p.name as rater from needs.evidence e left join people.person p on p.agency_id = e.agency_id and p.id = e.rater_id
			where e.person_id = $1 and e.reference = 'Evaluasi pascapelatihan ' || (select code from classes.class where id = $2) order by e.source`,
			[it.who('ani'), it.classId()]
		);
		expect(evidence.rows.map(({ source, level, rater }) => [source, Number(level), rater])).toEqual([
			['peer', 3, null],
			['self', 4, 'ani'],
			['supervisor', 3, 'kasi']
		]);
		await expect(rates('kasi', 'ani', 1, 5, 143)).rejects.toMatchObject({ kind: 'missing' });
		for (const by of [it.as('citra'), it.as('stranger', ['followup.read'])])
			await expect(sheetOf('ani', by)).rejects.toMatchObject({ kind: 'missing' });
		const filter = { programId: null, classId: it.classId(), unitId: null };
		const camat = it.as('camat', ['followup.read']);
		const results = await it.sees((db) => evaluationResults(db, camat, filter));
		expect(results).toMatchObject({ evaluations: 2, closed: 2 });
		expect(results.response[0]).toEqual({ role: 'self', asked: 2, answered: 1 });
		const compared = await it.sees((db) => nonResponse(db, camat, filter));
		expect(compared.map(({ trait }) => trait)).toEqual(['sex', 'postKind', 'unitKind', 'pretest']);
		expect(compared[0]).toMatchObject({ answered: [1], silent: [1] });
		const firstPage = { size: 20, offset: 0 };
		const listed = await it.sees((db) => evaluatedPeople(db, camat, filter, firstPage));
		expect(listed.map(({ name }) => name).toSorted()).toEqual(['ani', 'budi']);
		for (const { id } of listed)
			expect(await it.sees((db) => evaluationSheet(db, camat, id))).toMatchObject({ closed: true });
		const stranger = it.as('stranger', ['followup.read']);
		expect(await it.sees((db) => evaluatedPeople(db, stranger, filter, firstPage))).toEqual([]);
		expect(await it.sees((db) => evaluationResults(db, stranger, filter))).toMatchObject({
			evaluations: 0,
			levels: []
		});
	});

	test('closes by itself once everybody has answered; half of the competencies is no answer', async () => {
		await turn(120);
		const evaluationId = await evaluationOf('budi');
		for (const name of (await raters('budi')).map((one) => one.name)) await rates(name, 'budi', 2, 3);
		await expect(
			it.does(it.as('budi'), rateEvaluation, { evaluationId, ratings: [] }, { now: day(121) })
		).rejects.toMatchObject({ kind: 'invalid' });
		expect((await turn(121)).closed).toBeGreaterThanOrEqual(1);
		const sheet = await it.sees((db) => evaluationSheet(db, it.as('budi'), evaluationId));
		expect(sheet).toMatchObject({ closed: true });
		expect(sheet.response.every(({ asked, answered }) => asked === answered)).toBe(true);
	});

	test('leaves in the audit trail that somebody rated, and never who', async () => {
		await turn(120);
		await rates('kasi', 'ani', 1, 3);
		const { rows } = await it.owner.query(
			`select distinct account_id, person_id, hat, request_id, array(select jsonb_object_keys(subject)) as facts
			from platform.audit where command = 'followup.rate'`
		);
		expect(rows).toEqual([
			{ account_id: 'withheld', person_id: null, hat: null, request_id: null, facts: ['evaluationId'] }
		]);
	});
});
