import { missing } from '#kernel/errors.ts';
import { page } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { ownJob } from '#platform/jobs/jobs.ts';

export const load = page(async ({ db, actor, id }) => {
	const job = await ownJob(db, actor, id('id'));
	if (!job) throw missing();
	return {
		job: {
			...job,
			title: say(`app.job.${job.kind}`),
			failure: job.error === null ? null : say(job.error, { requestId: job.id })
		}
	};
});
