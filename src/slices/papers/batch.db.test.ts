import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { ownJob } from '#platform/jobs/jobs.ts';
import { installJobs } from '#platform/jobs/queue.ts';
import { startJobs } from '#platform/jobs/worker.ts';
import { issueBatch } from './server/batch-job.ts';
import { issueNext, LETTERS_AT_ONCE } from './server/commands/batch.ts';
import { archiveOf } from './server/queries/class-papers.ts';
import { gapless, paperOffice } from './test-office.ts';

const PEOPLE = 120;
const KINDS = { 'papers.issueBatch': { work: issueBatch, seenAt: () => '/papers' } };

let it: Awaited<ReturnType<typeof paperOffice>>;
let stop: (() => Promise<void>) | undefined;
beforeAll(async () => {
	it = await paperOffice();
	await installJobs(it.url);
});
beforeEach(() => it.nextDay());
afterEach(async () => {
	await stop?.();
	stop = undefined;
});
afterAll(() => it.close());

/** A class with many people of one unit, and one of another. */
async function crowd(): Promise<string> {
	const { classId } = await it.aClass({ seats: PEOPLE });
	await it.enrolled(classId, 'stranger');
	for (let at = 1; at < PEOPLE; at++) {
		const personId = newId();
		await it.owner.query(
			`insert into people.person (agency_id, id, nip, name, sex, employment_kind) values ($1, $2, $3, $4, 'female', 'PNS')`,
			[it.agencyId, personId, String(Date.now()).slice(-8) + String(at).padStart(10, '0'), `Peserta ${at}`]
		);
		await it.owner.query(
			`insert into people.posting (agency_id, id, person_id, unit_id, title, kind, level, valid_from) values ($1, $2, $3, $4, 'Staf', 'general', '06', '2020-01-01')`,
			[it.agencyId, newId(), personId, it.unit.pelayanan]
		);
		await it.owner.query(
			`insert into classes.registration (agency_id, id, class_id, person_id, status, requested_at) values ($1, $2, $3, $4, 'enrolled', now())`,
			[it.agencyId, newId(), classId, personId]
		);
	}
	return classId;
}

const start = async () => void (stop = await startJobs(it.url, KINDS, it.db));
const becomes = (jobId: string, status: string) =>
	expect
		.poll(async () => (await it.sees((db) => ownJob(db, it.clerk, jobId)))?.status, { timeout: 50_000 })
		.toBe(status);
const lettersOf = async (batchId: string) =>
	(
		await it.owner.query<{ unit_id: string; person_id: string | null; people: number }>(
			`select unit_id, person_id, (select count(*)::int from papers.recipient r where r.paper_id = p.id) as people
			from papers.paper p where batch_id = $1 order by counter`,
			[batchId]
		)
	).rows;

test('one letter for each unit, with all of its people, and one archive of them', async () => {
	const { classId } = await it.aClass({ seats: 20 });
	await it.enrolled(classId, 'ani', 'budi', 'stranger');
	const { batchId, jobId } = await it.askFor(classId, 'unit');
	await start();
	await becomes(jobId, 'done');
	expect((await lettersOf(batchId)).map(({ unit_id, people }) => [unit_id, people])).toEqual([
		[it.unit.pelayanan, 2],
		[it.unit.plaju, 1]
	]);
	const { content } = await it.sees((db) => archiveOf(db, it.clerk, batchId));
	expect(content.subarray(0, 4).toString('latin1')).toBe('PK\x03\x04');
	expect(content.readUInt16LE(content.length - 12)).toBe(2);
	await expect(it.sees((db) => archiveOf(db, it.as('kasi', ['papers.read']), batchId))).rejects.toMatchObject(
		{
			kind: 'missing'
		}
	);
});

test('a worker killed in the middle loses and doubles neither a letter nor a number', async () => {
	const classId = await crowd();
	const before = (await it.counters('assignment')).length;
	const { batchId, jobId } = await it.askFor(classId, 'person');
	await killedAfterFirst(it.url);
	const kept = (await lettersOf(batchId)).length;
	expect(kept).toBeGreaterThanOrEqual(LETTERS_AT_ONCE);
	// Fifteen seconds without a heartbeat, without waiting for them.
	await it.owner.query(
		`update pgboss.job set heartbeat_on = now() - interval '1 minute' where state = 'active'`
	);
	await start();
	await becomes(jobId, 'done');
	const letters = await lettersOf(batchId);
	expect(letters).toHaveLength(PEOPLE);
	expect(new Set(letters.map(({ person_id }) => person_id)).size).toBe(PEOPLE);
	const counters = await it.counters('assignment');
	expect(counters).toHaveLength(before + PEOPLE);
	expect(gapless(counters)).toBe(true);
});

test('two workers at one batch give each letter once, and somebody who has lost the seat gets none', async () => {
	const { classId } = await it.aClass({ seats: 20 });
	await it.enrolled(classId, 'ani', 'budi', 'citra', 'dewi');
	const { batchId } = await it.askFor(classId, 'person', 'invitation');
	await it.owner.query(
		`update classes.registration set status = 'withdrawn' where class_id = $1 and person_id = $2`,
		[classId, it.who('dewi')]
	);
	const next = () => it.does(it.clerk, issueNext, { batchId }, { now: it.at('08:00') });
	await Promise.all([next(), next(), next()]);
	const letters = await lettersOf(batchId);
	expect(letters.map(({ person_id }) => person_id).toSorted()).toEqual(
		['ani', 'budi', 'citra'].map((name) => it.who(name)).toSorted()
	);
	expect(gapless(await it.counters('invitation'))).toBe(true);
});

/** A worker of its own process, killed while it is at the letters after the first fifty. */
async function killedAfterFirst(url: string): Promise<void> {
	const at = (path: string) => JSON.stringify(join(import.meta.dirname, '../..', path));
	const worker = spawn(
		process.execPath,
		[
			'--input-type=module',
			'-e',
			`import { openKysely, openPool } from ${at('platform/db/db.ts')};
			import { startJobs } from ${at('platform/jobs/worker.ts')};
			import { issueBatch } from ${at('slices/papers/server/batch-job.ts')};
			const url = ${JSON.stringify(url)};
			const work = (given) => issueBatch({
				...given,
				progress: async (done, total) => {
					await given.progress(done, total);
					process.stdout.write('fifty');
				}
			});
			await startJobs(url, { 'papers.issueBatch': { work, seenAt: () => '/' } }, openKysely(openPool(url, 'asah_app', 4)));`
		],
		{ stdio: ['ignore', 'pipe', 'inherit'] }
	);
	const ended = new Promise((resolve) => worker.once('exit', resolve));
	await Promise.race([
		new Promise<void>((resolve) => worker.stdout.once('data', () => resolve())),
		ended.then((code) => Promise.reject(new Error(`the worker ended with ${String(code)}`)))
	]);
	worker.kill('SIGKILL');
	await ended;
}
