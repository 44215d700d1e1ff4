import { sql, type Kysely } from 'kysely';
import type { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { AppError, refused } from '#kernel/errors.ts';
import type { EventName, Events } from '#kernel/events.ts';
import { newId } from '#kernel/ids.ts';
import { todayIn } from '#kernel/time.ts';
import type { DB, Tx } from '#platform/db/db.ts';
import { database, writing } from '#platform/db/pools.ts';
import { agencyZone } from './agency-zone.ts';
import { asking, command, type Command, type CommandOptions } from './command.ts';
import { pokeEvents } from './events.ts';
import { hashOf, run, signed, writeEvents } from './run.ts';
import { shaped } from './shape.ts';

/** One sender's part of a shared write: asked, recorded and refused for itself. */
export type Part<Input> = {
	actor: Actor;
	input: Input;
	permit: (allowed: boolean) => void;
	record: <N extends EventName>(name: N, payload: Events[N]) => void;
	note: (subject: Record<string, string | number>) => void;
};

/** Lock, ask, decide, write, for several senders at once; the i-th outcome is the i-th sender's. */
export type SharedBody<Input, Answer> = (
	beam: { tx: Tx; now: Date; today: string },
	parts: readonly Part<Input>[]
) => Promise<PromiseSettledResult<Answer>[]>;

export type SharedCommand<Shape extends z.ZodType = z.ZodType, Answer = unknown> = Command<Shape, Answer> & {
	shared: {
		/** Two of the same lane never share a transaction: the second must see what the first wrote. */
		lane: (actor: Actor, input: z.output<Shape>) => string;
		body: SharedBody<z.output<Shape>, Answer>;
	};
};

/**
 * A command that many send in the same moment (decision 12). By itself it is a command like any other; sent through
 * `runTogether`, those that arrive while another transaction is under way share the next one.
 */
export const sharedCommand = <Shape extends z.ZodType, Answer>(
	name: string,
	shape: Shape,
	shared: SharedCommand<Shape, Answer>['shared'],
	options: CommandOptions = {}
): SharedCommand<Shape, Answer> => ({
	...command(
		name,
		shape,
		async ({ tx, now, today, actor, permit, record, note }, input) => {
			const [outcome] = await shared.body({ tx, now, today }, [{ actor, input, permit, record, note }]);
			if (outcome === undefined) throw new Error(`Command ${name} gave no outcome`);
			if (outcome.status === 'rejected') throw outcome.reason;
			return outcome.value;
		},
		options
	),
	shared
});

export const isShared = <Shape extends z.ZodType, Answer>(
	work: Command<Shape, Answer>
): work is SharedCommand<Shape, Answer> => 'shared' in work;

type Waiting = {
	work: SharedCommand;
	actor: Actor;
	input: unknown;
	raw: unknown;
	key: string;
	requestId: string;
	lane: string;
	resolve: (answer: unknown) => void;
	reject: (reason: unknown) => void;
};

type Queue = { waiting: Waiting[]; running: boolean };
const queues = new Map<string, Queue>();

/** Most that share one transaction: far above what gathers in one, far below what would make the first ones wait. */
const MOST = 200;

/**
 * Runs a shared command; answers once it is committed. Nobody waits for others to come: a transaction starts at once
 * when none is under way. Refuses as `run`, each sender for itself.
 */
export async function runTogether<Shape extends z.ZodType, Answer>(
	work: SharedCommand<Shape, Answer>,
	options: { actor: Actor; input: unknown; key: string; requestId?: string; kysely?: Kysely<DB> }
): Promise<Answer> {
	const { actor, key, requestId = newId(), kysely = database().kysely } = options;
	const input = shaped(work.shape, options.input);
	const name = `${actor.agencyId} ${work.name}`;
	const queue = queues.get(name) ?? { waiting: [], running: false };
	queues.set(name, queue);
	const answer = new Promise<unknown>((resolve, reject) => {
		const lane = work.shared.lane(actor, input);
		queue.waiting.push({
			// The queue holds parts of this one command; its shape was checked above.
			work: work as unknown as SharedCommand,
			actor,
			input,
			raw: options.input,
			key,
			requestId,
			lane,
			resolve,
			reject
		});
	});
	if (!queue.running) void work_(queue, kysely);
	return answer as Promise<Answer>;
}

async function work_(queue: Queue, kysely: Kysely<DB>): Promise<void> {
	queue.running = true;
	// What arrives in the same turn of the loop goes together from the start.
	await new Promise((resolve) => setImmediate(resolve));
	while (queue.waiting.length > 0) await carry(nextGroup(queue), kysely);
	queue.running = false;
}

/** In order of arrival; whoever shares a lane or a key with one in the group waits for the next. */
function nextGroup(queue: Queue): Waiting[] {
	const group: Waiting[] = [];
	const later: Waiting[] = [];
	const taken = new Set<string>();
	for (const one of queue.waiting) {
		const marks = [`lane ${one.lane}`, `key ${one.actor.accountId} ${one.key}`];
		if (group.length < MOST && !marks.some((mark) => taken.has(mark))) group.push(one);
		else later.push(one);
		// A third of the same lane must not overtake the second.
		for (const mark of marks) taken.add(mark);
	}
	queue.waiting = later;
	return group;
}

async function carry(group: readonly Waiting[], kysely: Kysely<DB>): Promise<void> {
	try {
		const outcomes = await inOneTransaction(group, kysely);
		for (const [at, one] of group.entries()) {
			const outcome = outcomes[at];
			if (outcome?.status === 'fulfilled') one.resolve(outcome.value);
			else one.reject(outcome?.reason ?? new Error('no outcome'));
		}
	} catch {
		// A constraint, a lost connection or a bug stopped all of them, and nothing was written: each stands for itself.
		for (const one of group)
			await run(one.work, {
				actor: one.actor,
				input: one.raw,
				key: one.key,
				requestId: one.requestId,
				kysely
			}).then(one.resolve, one.reject);
	}
}

async function inOneTransaction(
	group: readonly Waiting[],
	kysely: Kysely<DB>
): Promise<PromiseSettledResult<unknown>[]> {
	const [first] = group;
	if (first === undefined) return [];
	const { agencyId } = first.actor;
	const now = new Date();
	const today = todayIn(await agencyZone(kysely, agencyId), now);
	const outcomes: PromiseSettledResult<unknown>[] = group.map(() => ({
		status: 'rejected',
		reason: new Error()
	}));
	let told = false;
	await writing(
		agencyId,
		async (tx) => {
			const earlier = await answeredBefore(tx, group);
			const fresh = group.flatMap((one, at) => {
				const known = earlier.get(at);
				if (known !== undefined) outcomes[at] = known;
				return known === undefined ? [{ one, at }] : [];
			});
			const parts = fresh.map(({ one }) => partOf(one));
			const answered = await first.work.shared.body({ tx, now, today }, parts);
			const written = fresh.flatMap(({ one, at }, place) => {
				const outcome = answered[place] ?? { status: 'rejected' as const, reason: new Error('no outcome') };
				const part = parts[place];
				if (outcome.status === 'rejected' && !(outcome.reason instanceof AppError)) throw outcome.reason;
				if (outcome.status === 'fulfilled' && part?.asked() !== true)
					throw new Error(`Command ${one.work.name} wrote without asking permission`);
				outcomes[at] = outcome;
				return outcome.status === 'fulfilled' && part !== undefined
					? [{ one, part, answer: outcome.value }]
					: [];
			});
			const events = written.flatMap(({ part }) => part.events);
			told = events.length > 0;
			await Promise.all([
				writeEvents(tx, agencyId, events, now),
				writeLines(tx, agencyId, written, now),
				keepAnswers(tx, written, now)
			]);
		},
		kysely
	);
	if (told) pokeEvents();
	return outcomes;
}

function partOf(one: Waiting) {
	const { permit, asked } = asking();
	const events: { name: EventName; payload: object }[] = [];
	let subject: Record<string, unknown> = {};
	return {
		actor: one.actor,
		input: one.input,
		permit,
		asked,
		events,
		record: <N extends EventName>(name: N, payload: Events[N]) => void events.push({ name, payload }),
		note: (ids: Record<string, string | number>) => void (subject = { ...subject, ...ids }),
		subject: () =>
			events.reduce<Record<string, unknown>>((all, { payload }) => ({ ...all, ...payload }), subject)
	};
}

/** Outcomes of those that were sent before, by place: their first answer, or the refusal of a key used for other input. */
async function answeredBefore(
	tx: Tx,
	group: readonly Waiting[]
): Promise<Map<number, PromiseSettledResult<unknown>>> {
	const { rows } = await sql<{ place: number; command: string; input_hash: string; answer: unknown }>`
		select k.place::int, i.command, i.input_hash, i.answer
		from unnest(${group.map((one) => one.actor.accountId)}::text[], ${group.map((one) => one.key)}::text[])
			with ordinality as k(account_id, key, place)
		join platform.idempotency i on i.agency_id = (select platform.current_agency())
			and i.account_id = k.account_id and i.key = k.key`.execute(tx);
	return new Map(
		rows.map((row) => {
			const one = group[row.place - 1];
			const same = one !== undefined && row.command === one.work.name && row.input_hash === hashOf(one.raw);
			return [
				row.place - 1,
				same
					? { status: 'fulfilled', value: row.answer }
					: { status: 'rejected', reason: refused('platform.work.keyReused') }
			];
		})
	);
}

type Written = { one: Waiting; part: ReturnType<typeof partOf>; answer: unknown };

/** A line of the audit trail for each sender. */
async function writeLines(tx: Tx, agencyId: string, written: readonly Written[], now: Date): Promise<void> {
	if (written.length === 0) return;
	const by = written.map(({ one }) => signed(one.work, one.actor, one.requestId));
	await sql`
		insert into platform.audit (agency_id, id, at, command, account_id, person_id, hat, request_id, subject)
		select ${agencyId}, a.id, ${now}, a.command, a.account_id, a.person_id, a.hat, a.request_id, a.subject
		from unnest(${written.map(() => newId())}::uuid[], ${written.map(({ one }) => one.work.name)}::text[],
			${by.map((one) => one.account_id)}::text[], ${by.map((one) => one.person_id)}::uuid[],
			${by.map((one) => one.hat)}::text[], ${by.map((one) => one.request_id)}::text[],
			${written.map(({ part }) => JSON.stringify(part.subject()))}::jsonb[])
			as a(id, command, account_id, person_id, hat, request_id, subject)`.execute(tx);
}

/**
 * Keeps the answers under their keys, written once instead of claimed first and filled in later; a refused part keeps
 * none, so that it may be sent again once mended. Should another process have taken a key in this very moment, the
 * whole transaction gives way, and each part stands for itself.
 */
async function keepAnswers(tx: Tx, written: readonly Written[], now: Date): Promise<void> {
	if (written.length === 0) return;
	// In one order everywhere, so that two processes never hold what the other waits for.
	const sorted = written.toSorted((a, b) => (markOf(a.one) < markOf(b.one) ? -1 : 1));
	const kept = await sql`
		insert into platform.idempotency (agency_id, account_id, key, command, input_hash, answer, at)
		select (select platform.current_agency()), k.account_id, k.key, k.command, k.input_hash, k.answer, ${now}
		from unnest(${sorted.map(({ one }) => one.actor.accountId)}::text[], ${sorted.map(({ one }) => one.key)}::text[],
			${sorted.map(({ one }) => one.work.name)}::text[], ${sorted.map(({ one }) => hashOf(one.raw))}::text[],
			${sorted.map(({ answer }) => JSON.stringify(answer ?? null))}::jsonb[]) as k(account_id, key, command, input_hash, answer)
		on conflict do nothing`.execute(tx);
	if (Number(kept.numAffectedRows ?? 0) < written.length) throw new Error('a key was taken meanwhile');
}

const markOf = (one: Waiting): string => `${one.actor.accountId} ${one.key}`;
