import { PgBoss } from 'pg-boss';
import { log } from '#platform/log/log.ts';

/** The queue is not isolated by agency, so a ticket says nothing but where the job lies. */
export type Ticket = { agencyId: string; jobId: string };

export const QUEUE = 'work';
/** Where tickets end whose worker died each time. */
export const LOST = 'work.lost';
export const SCHEMA = 'pgboss';

// Half an hour is far beyond any job. A killed process is noticed when its heartbeat is missing for 15 seconds,
// looked for every 10: its job goes on within half a minute.
const LIMITS = {
	retryLimit: 2,
	retryDelay: 5,
	expireInSeconds: 1800,
	heartbeatSeconds: 15,
	deadLetter: LOST
};
const WATCH_S = 10;

/** The worker's own connections to the queue, as the owner. */
export function openQueue(url: string): PgBoss {
	const boss = new PgBoss({
		connectionString: url,
		schema: SCHEMA,
		max: 3,
		application_name: 'asah jobs',
		useListenNotify: true,
		superviseIntervalSeconds: WATCH_S,
		monitorIntervalSeconds: WATCH_S
	});
	boss.on('error', (error) => log.error({ err: error }, 'jobs'));
	return boss;
}

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
	await boss.createQueue(LOST, { notify: true });
	await boss.createQueue(QUEUE, { ...LIMITS, notify: true });
	// A queue made by an older version keeps its limits unless it is told.
	await boss.updateQueue(QUEUE, LIMITS);
	await boss.getDb().executeSql(`grant usage on schema ${SCHEMA} to asah_app`);
	await boss.getDb().executeSql(`grant insert, select on ${SCHEMA}.job, ${SCHEMA}.job_common to asah_app`);
	await boss.getDb().executeSql(`grant select on ${SCHEMA}.queue to asah_app`);
	await boss.stop({ graceful: false });
}
