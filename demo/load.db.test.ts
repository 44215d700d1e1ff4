import { hash } from 'node:crypto';
import { sql, type SqlBool } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differenceInDifferences } from '#kernel/statistics/differenceInDifferences.ts';
import type { PanelRow } from '#kernel/statistics/panel.ts';
import { reading } from '#platform/db/pools.ts';
import { drawHolds } from '#slices/impact/lots.ts';
import { judged, studiesWhere } from '#slices/impact/server/queries/studies.ts';
import { verdictOf } from '#slices/impact/verdict.ts';
import { yearResults } from '#slices/reports/public.server.ts';
import { countsOf, without } from '#slices/reports/year.ts';
import { testDatabase } from '../tests/make/database.ts';
import { fingerprint } from './fingerprint.ts';
import { loadDemo, tidyDemo } from './load.ts';
import { INDICATORS, OFFICER } from './year/indicators.ts';

/** A Saturday: what must be "today or next" has to bridge the weekend. */
const NOW = new Date('2026-11-21T05:00:00Z');
const OPTIONS = { now: NOW, answers: 0.35 };

let base: Awaited<ReturnType<typeof testDatabase>>;
let owner: pg.Client;
let prints: Awaited<ReturnType<typeof fingerprint>>;

const rows = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> =>
	(await owner.query<Row>(text, values)).rows;
const count = async (text: string, values: unknown[] = []): Promise<number> =>
	Number((await rows<{ count: string }>(`select count(*) from ${text}`, values))[0]?.count);

beforeAll(async () => {
	base = await testDatabase();
	await loadDemo(base.url, () => undefined, OPTIONS);
	await tidyDemo(base.url);
	owner = new pg.Client({ connectionString: base.url });
	await owner.connect();
	prints = await fingerprint(base.url);
}, 400_000);

afterAll(async () => {
	await owner.end();
	await base.drop();
});

describe('the three cities', () => {
	it('have everybody who was invented, and their mayors, each with a way in', async () => {
		const people = await rows<{ code: string; people: number; units: number; accounts: number }>(
			`select a.code, (select count(*)::int from people.staff s where s.agency_id = a.agency_id) as people,
				(select count(*)::int from people.unit u where u.agency_id = a.agency_id) as units,
				(select count(*)::int from auth."user" u where u.agency_id = a.agency_id) as accounts
			from platform.agency a order by a.code`
		);
		expect(people).toEqual([
			{ code: 'medan', people: 14_352, units: 1095, accounts: 14_352 },
			{ code: 'palembang', people: 301, units: 104, accounts: 301 },
			{ code: 'pematangsiantar', people: 301, units: 77, accounts: 301 }
		]);
	});

	it('nobody supervises himself, and only the mayor answers to nobody', async () => {
		expect(await count('people.staff where supervisor_id = person_id')).toBe(0);
		expect(await count(`people.staff where supervisor_id is null and employment_kind <> 'OFFICIAL'`)).toBe(0);
	});

	it('see nothing of each other: as the app, no table gives away a row of another agency', async () => {
		const agencies = await rows<{ agency_id: string; code: string }>(
			'select agency_id, code from platform.agency'
		);
		const tables = await rows<{ name: string }>(
			`select format('%I.%I', table_schema, table_name) as name from information_schema.columns
			join pg_tables t on t.schemaname = table_schema and t.tablename = table_name
			where column_name = 'agency_id' and table_schema not in ('auth', 'pg_catalog', 'information_schema')`
		);
		expect(tables.length).toBeGreaterThan(50);
		await owner.query('set role asah_app');
		try {
			for (const { agency_id, code } of agencies) {
				await owner.query(`select set_config('app.agency_id', $1, false)`, [agency_id]);
				for (const { name } of tables)
					expect(await count(`${name} where agency_id <> $1`, [agency_id]), `${name} as ${code}`).toBe(0);
			}
		} finally {
			await owner.query('reset role');
		}
	});
});

