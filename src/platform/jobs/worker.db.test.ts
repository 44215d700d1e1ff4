import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { reading, writing } from '#platform/db/pools.ts';
import { testDatabase } from '../../../tests/make/database.ts';
import { enqueue, ownJob, unfinishedJob } from './jobs.ts';
import { installJobs } from './queue.ts';
import { startJobs, type JobWork } from './worker.ts';

let scratch: Awaited<ReturnType<typeof testDatabase>>;
let owner: pg.Pool;
let stop: (() => Promise<void>) | undefined;
const agencyId = newId();
const actor: Actor = {
	agencyId,
	accountId: 'account-one',
	personId: null,
	name: 'Pengelola',
	unitPath: '',
	hat: null,
	grants: []
};

beforeAll(async () => {
	scratch = await testDatabase();
	owner = new pg.Pool({ connectionString: scratch.url, max: 2 });
	await installJobs(scratch.url);
	await owner.query(
		`insert into platform.agency (agency_id, code, name, city, time_zone) values ($1, 'uji', 'Kota Uji', 'Uji', 'Asia/Jakarta')`,
		[agencyId]
	);
});
afterAll(async () => {
	await owner.end();
	await scratch.drop();
});

let tries = 0;
beforeEach(() => void (tries = 0));
afterEach(async () => {
	await stop?.();
	stop = undefined;
});

const ask = (input: object = {}, by = actor) =>
	writing(agencyId, (tx) => enqueue(tx, { actor: by, kind: 'test', input, now: new Date() }), scratch.db);
const look = (jobId: string, by = actor) => reading(agencyId, (db) => ownJob(db, by, jobId), scratch.db);
const start = async (work: (work: JobWork) => Promise<unknown>) => {
	stop = await startJobs(scratch.url, { test: { work, seenAt: () => '/' } }, scratch.db);
};
const becomes = (jobId: string, status: string) =>
	expect.poll(async () => (await look(jobId))?.status, { timeout: 20_000 }).toBe(status);
/** A crash is tried again after some seconds; nobody here has them. */
const hurry = () => owner.query(`update pgboss.job set start_after = now() where state = 'retry'`);

describe('a job', () => {
	test('waits for a worker, tells how far it is while its work is still uncommitted, and is done', async () => {
		const jobId = await ask({ rows: 3 });
		expect(await look(jobId)).toMatchObject({ status: 'waiting', done: 0, total: 0, input: { rows: 3 } });
		let seenHalfway: unknown;
		await start(async ({ input, progress, actor: by }) => {
			await progress(1, 3);
			seenHalfway = { job: await look(jobId), input, by: by.name };
			await progress(3, 3);
		});
		await becomes(jobId, 'done');
		expect(seenHalfway).toMatchObject({
			job: { status: 'running', done: 1, total: 3 },
			input: { rows: 3 },
			by: 'Pengelola'
		});
		expect(await look(jobId)).toMatchObject({ done: 3, total: 3, failure: null });
	});

	test('that is refused is not tried again, and keeps the refusal and its facts for the person', async () => {
		const jobId = await ask();
		await start(() => {
			tries += 1;
			return Promise.reject(refused('people.import.stale', { file: 'asn.csv' }));
		});
		await becomes(jobId, 'failed');
		expect(await look(jobId)).toMatchObject({
			failure: { code: 'people.import.stale', facts: { file: 'asn.csv' } }
		});
		expect(tries).toBe(1);
	});

	test('that crashes waits for another try and may still succeed', async () => {
		const jobId = await ask();
		await start(() => {
			tries += 1;
			return tries === 1 ? Promise.reject(new Error('a bug')) : Promise.resolve();
		});
		await becomes(jobId, 'waiting');
		await expect.poll(async () => (await hurry()).rowCount, { timeout: 10_000 }).toBe(1);
		await becomes(jobId, 'done');
		expect(tries).toBe(2);
	});

	test('that crashes three times is shown as failed, on our side, and left alone', async () => {
		const jobId = await ask();
		await start(() => {
			tries += 1;
			return Promise.reject(new Error('a bug'));
		});
		const hurrying = setInterval(() => void hurry(), 200);
		await becomes(jobId, 'failed').finally(() => clearInterval(hurrying));
		expect(await look(jobId)).toMatchObject({ failure: { code: 'kernel.crash' } });
		expect(tries).toBe(3);
	});

	test('whose worker died each time is given up aloud, not shown as running for ever', async () => {
		const jobId = await ask();
		await owner.query(`update platform.job set status = 'running' where id = $1`, [jobId]);
		// As the queue finds it when the third worker has stopped sending heartbeats.
		await owner.query(
			`update pgboss.job set state = 'active', retry_count = retry_limit, started_on = now() - interval '1 hour',
				heartbeat_on = now() - interval '1 hour' where data ->> 'jobId' = $1`,
			[jobId]
		);
		await start(() => Promise.reject(new Error('nobody should try it')));
		await expect
			.poll(async () => (await look(jobId))?.failure?.code, { timeout: 30_000 })
			.toBe('platform.job.lost');
	});

	test('is seen by nobody but the one who asked for it', async () => {
		const jobId = await ask();
		expect(await look(jobId, { ...actor, accountId: 'account-two' })).toBeUndefined();
		expect(await look(jobId)).toBeDefined();
	});

	test('is not asked for at all when the command that asked is rolled back', async () => {
		const before = await owner.query('select count(*)::int as n from pgboss.job');
		await expect(
			writing(
				agencyId,
				async (tx) => {
					await enqueue(tx, { actor, kind: 'test', input: {}, now: new Date() });
					throw refused('kernel.forbidden');
				},
				scratch.db
			)
		).rejects.toThrow('kernel.forbidden');
		expect((await owner.query('select count(*)::int as n from pgboss.job')).rows).toEqual(before.rows);
	});

	test('is found again by what it does until it has ended, by name for everybody else', async () => {
		const input = { importId: newId() };
		const jobId = await ask(input);
		const find = (by: Actor) => reading(agencyId, (db) => unfinishedJob(db, by, 'test', input), scratch.db);
		expect(await find(actor)).toEqual({ id: jobId, own: true, by: 'Pengelola' });
		expect(await find({ ...actor, accountId: 'account-two' })).toMatchObject({ own: false, by: 'Pengelola' });
		await start(() => Promise.resolve());
		await becomes(jobId, 'done');
		expect(await find(actor)).toBeUndefined();
	});
});
