import { sql, type Kysely } from 'kysely';
import type { EventName, Events } from '#kernel/events.ts';
import type { DB } from '#platform/db/db.ts';
import { log } from '#platform/log/log.ts';

/** A listener runs a command as the system, with the event's id in its idempotency key: delivered twice, done once. */
export type Listener<N extends EventName = EventName> = (event: {
	id: string;
	agencyId: string;
	name: N;
	payload: Events[N];
	kysely: Kysely<DB>;
}) => Promise<void>;

const listeners = new Map<EventName, Listener[]>();

/** Wires a room to an event; called only by `src/app/server/wiring.ts`. */
export function on<N extends EventName>(name: N, listener: Listener<N>): void {
	// A listener is only ever called with events of the name it was registered under.
	const general = listener as unknown as Listener;
	listeners.set(name, [...(listeners.get(name) ?? []), general]);
}

type Undelivered = { agency_id: string; id: string; name: EventName; payload: never; attempts: number };

/**
 * Delivers what is due, oldest first; returns how many. `worker` is a handle of role asah_worker.
 * Rows are locked and skipped by other processes; a failure is tried again after 2^n seconds, at most an hour.
 */
export async function deliverEvents(worker: Kysely<DB>, app: Kysely<DB>, limit = 100): Promise<number> {
	return worker.transaction().execute(async (tx) => {
		const due = await sql<Undelivered>`
			select agency_id, id, name, payload, attempts from platform.event
			where delivered_at is null and next_at <= now() order by next_at, id limit ${limit} for update skip locked`.execute(
			tx
		);
		for (const event of due.rows) {
			const error = await deliver(event, app);
			await (
				error === null
					? sql`update platform.event set delivered_at = now(), error = null where agency_id = ${event.agency_id} and id = ${event.id}`
					: sql`update platform.event set attempts = attempts + 1, error = ${error},
						next_at = now() + least(3600, power(2, ${event.attempts})) * interval '1 second'
						where agency_id = ${event.agency_id} and id = ${event.id}`
			).execute(tx);
		}
		return due.rows.length;
	});
}

async function deliver(event: Undelivered, kysely: Kysely<DB>): Promise<string | null> {
	try {
		for (const listener of listeners.get(event.name) ?? [])
			await listener({
				id: event.id,
				agencyId: event.agency_id,
				name: event.name,
				payload: event.payload,
				kysely
			});
		return null;
	} catch (error) {
		log.error({ err: error, event: event.name, eventId: event.id }, 'event not delivered');
		return error instanceof Error ? error.message : String(error);
	}
}

let poke: () => void = () => undefined;

/** Called after each commit so that listeners hear within milliseconds rather than at the next round. */
export const pokeEvents = (): void => poke();

/** Delivers now, every second, and at each poke, until stopped. */
export function startDelivery(worker: Kysely<DB>, app: Kysely<DB>): () => Promise<void> {
	let running: Promise<void> | undefined;
	let again = false;
	const round = async () => {
		try {
			while ((await deliverEvents(worker, app)) > 0);
		} catch (error) {
			log.error({ err: error }, 'event delivery failed');
		}
	};
	const start = () => {
		if (running) return void (again = true);
		running = round().finally(() => {
			running = undefined;
			if (again) {
				again = false;
				start();
			}
		});
	};
	const timer = setInterval(start, 1000);
	timer.unref();
	poke = start;
	start();
	return async () => {
		clearInterval(timer);
		poke = () => undefined;
		await running;
	};
}
