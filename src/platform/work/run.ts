import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { refused } from '#kernel/errors.ts';
import type { EventName } from '#kernel/events.ts';
import { newId } from '#kernel/ids.ts';
import { todayIn } from '#kernel/time.ts';
import type { DB, Tx } from '#platform/db/db.ts';
import { database, writing } from '#platform/db/pools.ts';
import { asking, type Command } from './command.ts';
import { agencyZone } from './agency-zone.ts';
import { constraintMeans, mended } from './constraint.ts';
import { pokeEvents } from './events.ts';
import { shaped } from './shape.ts';

constraintMeans('idempotency_key_check', 'platform.work.keyForm');

export type RunOptions = {
	actor: Actor;
	input: unknown;
	/** The sender's idempotency key: the same key again returns the first answer and writes nothing. */
	key?: string;
	requestId?: string;
	now?: Date;
	kysely?: Kysely<DB>;
	/** Who watches, when it runs as a job. */
	progress?: (done: number, total: number) => Promise<void>;
};

/**
 * Runs a command in one transaction. Refuses: input out of shape (422), a key used for other input or of no form (409), whatever
 * the body refuses; a database constraint that the room gave a name becomes that room's refusal (constraint.ts).
 */
export async function run<Shape extends z.ZodType, Answer>(
	work: Command<Shape, Answer>,
	{
		actor,
		input,
		key,
		requestId = newId(),
		now = new Date(),
		kysely = database().kysely,
		progress = unwatched
	}: RunOptions
): Promise<Answer> {
	const shapedInput = shaped(work.shape, input);
	const zone = await agencyZone(kysely, actor.agencyId);
	const answer = await writing(
		actor.agencyId,
		async (tx) => {
			// A key would keep who sent it, when, and a hash from which a short form can be guessed; an anonymous write
			// guards itself against the second click (who has answered is its own row).
			const kept = work.options.audit === 'withoutActor' ? undefined : key;
			const earlier = kept === undefined ? undefined : await claimKey(tx, work.name, actor, kept, input, now);
			// What was answered before was this command's answer: the name and the input's hash are the same.
			if (earlier && work.options.keepAnswer === false) throw refused('platform.work.keyReused');
			if (earlier) return earlier.answer as Answer;
			const { permit, asked } = asking();
			const events: { name: EventName; payload: object }[] = [];
			let subject: Record<string, unknown> = {};
			const answered = await work.body(
				{
					tx,
					actor,
					now,
					today: todayIn(zone, now),
					requestId,
					permit,
					record: (name, payload) => void events.push({ name, payload }),
					note: (ids) => (subject = { ...subject, ...ids }),
					progress
				},
				shapedInput
			);
			if (!asked()) throw new Error(`Command ${work.name} wrote without asking permission`);
			for (const event of events) subject = { ...subject, ...event.payload };
			await writeEvents(tx, actor.agencyId, events, now);
			await writeAudit(tx, work, actor, subject, requestId, now);
			if (kept !== undefined && work.options.keepAnswer !== false)
				await keepAnswer(tx, actor, kept, answered);
			return answered;
		},
		kysely
	).catch((error: unknown) => mended(error, work.name));
	pokeEvents();
	return answer;
}

const unwatched = () => Promise.resolve();

const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

/** Of what was sent, before its shape was read. A file is told by its own hash: as JSON five megabytes of a photo would become sixty of text. */
export const hashOf = (input: unknown) =>
	sha256(JSON.stringify(input, (_, value: unknown) => (isBytes(value) ? sha256(value) : value)) ?? '');
const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;

async function claimKey(tx: Tx, name: string, actor: Actor, key: string, input: unknown, now: Date) {
	const hash = hashOf(input);
	// A second sender of the same key waits here until the first has committed, then finds its answer.
	const claimed = await tx
		.insertInto('platform.idempotency')
		.values({
			agency_id: actor.agencyId,
			account_id: actor.accountId,
			key,
			command: name,
			input_hash: hash,
			at: now
		})
		.onConflict((conflict) => conflict.doNothing())
		.executeTakeFirst();
	if (claimed.numInsertedOrUpdatedRows === 1n) return undefined;
	const earlier = await tx
		.selectFrom('platform.idempotency')
		.select(['command', 'input_hash', 'answer'])
		.where('agency_id', '=', actor.agencyId)
		.where('account_id', '=', actor.accountId)
		.where('key', '=', key)
		.executeTakeFirstOrThrow();
	if (earlier.command !== name || earlier.input_hash !== hash) throw refused('platform.work.keyReused');
	return { answer: earlier.answer };
}

async function keepAnswer(tx: Tx, actor: Actor, key: string, answer: unknown): Promise<void> {
	await tx
		.updateTable('platform.idempotency')
		.set({ answer: JSON.stringify(answer ?? null) })
		.where('agency_id', '=', actor.agencyId)
		.where('account_id', '=', actor.accountId)
		.where('key', '=', key)
		.execute();
}

export async function writeEvents(
	tx: Tx,
	agencyId: string,
	events: { name: EventName; payload: object }[],
	now: Date
) {
	if (events.length === 0) return;
	await tx
		.insertInto('platform.event')
		.values(
			events.map((event) => ({
				agency_id: agencyId,
				id: newId(),
				name: event.name,
				payload: JSON.stringify(event.payload),
				at: now
			}))
		)
		.execute();
}

async function writeAudit(
	tx: Tx,
	work: Command,
	actor: Actor,
	subject: Record<string, unknown>,
	requestId: string,
	now: Date
): Promise<void> {
	if (work.options.audit === 'withoutActor') return;
	await tx
		.insertInto('platform.audit')
		.values({
			agency_id: actor.agencyId,
			id: newId(),
			at: now,
			command: work.name,
			...signed(work, actor, requestId),
			subject: JSON.stringify(subject)
		})
		.execute();
}

/** The account that stands in lines of the audit trail that name nobody. */
export const WITHHELD = 'withheld';

/** By whom, as an audit line says it. The request's number would lead to other lines of the same person. */
export const signed = ({ options }: Pick<Command, 'options'>, actor: Actor, requestId: string) =>
	options.audit === 'withoutName'
		? { account_id: WITHHELD, person_id: null, hat: null, request_id: null }
		: {
				account_id: actor.accountId,
				person_id: actor.personId,
				hat: actor.hat?.key ?? null,
				request_id: requestId
			};
