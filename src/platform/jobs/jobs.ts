import type { Kysely } from 'kysely';
import { fromKysely, PgBoss, type Job } from 'pg-boss';
import type { Actor } from '#kernel/actor.ts';
import { AppError } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { DB, Db, Tx } from '#platform/db/db.ts';
import { writing } from '#platform/db/pools.ts';
import { log } from '#platform/log/log.ts';

export type JobStatus = 'waiting' | 'running' | 'done' | 'failed';

/** What a job works with. `progress` is seen by others at once: it is written outside the work's own transaction. */
export type JobWork = {
	jobId: string;
	actor: Actor;
	input: unknown;
	kysely: Kysely<DB>;
	progress: (done: number, total: number) => Promise<void>;
};

/** Kinds of jobs by name. A job may be run twice after a crash, so it calls commands with the job's id as key. */
export type JobKinds = Record<string, (work: JobWork) => Promise<unknown>>;

/** The queue is not isolated by agency, so a ticket says nothing but where the job lies. */
type Ticket = { agencyId: string; jobId: string };

const QUEUE = 'work';
const SCHEMA = 'pgboss';
// Half an hour is far beyond any job; a crashed process is noticed by the missing heartbeat long before.
const LIMITS = { retryLimit: 2, retryDelay: 5, expireInSeconds: 1800, heartbeatSeconds: 30 };

/**
 * Puts work in the queue in the transaction of the command that asked for it: both happen or neither. Answers the
 * job's id, under which the screen watches it.
 */
export async function enqueue(
	tx: Tx,
	{ actor, kind, input, now }: { actor: Actor; kind: string; input: object; now: Date }
): Promise<string> {
	const jobId = newId();
	await tx
		.insertInto('platform.job')
		.values({
			agency_id: actor.agencyId,
			id: jobId,
			kind,
			status: 'waiting',
			input: JSON.stringify(input),
			account_id: actor.accountId,
			actor: JSON.stringify(actor),
			created_at: now
		})
		.execute();
	const ticket: Ticket = { agencyId: actor.agencyId, jobId };
	await sender.send(QUEUE, ticket, { db: fromKysely(tx) });
	return jobId;
}

// Only writes the statement of `send`; the connection is always the caller's transaction.
const sender = new PgBoss({
	schema: SCHEMA,
	db: { executeSql: () => Promise.reject(new Error('no connection of its own')) }
});

/** One's own job, for its progress page. */
export async function ownJob(db: Db, actor: Actor, jobId: string) {
	const job = await db
		.selectFrom('platform.job')
		.select(['id', 'kind', 'status', 'done', 'total', 'result', 'error', 'created_at', 'finished_at'])
		.where('agency_id', '=', actor.agencyId)
		.where('id', '=', jobId)
		.where('account_id', '=', actor.accountId)
		.executeTakeFirst();
	return job && { ...job, status: jobStatus(job.status) };
}

/** The check constraint of platform.job keeps the list. */
const jobStatus = (text: string): JobStatus => text as JobStatus;

const bossOn = (url: string) =>
	new PgBoss({
		connectionString: url,
		schema: SCHEMA,
		max: 3,
		application_name: 'asah jobs',
		useListenNotify: true
	});

/** Makes or updates the queue's own tables, as the owner, and lets the app put tickets in. Part of migrating. */
export async function installJobs(url: string): Promise<void> {
	const boss = new PgBoss({
		connectionString: url,
		schema: SCHEMA,
		max: 1,
		supervise: false,
		schedule: false
	});
	boss.on('error', (error) => log.error({ err: error }, 'jobs'));
	await boss.start();
	await boss.createQueue(QUEUE, { ...LIMITS, notify: true });
	await boss.getDb().executeSql(`grant usage on schema ${SCHEMA} to asah_app`);
	await boss.getDb().executeSql(`grant insert, select on ${SCHEMA}.job, ${SCHEMA}.job_common to asah_app`);
	await boss.getDb().executeSql(`grant select on ${SCHEMA}.queue to asah_app`);
	await boss.stop({ graceful: false });
}

/** Works through the queue until stopped; one job at a time, so that screens stay quick on two cores. */
export async function startJobs(
	url: string,
	kinds: JobKinds,
	kysely: Kysely<DB>
): Promise<() => Promise<void>> {
	const boss = bossOn(url);
	boss.on('error', (error) => log.error({ err: error }, 'jobs'));
	await boss.start();
	await boss.work<Ticket>(QUEUE, { pollingIntervalSeconds: 2 }, async ([job]) => {
		if (job) await carryOut(job, kinds, kysely);
	});
	return () => boss.stop({ graceful: true, timeout: 10_000 });
}

async function carryOut(job: Job<Ticket>, kinds: JobKinds, kysely: Kysely<DB>): Promise<void> {
	const { agencyId, jobId } = job.data;
	const mark = (
		change: Partial<{
			status: JobStatus;
			done: number;
			total: number;
			result: string;
			error: string;
			finished_at: Date;
		}>
	) =>
		writing(
			agencyId,
			(tx) =>
				tx
					.updateTable('platform.job')
					.set(change)
					.where('agency_id', '=', agencyId)
					.where('id', '=', jobId)
					.returning(['kind', 'input', 'actor'])
					.executeTakeFirst(),
			kysely
		);
	const row = await mark({ status: 'running' });
	if (!row) return; // its agency or its command is gone
	const work = kinds[row.kind];
	if (!work) throw new Error(`Nobody does jobs of kind ${row.kind}`);
	try {
		const progress = async (done: number, total: number) => void (await mark({ done, total }));
		const result = await work({ jobId, actor: storedActor(row.actor), input: row.input, kysely, progress });
		await mark({ status: 'done', result: JSON.stringify(result ?? null), finished_at: new Date() });
	} catch (error) {
		// A refusal would be refused again; only what is not the person's doing is worth another try.
		const code = error instanceof AppError ? error.code : 'kernel.crash';
		await mark({ status: 'failed', error: code, finished_at: new Date() });
		if (!(error instanceof AppError)) throw error;
	}
}

/** Only `enqueue` writes this column, from an actor. */
const storedActor = (value: unknown): Actor => value as Actor;
