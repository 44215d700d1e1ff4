import { missing } from '#kernel/errors.ts';
import { page } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { ownJob } from '#platform/jobs/jobs.ts';
import { JOB_KINDS } from '#app/server/jobs.ts';

export const load = page(async ({ db, actor, id }) => {
	const job = await ownJob(db, actor, id('id'));
	if (!job) throw missing();
	const { input, failure, ...shown } = job;
	return {
		job: {
			...shown,
			title: say(`app.job.${job.kind}`),
			unit: say(`app.job.${JOB_KINDS[job.kind]?.counts ?? 'rows'}`),
			seenAt: JOB_KINDS[job.kind]?.seenAt(input) ?? '/',
			failure: failure && say(failure.code, { ...failure.facts, requestId: job.id })
		}
	};
});
