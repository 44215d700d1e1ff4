import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { reading } from '#platform/db/pools.ts';
import { ownJob } from '#platform/jobs/jobs.ts';
import { installJobs } from '#platform/jobs/queue.ts';
import { startJobs } from '#platform/jobs/worker.ts';
import { run } from '#platform/work/run.ts';
import { discardImport } from '#slices/people/server/commands/discard-import.ts';
import { queueImport } from '#slices/people/server/commands/queue-import.ts';
import { applyingJob, otherUnderWay } from '#slices/people/server/queries/imports.ts';
import {
	ANI,
	CAMAT,
	importTown,
	people,
	SEKDA,
	TREE,
	units
} from '#slices/people/server/import/test-town.ts';
import { JOB_KINDS } from './jobs.ts';

let town: Awaited<ReturnType<typeof importTown>>;
let stop: (() => Promise<void>) | undefined;
beforeAll(async () => {
	town = await importTown();
	await installJobs(town.url);
});
afterAll(() => town.close());
beforeEach(async () => {
	await town.empty();
	await town.bring(units(...TREE));
});
afterEach(async () => {
	await stop?.();
	stop = undefined;
});

const start = async () => void (stop = await startJobs(town.url, JOB_KINDS, town.db));
const press = (importId: string, by = town.actor, key = newId()) =>
	run(queueImport, { actor: by, input: { importId }, kysely: town.db, key });
const look = (jobId: string) => reading(town.agencyId, (db) => ownJob(db, town.actor, jobId), town.db);
const becomes = (jobId: string, status: string) =>
	expect.poll(async () => (await look(jobId))?.status, { timeout: 30_000 }).toBe(status);

describe('an import applied by a job', () => {
	test('is written, counted in rows, and leads on to what it made', async () => {
		const { importId } = await town.check(people(SEKDA, CAMAT, ANI));
		await start();
		const { jobId } = await press(importId);
		await becomes(jobId, 'done');
		const job = await look(jobId);
		expect(job).toMatchObject({ kind: 'people.applyImport', done: 3, total: 3 });
		expect(JOB_KINDS['people.applyImport']?.seenAt(job?.input)).toBe(`/people/import/${importId}`);
		expect(await town.count('people.person')).toBe(3);
	});

	test('is one job for two presses, at once and later, and one for the colleague who is told whose it is', async () => {
		const { importId } = await town.check(people(SEKDA, CAMAT, ANI));
		const [first, second] = await Promise.all([press(importId), press(importId)]);
		expect(second).toEqual(first);
		expect(await press(importId)).toEqual(first);
		const colleague = { ...town.actor, accountId: 'account-two', name: 'Rekan' };
		await expect(press(importId, colleague)).rejects.toMatchObject({
			code: 'people.import.beingApplied',
			params: { who: 'Pengelola' }
		});
		const shown = (by = town.actor) => reading(town.agencyId, (db) => applyingJob(db, by, importId), town.db);
		expect(await shown()).toEqual({ by: 'Pengelola', href: `/jobs/${first.jobId}` });
		expect(await shown(colleague)).toEqual({ by: 'Pengelola', href: null });
		await start();
		await becomes(first.jobId, 'done');
		expect(await town.count('platform.job')).toBe(1);
		expect(await town.count('people.posting')).toBe(3);
		await expect(press(importId)).rejects.toMatchObject({ code: 'people.import.alreadyApplied' });
	});

	test('thrown away while it waited is refused in the person’s words, and nothing is written', async () => {
		const { importId } = await town.check(people(ANI));
		const { jobId } = await press(importId);
		await run(discardImport, { actor: town.actor, input: { importId }, kysely: town.db });
		await start();
		await becomes(jobId, 'failed');
		expect((await look(jobId))?.failure).toEqual({ code: 'people.import.alreadyDiscarded', facts: {} });
		expect(await town.count('people.person')).toBe(0);
	});

	test('waits for another import, of which it tells; what that made untrue is not written, and says by which file', async () => {
		const first = await town.check(people(ANI));
		const second = await town.check(people(ANI.replace(',Ani,', ',Anita,')));
		await press(first.importId);
		const { jobId } = await press(second.importId);
		const other = (importId: string) => reading(town.agencyId, (db) => otherUnderWay(db, importId), town.db);
		expect(await other(second.importId)).toEqual({ file: 'berkas.csv', by: 'Pengelola' });
		await start();
		await becomes(jobId, 'failed');
		expect((await look(jobId))?.failure).toEqual({
			code: 'people.import.stale',
			facts: { file: 'berkas.csv' }
		});
		expect(await town.count('people.person')).toBe(1);
		expect(await other(second.importId)).toBeNull();
	});

	test('whose worker is killed halfway leaves nothing half written, and the next worker finishes it', async () => {
		const { importId } = await town.check(people(SEKDA, CAMAT, ANI));
		const { jobId } = await press(importId);
		await killedHalfway(town.url);
		expect(await town.count('people.person')).toBe(0);
		expect(await look(jobId)).toMatchObject({ status: 'running', done: 3, total: 3 });
		// Fifteen seconds without a heartbeat, without waiting for them.
		await town.owner.query(
			`update pgboss.job set heartbeat_on = now() - interval '1 minute' where state = 'active'`
		);
		await start();
		await becomes(jobId, 'done');
		expect(await town.count('people.person')).toBe(3);
		expect(await town.count('people.posting')).toBe(3);
		expect(await town.count('people.import')).toBe(2);
	});
});

/** A worker of its own process, killed when all rows are written and nothing is committed. */
async function killedHalfway(url: string): Promise<void> {
	const at = (path: string) => JSON.stringify(join(import.meta.dirname, '../..', path));
	const worker = spawn(
		process.execPath,
		[
			'--input-type=module',
			'-e',
			`import { openKysely, openPool } from ${at('platform/db/db.ts')};
			import { startJobs } from ${at('platform/jobs/worker.ts')};
			import { JOB_KINDS } from ${at('app/server/jobs.ts')};
			const url = ${JSON.stringify(url)};
			const kind = JOB_KINDS['people.applyImport'];
			const work = (given) => kind.work({
				...given,
				progress: async (done, total) => {
					await given.progress(done, total);
					if (done < total) return;
					process.stdout.write('halfway');
					await new Promise(() => undefined);
				}
			});
			await startJobs(url, { 'people.applyImport': { ...kind, work } }, openKysely(openPool(url, 'asah_app', 4)));`
		],
		{ stdio: ['ignore', 'pipe', 'inherit'] }
	);
	const ended = new Promise((resolve) => worker.once('exit', resolve));
	await Promise.race([
		new Promise<void>((resolve) =>
			worker.stdout.on('data', (text) => String(text).includes('halfway') && resolve())
		),
		ended.then((code) => Promise.reject(new Error(`the worker ended with ${String(code)}`)))
	]);
	worker.kill('SIGKILL');
	await ended;
}
