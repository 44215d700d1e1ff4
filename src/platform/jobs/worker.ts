import type { Kysely } from 'kysely';
import type { JobWithMetadata } from 'pg-boss';
import type { Actor } from '#kernel/actor.ts';
import { AppError, type Facts } from '#kernel/errors.ts';
import type { DB } from '#platform/db/db.ts';
import { writing } from '#platform/db/pools.ts';
import { log } from '#platform/log/log.ts';
import type { JobStatus } from './jobs.ts';
import { LOST, openQueue, QUEUE, type Ticket } from './queue.ts';

/** What a job works with. `progress` is seen by others at once: it is written outside the work's own transaction. */
export type JobWork = {
	jobId: string;
	actor: Actor;
	input: unknown;
	kysely: Kysely<DB>;
	progress: (done: number, total: number) => Promise<void>;
};

/** One kind of job. It may be run twice after a crash, so `work` calls commands with the job's id as their key. */
export type JobKind = {
	work: (work: JobWork) => Promise<unknown>;
	/** The screen that asked for it, where its result is seen. */
	seenAt: (input: unknown) => string;
	/** What its progress counts; rows where nothing is said. */
	counts?: 'people' | 'steps';
};
export type JobKinds = Readonly<Record<string, JobKind>>;

// A new ticket is told at once; what is tried again or lost is only found by looking.
const LOOK = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 3 };

/** Works through the queue until stopped; one job at a time, so that screens stay quick on two cores. */
export async function startJobs(
	url: string,
	kinds: JobKinds,
	kysely: Kysely<DB>
): Promise<() => Promise<void>> {
	const boss = openQueue(url);
	await boss.start();
	let running = 0;
	await boss.work(QUEUE, { ...LOOK, includeMetadata: true }, async ([job]: JobWithMetadata<Ticket>[]) => {
		if (!job) return;
		running += 1;
		await carryOut(job, kinds, kysely).finally(() => (running -= 1));
	});
	await boss.work<Ticket>(LOST, LOOK, async ([job]) => {
		if (job) await giveUp(job.data, kysely);
	});
	// Its graceful stop takes seconds even when there is nothing to wait for.
	return () => boss.stop({ graceful: running > 0, timeout: 10_000 });
}

/**
 * Runs one job and writes down how it ended. A refusal would be refused again, so it ends the job in the person's own
 * words; anything else is tried again, and shown as waiting until the last try has failed too.
 */
async function carryOut(job: JobWithMetadata<Ticket>, kinds: JobKinds, kysely: Kysely<DB>): Promise<void> {
	const { jobId } = job.data;
	const row = await mark(job.data, { status: 'running', done: 0, total: 0 }, kysely);
	if (!row) return; // done before a crash could say so, or its agency is gone
	try {
		const kind = kinds[row.kind];
		if (!kind) throw new Error(`Nobody does jobs of kind ${row.kind}`);
		const progress = async (done: number, total: number) =>
			void (await mark(job.data, { done, total }, kysely));
		const actor = storedActor(row.actor);
		const result = await kind.work({ jobId, actor, input: row.input, kysely, progress });
		await mark(
			job.data,
			{ status: 'done', result: JSON.stringify(result ?? null), finished_at: new Date() },
			kysely
		);
	} catch (error) {
		if (error instanceof AppError) return void (await fail(job.data, error.code, error.params, kysely));
		log.error({ err: error, jobId, kind: row.kind, attempt: job.retryCount + 1 }, 'job crashed');
		if (job.retryCount < job.retryLimit) await mark(job.data, { status: 'waiting' }, kysely);
		else await fail(job.data, 'kernel.crash', {}, kysely);
		throw error;
	}
}

/** The worker died under it again and again: said once, instead of "running" for ever. */
async function giveUp(ticket: Ticket, kysely: Kysely<DB>): Promise<void> {
	if (await fail(ticket, 'platform.job.lost', {}, kysely)) log.error({ jobId: ticket.jobId }, 'job given up');
}

/** False when it had ended before. Whatever was counted until then has been rolled back with its command. */
const fail = async (ticket: Ticket, code: string, facts: Facts, kysely: Kysely<DB>): Promise<boolean> =>
	(await mark(
		ticket,
		{ status: 'failed', done: 0, error: code, result: JSON.stringify(facts), finished_at: new Date() },
		kysely
	)) !== undefined;

type Change = Partial<{
	status: JobStatus;
	done: number;
	total: number;
	result: string;
	error: string;
	finished_at: Date;
}>;

/** Changes a job that has not ended; undefined when it has. */
const mark = ({ agencyId, jobId }: Ticket, change: Change, kysely: Kysely<DB>) =>
	writing(
		agencyId,
		(tx) =>
			tx
				.updateTable('platform.job')
				.set(change)
				.where('agency_id', '=', agencyId)
				.where('id', '=', jobId)
				.where('status', 'in', ['waiting', 'running'])
				.returning(['kind', 'input', 'actor'])
				.executeTakeFirst(),
		kysely
	);

/** Only `enqueue` writes this column, from an actor. */
const storedActor = (value: unknown): Actor => value as Actor;