describe('the finished year', () => {
	it('has a decreed plan of 40 lines and the classes that came of it, in all forms', async () => {
		expect(await count(`plans.line l join plans.plan p on p.id = l.plan_id where p.status = 'decreed'`)).toBe(
			40
		);
		expect(await count(`classes.class where status = 'finished'`)).toBeGreaterThanOrEqual(58);
		const forms = await rows<{ form: string }>(`select distinct form from classes.class order by form`);
		expect(forms.map(({ form }) => form)).toEqual([
			...Array.from({ length: 12 }, (_, index) => `KL${String(index + 1).padStart(2, '0')}`),
			...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12].map((form) => `NK${String(form).padStart(2, '0')}`)
		]);
	});

	it('is a real one: some were late, absent, rejected, withdrew, failed or waited in vain', async () => {
		const registrations = await rows<{ status: string }>(
			'select distinct status from classes.registration order by 1'
		);
		expect(registrations.map(({ status }) => status)).toEqual([
			'enrolled',
			'failed',
			'passed',
			'rejected',
			'requested',
			'waiting',
			'withdrawn'
		]);
		const marks = await rows<{ status: string }>('select distinct status from classes.attendance order by 1');
		expect(marks.map(({ status }) => status)).toEqual(['absent', 'excused', 'late', 'present']);
		// Whoever passed by the rule has a certificate; nobody else has.
		expect(
			await count(`credentials.certificate c join classes.registration r
				on r.class_id = c.class_id and r.person_id = c.person_id where r.status <> 'passed'`)
		).toBe(0);
		expect(await count('classes.class where plan_line_id is null')).toBe(1);
	});

	it('numbers certificates without gaps or repeats', async () => {
		const [numbers] = await rows<{ first: number; last: number; distinct: number; all: number }>(
			`select min(n) as first, max(n) as last, count(distinct n)::int as distinct, count(*)::int as all
			from (select split_part(number, '/', 1)::int as n from credentials.certificate) x`
		);
		expect(numbers).toEqual({ first: 1, last: numbers?.all, distinct: numbers?.all, all: numbers?.all });
	});

	it('taught something: tests after are better than before in every program that has them, and measure every outcome', async () => {
		const gains = await rows<{ code: string; gain: number }>(
			`select g.code, avg(b.score / b.max_score - a.score / a.max_score)::float8 as gain
			from learning.attempt a join learning.attempt b on b.class_id = a.class_id and b.person_id = a.person_id and b.purpose = 'posttest'
			join classes.class c on c.id = a.class_id join programs.version v on v.id = c.version_id join programs.program g on g.id = v.program_id
			where a.purpose = 'pretest' and b.score is not null group by g.code`
		);
		expect(gains.length).toBeGreaterThanOrEqual(8);
		for (const { code, gain } of gains) expect(gain, code).toBeGreaterThan(0.08);
		const tied = `select from evaluation.item_outcome i join content.question n on n.id = i.question_id join content.quiz q on q.id = n.quiz_id and q.purpose = 'posttest' where i.outcome_id = o.id`;
		const taught = `exists (select from classes.class c where c.version_id = o.version_id) and exists (select from content.quiz q where q.version_id = o.version_id)`;
		expect(await count(`programs.outcome o where ${taught} and not exists (${tied})`)).toBe(0);
	});

	it('hides an effect that the product finds again, and one figure where there is none', async () => {
		for (const model of INDICATORS) {
			const panel = await rows<{
				unit: string;
				period: number;
				treated: boolean;
				post: boolean;
				value: number;
			}>(
				`select u.name as unit, (extract(year from m.period) * 12 + extract(month from m.period))::int as period,
					s.treated, s.treated and m.period >= s.treated_from as post, m.value::float8 as value
				from impact.measurement m
				join impact.indicator i on i.id = m.indicator_id
				join impact.study t on t.indicator_id = i.id and t.frozen_at is not null and t.draw_seed is not null
				join impact.study_unit s on s.study_id = t.id and s.unit_id = m.unit_id
				join people.unit u on u.id = m.unit_id
				where i.code = $1`,
				[model.code]
			);
			expect(panel).toHaveLength(21 * 24);
			const found = differenceInDifferences(panel satisfies PanelRow[]);
			expect(found.interval?.lower, model.code).toBeLessThanOrEqual(model.effect);
			expect(found.interval?.upper, model.code).toBeGreaterThanOrEqual(model.effect);
			const { verdict, cautions } = verdictOf(found, model.better, {
				plannedBefore: true,
				smallestUseful: 1
			});
			expect({ verdict, cautions }).toEqual({
				verdict: model.effect === 0 ? 'noEvidence' : 'better',
				cautions: []
			});
		}
		expect(await count('impact.study where planned_before and frozen_at is not null')).toBe(5);
	});

	it('is told by the product as it was planted: effects in their intervals, no effect as not enough evidence, selection as nothing to conclude', async () => {
		const [agency] = await rows<{ id: string }>(
			`select agency_id as id from impact.study where draw_seed is not null limit 1`
		);
		const studies = await reading(
			agency?.id ?? '',
			async (db) => judged(db, await studiesWhere(db, sql<SqlBool>`s.frozen_at is not null`, 10)),
			base.db
		);
		expect(studies).toHaveLength(5);
		for (const { finding, indicator, design, fixed } of studies) {
			expect(fixed?.hash, indicator.code).toBe(hash('sha256', fixed?.text ?? ''));
			const model = [...INDICATORS, OFFICER].find(({ code }) => code === indicator.code);
			if (model === undefined) {
				expect(finding?.verdict).toMatchObject({
					verdict: 'cannotTell',
					messageKey: 'impact.verdict.pathsDiffered'
				});
				continue;
			}
			if (model === OFFICER) expect(finding?.analysis.main.df).toBeGreaterThanOrEqual(9);
			const told = [design, finding?.analysis.main.method, finding?.verdict.claim];
			expect(told).toEqual(
				model === OFFICER ? ['matched', 'matched', 'alike'] : ['lottery', 'adjusted', 'lot']
			);
			const { interval } = finding?.analysis.main ?? {};
			expect(interval?.lower, model.code).toBeLessThanOrEqual(model.effect);
			expect(interval?.upper, model.code).toBeGreaterThanOrEqual(model.effect);
			expect(finding?.verdict.verdict, model.code).toBe(model.effect === 0 ? 'noEvidence' : 'better');
		}
		const drawn = await rows<{
			treated: boolean;
			lot: number | null;
			lotKey: string;
			seed: string;
			study: string;
		}>(
			`select x.treated, x.lot, x.lot_key as "lotKey", s.draw_seed::text as seed, s.id as study from impact.study s
			join impact.study_unit x on x.study_id = s.id where s.draw_seed is not null`
		);
		for (const [, units] of Map.groupBy(drawn, ({ study }) => study))
			expect(drawHolds(units, Number(units[0]?.seed))).toBe(true);
	});
});

