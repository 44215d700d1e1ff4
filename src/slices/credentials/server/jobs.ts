import type { JobWork } from '#platform/jobs/worker.ts';
import { run } from '#platform/work/run.ts';
import { IssueCertificates } from '../input.ts';
import { issueBatch } from './commands/issue-class.ts';

/** So many in one transaction: others who issue wait no longer than that for the counter. */
const AT_ONCE = 100;

/**
 * Issues a class step by step, each step its own transaction under its own key. After a crash the keys answer what was
 * done before, and the first step that was not is done then: no number is lost or given twice.
 */
export async function issueClass({ jobId, actor, input, kysely, progress }: JobWork): Promise<object> {
	const { classId } = IssueCertificates.parse(input);
	let issued = 0;
	for (let step = 0; ; step++) {
		const done = await run(issueBatch, {
			actor,
			input: { classId, most: AT_ONCE },
			key: `${jobId}:${step}`,
			requestId: jobId,
			kysely
		});
		issued += done.issued;
		await progress(issued, issued + done.left);
		if (done.issued === 0 || done.left === 0) return { issued };
	}
}
