import { sql } from 'kysely';
import { fromKysely, PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import type { Facts } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Db, Tx } from '#platform/db/db.ts';
import { QUEUE, SCHEMA, type Ticket } from './queue.ts';

export type JobStatus = 'waiting' | 'running' | 'done' | 'failed';

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
	// One for each sending, never started: it also reads the queue's limits, and has no connection but this transaction.
	await new PgBoss({ schema: SCHEMA, db: fromKysely(tx) }).send(QUEUE, ticket);
	return jobId;
}

export type UnfinishedJob = { id: string; own: boolean; by: string };

/** The job that is doing this very thing already, whoever of the agency asked for it; `by` is the person's name. */
export async function unfinishedJob(
	db: Db,
	actor: Actor,
	kind: string,
	input: object
): Promise<UnfinishedJob | undefined> {
	const { rows } = await sql<{ id: string; account: string; by: string }>`
		select id, account_id as account, actor ->> 'name' as by from platform.job
		where agency_id = ${actor.agencyId} and kind = ${kind} and input = ${JSON.stringify(input)}::jsonb
			and status in ('waiting', 'running')
		order by created_at limit 1`.execute(db);
	const job = rows[0];
	return job && { id: job.id, own: job.account === actor.accountId, by: job.by };
}

export type OwnJob = {
	id: string;
	kind: string;
	status: JobStatus;
	done: number;
	/** 0 while unknown. */
	total: number;
	input: unknown;
	/** Why it failed: a message key and what its sentence needs. */
	failure: { code: string; facts: Facts } | null;
};

/** One's own job, for its progress page; nobody else's, not even with more abilities. */
export async function ownJob(db: Db, actor: Actor, jobId: string): Promise<OwnJob | undefined> {
	const job = await db
		.selectFrom('platform.job')
		.select(['id', 'kind', 'status', 'done', 'total', 'input', 'result', 'error'])
		.where('agency_id', '=', actor.agencyId)
		.where('id', '=', jobId)
		.where('account_id', '=', actor.accountId)
		.executeTakeFirst();
	if (!job) return undefined;
	const { status, error, result, ...rest } = job;
	return {
		...rest,
		status: jobStatus(status),
		failure: error === null ? null : { code: error, facts: StoredFacts.parse(result ?? {}) }
	};
}

/** What came of a job that failed are the facts of its refusal. */
const StoredFacts = z.record(z.string(), z.union([z.string(), z.number()]));

/** The check constraint of platform.job keeps the list. */
const jobStatus = (text: string): JobStatus => text as JobStatus;
