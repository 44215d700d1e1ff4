import { sql, type Kysely } from 'kysely';
import type { EventName, Events } from '#kernel/events.ts';
import type { DB, Db, Tx } from '#platform/db/db.ts';
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

/**
 * A listener that hears many at once: whatever of one name is due in one agency, so that thousands of seats asked for in
 * the same seconds cost tens of commands. It must bear to hear an event again, since one that fails takes the others along.
 */
export type ManyListener<N extends EventName = EventName> = (events: {
	agencyId: string;
	name: N;
	ids: readonly string[];
	kysely: Kysely<DB>;
}) => Promise<void>;

const manyListeners = new Map<EventName, ManyListener[]>();

/** Wires a room to many events at once; called only by `src/app/server/wiring.ts`. */
export function onMany<N extends EventName>(name: N, listener: ManyListener<N>): void {
	// As above: only ever called under its own name.
	const general = listener as unknown as ManyListener;
	manyListeners.set(name, [...(manyListeners.get(name) ?? []), general]);
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
		const failed = await deliverTogether(due.rows, app);
		for (const event of due.rows) {
			const error = failed.get(event.id) ?? (await deliver(event, app));
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

/** Tells those who hear many at once; where that fails, one by one, so that a broken event holds up no other. Why, by id. */
async function deliverTogether(
	events: readonly Undelivered[],
	kysely: Kysely<DB>
): Promise<Map<string, string>> {
	const failed = new Map<string, string>();
	const groups = Map.groupBy(events, ({ agency_id: agencyId, name }) => `${agencyId} ${name}`);
	for (const group of groups.values()) {
		const [first] = group;
		if (first === undefined) continue;
		for (const listener of manyListeners.get(first.name) ?? []) {
			const tell = (ids: readonly string[]) =>
				listener({ agencyId: first.agency_id, name: first.name, ids, kysely }).then(
					() => null,
					(error: unknown) => reasonOf(first, error)
				);
			const why = await tell(group.map(({ id }) => id));
			if (why === null) continue;
			if (group.length === 1) failed.set(first.id, why);
			else
				for (const { id } of group) {
					const alone = await tell([id]);
					if (alone !== null) failed.set(id, alone);
				}
		}
	}
	return failed;
}

function reasonOf(event: Undelivered, error: unknown): string {
	log.error({ err: error, event: event.name, eventId: event.id }, 'event not delivered');
	return error instanceof Error ? error.message : String(error);
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
		return reasonOf(event, error);
	}
}

export type StuckEvent = {
	id: string;
	name: string;
	at: Date;
	attempts: number;
	nextAt: Date;
	/** Technical; the first line of what a listener threw. */
	error: string;
};

/** Events of this agency that a listener failed on and that are tried again, oldest first; never what is in them. */
export async function stuckEvents(db: Db, most = 50): Promise<{ events: StuckEvent[]; total: number }> {
	const { rows } = await sql<StuckEvent & { total: number }>`
		select id, name, at, attempts, next_at as "nextAt", left(split_part(coalesce(error, ''), E'\\n', 1), 200) as error, count(*) over ()::int as total
		from platform.event where agency_id = (select platform.current_agency()) and delivered_at is null and attempts > 0
		order by at, id limit ${most}`.execute(db);
	return { events: rows.map(({ total: _total, ...event }) => event), total: rows[0]?.total ?? 0 };
}

/** Has them tried at once instead of at their time; answers how many. */
export async function retryEvents(tx: Tx, now: Date): Promise<number> {
	const { numAffectedRows } = await sql`
		update platform.event set next_at = ${now}
		where agency_id = (select platform.current_agency()) and delivered_at is null and attempts > 0`.execute(tx);
	return Number(numAffectedRows ?? 0n);
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
