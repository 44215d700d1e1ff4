import { sql } from 'kysely';
import { openKysely, openPool } from '#platform/db/db.ts';
import { database } from '#platform/db/pools.ts';
import { pendingMigrations } from '#platform/db/migrate.ts';

type Check = { ok: boolean; ms?: number; detail?: string | number };

/** Process, database, migrations, jobs: what an operator or a load balancer wants to know. No personal data. */
export async function health(): Promise<{ ok: boolean; checks: Record<string, Check> }> {
	const checks: Record<string, Check> = {
		process: { ok: true, detail: Math.round(process.uptime()) },
		database: await check(async () => {
			const answer = await sql<{
				version: string;
			}>`select current_setting('server_version') as version`.execute(database().kysely);
			return answer.rows[0]?.version ?? '';
		}),
		migrations: await check(async () => {
			const pending = await pendingMigrations(database().pool);
			if (pending.length > 0) throw new Error(`pending: ${pending.join(', ')}`);
			return 'applied';
		}),
		jobs: await check(overdueEvents)
	};
	return { ok: Object.values(checks).every((one) => one.ok), checks };
}

async function check(probe: () => Promise<string | number>): Promise<Check> {
	const started = performance.now();
	try {
		const detail = await probe();
		return { ok: true, ms: Math.round(performance.now() - started), detail };
	} catch (error) {
		return {
			ok: false,
			ms: Math.round(performance.now() - started),
			detail: error instanceof Error ? error.message : String(error)
		};
	}
}

let worker: ReturnType<typeof openKysely> | undefined;

/** Events nobody could deliver for five minutes mean that something to the right of the cycle is stuck. */
async function overdueEvents(): Promise<number> {
	worker ??= openKysely(openPool(database().url, 'asah_worker', 1));
	const rows = await sql<{ stuck: number }>`
		select count(*)::int as stuck from platform.event where delivered_at is null and at < now() - interval '5 minutes'`.execute(
		worker
	);
	const stuck = rows.rows[0]?.stuck ?? 0;
	if (stuck > 0) throw new Error(`${stuck} events undelivered`);
	return stuck;
}
