// A worker of its own that a test can kill: issues what is in the queue until it is ended.
import { openKysely, openPool } from '#platform/db/db.ts';
import { startJobs } from '#platform/jobs/worker.ts';
import { issueClass } from '#slices/credentials/server/jobs.ts';

const url = process.env['DATABASE_URL'] ?? '';
await startJobs(
	url,
	{ 'credentials.issueClass': { work: issueClass, seenAt: () => '/' } },
	openKysely(openPool(url, 'asah_app', 3))
);
console.log('ready');