describe('Hasil, as the mayor of the demo city reads it', () => {
	it('tells of three questions answered well, one without evidence and one that nobody can answer, and of the breaks', async () => {
		const [agency] = await rows<{ id: string }>(
			`select agency_id as id from platform.agency where code = 'medan'`
		);
		const agencyId = agency?.id ?? '';
		const actor = {
			agencyId,
			accountId: 'uji',
			personId: null,
			name: 'Wali kota',
			unitPath: '',
			hat: null,
			grants: (['reports.read', 'impact.read', 'needs.read', 'papers.read'] as const).map((ability) => ({
				ability,
				unitPath: ''
			}))
		};
		const year = Number(NOW.toISOString().slice(0, 4));
		const found = await reading(agencyId, (db) => yearResults(db, actor, year), base.db);
		expect(countsOf(found.verdicts)).toEqual([
			{ verdict: 'better', count: 3 },
			{ verdict: 'noEvidence', count: 1 },
			{ verdict: 'cannotTell', count: 1 }
		]);
		expect(without(found.programs, 4)).toHaveLength(found.programs.length - 1);
		expect(found.gaps?.reached).toBeGreaterThan(0);
		expect(found.money?.realised).toBeGreaterThan(0);
	});
});

describe('the rules of needs', () => {
	it('are the city’s own since before its first survey, beside what every agency begins with', async () => {
		expect(await count(`needs.importance where reason <> '' and set_by_name is not null`)).toBe(3);
		expect(await count(`needs.estimator_setting where set_by_name is not null`)).toBe(1);
		expect(await count(`needs.priority_rule where valid_to is null and set_by_name is not null`)).toBe(1);
	});
});

