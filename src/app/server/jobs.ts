import type { JobKinds } from '#platform/jobs/worker.ts';
import { run } from '#platform/work/run.ts';
import { IssueCertificates } from '#slices/credentials/input.ts';
import { certificateDocument } from '#slices/credentials/certificate-document.ts';
import { issueClass } from '#slices/credentials/server/jobs.ts';
import { signClass } from '#slices/credentials/server/sign-class.ts';
import { AskToSign } from '#slices/credentials/signing-input.ts';
import { MeasureIp } from '#slices/credentials/rule-input.ts';
import { measureIp } from '#slices/credentials/server/commands/ip.ts';
import { OneSplit } from '#slices/classes/cohort-input.ts';
import { solveSplitJob } from '#slices/classes/server/cohorts/solve-job.ts';
import { OneCampaign } from '#slices/needs/input.ts';
import { estimateNeeds } from '#slices/needs/server/commands/estimate.ts';
import { makeReport } from '#slices/needs/server/commands/make-report.ts';
import { issueBatch } from '#slices/papers/server/batch-job.ts';
import { OneBatch } from '#slices/papers/input.ts';
import { applyImport } from '#slices/people/server/commands/apply-import.ts';
import { undoImport } from '#slices/people/server/commands/undo-import.ts';
import { OneImport } from '#slices/people/input.ts';

/** Which room does which kind of job; `app.job.<kind>` is its name on screen. */
export const JOB_KINDS: JobKinds = {
	'people.applyImport': {
		// The job's id is the key: tried again after a crash, it either finds its first answer or nothing written.
		work: ({ jobId, ...work }) => run(applyImport, { ...work, key: jobId, requestId: jobId }),
		seenAt: (input) => `/people/import/${OneImport.parse(input).importId}`
	},
	'people.undoImport': {
		work: ({ jobId, ...work }) => run(undoImport, { ...work, key: jobId, requestId: jobId }),
		seenAt: (input) => `/people/import/${OneImport.parse(input).importId}`
	},
	'classes.split': {
		work: solveSplitJob,
		seenAt: (input) => `/classes/cohorts/${OneSplit.parse(input).splitId}`,
		counts: 'people'
	},
	'needs.estimate': {
		work: ({ jobId, ...work }) => run(estimateNeeds, { ...work, key: jobId, requestId: jobId }),
		seenAt: (input) => `/needs/campaign/${OneCampaign.parse(input).campaignId}/estimate`,
		counts: 'people'
	},
	'credentials.measureIp': {
		work: ({ jobId, ...work }) => run(measureIp, { ...work, key: jobId, requestId: jobId }),
		seenAt: (input) => `/credentials/ip?year=${MeasureIp.parse(input).year}`,
		counts: 'people'
	},
	'needs.report': {
		work: ({ jobId, ...work }) => run(makeReport, { ...work, key: jobId, requestId: jobId }),
		seenAt: () => '/needs/reports',
		counts: 'steps'
	},
	'credentials.signClass': {
		work: signClass(certificateDocument),
		seenAt: (input) => `/credentials/class/${AskToSign.parse(input).classId}`
	},
	'credentials.issueClass': {
		work: issueClass,
		seenAt: (input) => `/credentials/class/${IssueCertificates.parse(input).classId}`
	},
	'papers.issueBatch': {
		// Not one command but many: each transaction of letters is whole, and what is done is found when it is run again.
		work: issueBatch,
		seenAt: (input) => `/papers/batch/${OneBatch.parse(input).batchId}`
	}
};
