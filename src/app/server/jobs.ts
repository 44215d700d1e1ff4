import type { JobKinds } from '#platform/jobs/jobs.ts';

/** Which room does which kind of job. */
export const JOB_KINDS: JobKinds = {};