describe('somebody who signs in with a printed account', () => {
	const NIPS = `select u.username, u.person_id from auth."user" u`;
	const person = async (label: string): Promise<string> => {
		const [printed] = await rows<{ value: string }>(
			`select value from platform.instance where key = 'demo_accounts'`
		);
		const accounts: unknown = JSON.parse(printed?.value ?? '[]');
		const account = Array.isArray(accounts)
			? accounts.find((one) => String(one.role).startsWith(label))
			: undefined;
		const [found] = await rows<{ person_id: string }>(`${NIPS} where u.username = $1`, [
			String(account?.username)
		]);
		return found?.person_id ?? '';
	};

	it('as an employee has a survey, a quiz begun, a reaction, a certificate and a step that falls due', async () => {
		const me = await person('Pegawai');
		// The nine of the regulation, and two that the standard asks of a counter in a kecamatan.
		expect(
			await count(
				`needs.gap g join needs.campaign c on c.id = g.campaign_id where c.status = 'open' and g.person_id = $1 and g.self_level is null`,
				[me]
			)
		).toBe(11);
		expect(await count('learning.attempt where person_id = $1 and finished_at is null', [me])).toBe(1);
		expect(
			await count(
				`classes.registration r join classes.class c on c.id = r.class_id where r.person_id = $1 and c.status = 'finished'
				and c.ends_on > $2::date - 7
				and not exists (select from evaluation.reaction_given g where g.class_id = r.class_id and g.person_id = r.person_id)`,
				[me, '2026-11-21']
			)
		).toBe(1);
		expect(
			await count(`credentials.certificate where person_id = $1 and status = 'valid'`, [me])
		).toBeGreaterThan(0);
		expect(
			await count(
				`followup.step s join followup.action_plan a on a.id = s.action_plan_id
				where a.person_id = $1 and a.status = 'running' and s.done_on is null and s.due_on = $2::date + 2`,
				[me, '2026-11-21']
			)
		).toBe(1);
	});

	it('as a supervisor has requests, an action plan, a check-in and an empty sheet to answer', async () => {
		const me = await person('Atasan');
		const team = 'select person_id from people.staff where supervisor_id = $1';
		expect(
			await count(`classes.registration where status = 'requested' and person_id in (${team})`, [me])
		).toBe(2);
		expect(
			await count(`followup.action_plan where status = 'submitted' and supervisor_id = $1`, [me])
		).toBeGreaterThan(0);
		expect(
			await count(
				`followup.check_in k join followup.action_plan a on a.id = k.action_plan_id where k.answered_at is null and a.supervisor_id = $1`,
				[me]
			)
		).toBeGreaterThan(0);
		expect(
			await count(
				`needs.gap g join needs.campaign c on c.id = g.campaign_id where c.status = 'open' and g.supervisor_level is not null and g.person_id in (${team})`,
				[me]
			)
		).toBe(0);
	});

	it('as a facilitator has a sheet to fill and a session on the next working day', async () => {
		const me = await person('Widyaiswara');
		const sessions = await rows<{ on: string; marks: number }>(
			`select (s.starts_at at time zone 'Asia/Jakarta')::date::text as on,
				(select count(*)::int from classes.attendance a where a.session_id = s.id) as marks
			from classes.session s join classes.class c on c.id = s.class_id
			where c.status = 'running' and s.facilitator_id = $1 order by s.starts_at`,
			[me]
		);
		expect(sessions.some(({ on, marks }) => on <= '2026-11-21' && marks === 0)).toBe(true);
		expect(sessions.some(({ on }) => on === '2026-11-23')).toBe(true);
	});

	it('finds a plan on every desk, a class to finish and certificates to issue', async () => {
		const statuses = await rows<{ status: string }>('select distinct status from plans.plan order by 1');
		expect(statuses.map(({ status }) => status)).toEqual(['approved', 'decreed', 'draft', 'submitted']);
		expect(
			await count(
				`classes.class c where c.status = 'running' and c.ends_on < $1::date and not exists (
					select from classes.session s where s.class_id = c.id
						and not exists (select from classes.attendance a where a.session_id = s.id))`,
				['2026-11-21']
			)
		).toBe(1);
		expect(
			await count(
				`classes.class c where c.status = 'finished' and not exists (select from credentials.certificate x where x.class_id = c.id)`
			)
		).toBe(1);
		expect(await count(`programs.review where decision is null`)).toBe(1);
		expect(await count(`credentials.jp_entry where status = 'waiting'`)).toBeGreaterThan(10);
	});
});

describe('loading', () => {
	it('is done once: a second start finds it finished and touches nothing', async () => {
		await loadDemo(base.url, () => expect.unreachable('nothing to say'), OPTIONS);
		expect(await fingerprint(base.url)).toEqual(prints);
	});

	it(
		'begins again when it was cut short, and the same seed makes the same city',
		{ timeout: 400_000 },
		async () => {
			await owner.query(`update platform.instance set value = 'loading' where key = 'demo_state'`);
			await owner.query(`delete from classes.attendance`);
			await loadDemo(base.url, () => undefined, OPTIONS);
			await tidyDemo(base.url);
			expect(await fingerprint(base.url)).toEqual(prints);
		}
	);

	it('stays away from a real agency', async () => {
		await owner.query(`update platform.instance set value = 'loading' where key = 'demo_state'`);
		await owner.query(`update platform.agency set is_demo = false where code = 'palembang'`);
		await expect(loadDemo(base.url, () => undefined, OPTIONS)).rejects.toThrow('real agency');
		expect(await count('people.person')).toBeGreaterThan(14_000);
	});
});
