import { spawn, type ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { reading } from '#platform/db/pools.ts';
import { ownJob } from '#platform/jobs/jobs.ts';
import { installJobs } from '#platform/jobs/queue.ts';
import { finishClass, markAttendance } from '#slices/classes/server/commands/mark-attendance.ts';
import { addSession } from '#slices/classes/server/commands/write-session.ts';
import { setAttendance } from '#slices/programs/server/commands/set-attendance.ts';
import { crowd } from '../../../tests/make/crowd.ts';
import { graduation } from '../../../tests/make/graduation.ts';
import { askToIssue, setEligibility } from './server/commands/issue-class.ts';
import { ruleOfClass, standingsOf } from './server/standings.ts';

let it: Awaited<ReturnType<typeof graduation>>;
beforeAll(async () => {
	it = await graduation();
	await installJobs(it.url);
});
beforeEach(() => it.nextDay());
afterAll(() => it.close());

const ask = async (classId: string) =>
	(await it.does(it.certifier, askToIssue, { classId }, { now: it.at('17:00') })).jobId;
const count = async (classId: string): Promise<number> =>
	(
		await it.owner.query<{ n: number }>(
			'select count(*)::int as n from credentials.certificate where class_id = $1',
			[classId]
		)
	).rows[0]?.n ?? 0;
const reasons = async (classId: string) =>
	Object.fromEntries(
		(await it.sees(async (db) => standingsOf(db, classId, await ruleOfClass(db, classId)))).map((one) => [
			one.name,
			one.verdict === 'not' ? one.reasons.map(({ code }) => code) : one.verdict
		])
	);
const rule = (change: object) =>
	it.does(it.certifier, setEligibility, { programId: it.need.programId, ...change });

describe('who is eligible', () => {
	test('is shown for everybody with the reason, and is what issuing does', async () => {
		const classId = await it.over({ present: ['ani', 'budi'], absent: ['citra'] });
		await rule({ needsReaction: true });
		await it.owner.query(
			`insert into evaluation.reaction_given (agency_id, class_id, person_id, given_on) values ($1, $2, $3, $4)`,
			[it.agencyId, classId, it.who('ani'), it.today()]
		);
		expect(await reasons(classId)).toEqual({
			ani: 'may',
			budi: ['reaction'],
			citra: ['attendance', 'reaction']
		});
		expect(await it.issue(classId)).toBe(1);
		expect(await reasons(classId)).toMatchObject({ ani: 'has', budi: ['reaction'] });
		await rule({});
		expect(await it.issue(classId)).toBe(1);
	});

	test('a test that the program asks for and nobody took stops everybody, and the job is not begun', async () => {
		const classId = await it.over({ present: ['ani'] });
		await rule({ posttestPercent: 70 });
		expect(await reasons(classId)).toEqual({ ani: ['noPosttest'] });
		await expect(ask(classId)).rejects.toMatchObject({ code: 'credentials.issue.nobody' });
		await rule({});
		expect(await it.issue(classId)).toBe(1);
	});

	test('attendance is asked by the class alone: what the program presets later asks nobody for more', async () => {
		const { classId, sessionId } = await it.aClass({ attendancePercent: 50, from: '08:00', to: '09:00' });
		const second = await it.does(it.office, addSession, it.session(classId, { from: '10:00', to: '11:00' }));
		await it.enrolled(classId, 'ani', 'budi');
		const mark = (of: string, ani: string) =>
			it.does(
				it.office,
				markAttendance,
				{
					sessionId: of,
					marks: [
						{ personId: it.who('ani'), status: ani },
						{ personId: it.who('budi'), status: 'absent' }
					]
				},
				{ now: it.at('15:00') }
			);
		await mark(sessionId, 'present');
		await mark(second.sessionId, 'absent');
		await it.does(it.office, finishClass, { classId }, { now: it.at('16:00') });
		const preset = (percent: number) =>
			it.does(it.as('officer', ['programs.edit'], ''), setAttendance, {
				programId: it.need.programId,
				percent
			});
		await preset(100);
		expect(await reasons(classId)).toEqual({ ani: 'may', budi: ['attendance'] });
		expect(await it.issue(classId)).toBe(1);
		await preset(85);
	});

	test('only who issues for the agency sets what is asked', async () => {
		const camat = it.as('camat', ['credentials.issue']);
		await expect(it.does(camat, setEligibility, { programId: it.need.programId })).rejects.toMatchObject({
			kind: 'forbidden'
		});
	});
});

describe('a thousand certificates', () => {
	test('killed in the middle, the job goes on: none lost, no number twice, no gap', async () => {
		const classId = await it.over({ present: ['ani'] });
		await crowd(it, classId, 999);
		const before = await it.owner.query<{ n: number }>(
			`select count(*)::int as n from credentials.certificate where agency_id = $1`,
			[it.agencyId]
		);
		const jobId = await ask(classId);
		expect(await ask(classId)).toBe(jobId);
		const first = worker();
		await expect.poll(() => count(classId), { timeout: 60_000, interval: 20 }).toBeGreaterThan(150);
		first.kill('SIGKILL');
		await ended(first);
		const atDeath = await count(classId);
		expect(atDeath).toBeLessThan(1000);
		expect(atDeath % 100).toBe(0);
		// Its heartbeat is missed after fifteen seconds; nobody here has them.
		await it.owner.query(
			`update pgboss.job set state = 'retry', start_after = now(), retry_count = retry_count + 1 where state = 'active'`
		);
		const second = worker();
		const look = () => reading(it.agencyId, (db) => ownJob(db, it.certifier, jobId), it.db);
		await expect.poll(async () => (await look())?.status, { timeout: 120_000, interval: 100 }).toBe('done');
		expect(await look()).toMatchObject({ done: 1000, total: 1000 });
		second.kill('SIGKILL');
		await ended(second);
		const { rows } = await it.owner.query<{
			n: number;
			people: number;
			numbers: number;
			least: number;
			most: number;
		}>(
			`select count(*)::int as n, count(distinct person_id)::int as people, count(distinct number)::int as numbers,
					min(split_part(number, '/', 1)::int) as least, max(split_part(number, '/', 1)::int) as most
				from credentials.certificate where class_id = $1`,
			[classId]
		);
		// The job numbers by the clock of the server, whose year has no certificate yet.
		expect(rows[0]).toEqual({ n: 1000, people: 1000, numbers: 1000, least: 1, most: 1000 });
		const start = before.rows[0]?.n ?? 0;
		const told = await it.owner.query(
			`select 1 from platform.event where name = 'credentials.issued' and agency_id = $1`,
			[it.agencyId]
		);
		expect(told.rowCount).toBe(start + 1000);
	}, 240_000);
});

const worker = (): ChildProcess =>
	spawn(process.execPath, ['tests/make/issue-worker.ts'], {
		env: { ...process.env, DATABASE_URL: it.url },
		stdio: 'inherit'
	});
const ended = (child: ChildProcess) => new Promise((resolve) => child.once('exit', resolve));
