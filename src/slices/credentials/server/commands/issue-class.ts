import { missing, refused } from '#kernel/errors.ts';
import { enqueue, unfinishedJob } from '#platform/jobs/jobs.ts';
import { command } from '#platform/work/command.ts';
import { canIssue } from '../../access.ts';
import { IssueBatch, IssueCertificates, SetEligibility } from '../../input.ts';
import { classForCertificate } from '../graduates.ts';
import { issueNext } from '../issue.ts';
import { eligibleIn } from '../standings.ts';

export const ISSUE_CLASS = 'credentials.issueClass';

/**
 * Puts the issuing of a class in the queue; answers the job to watch, the one under way if there is one. Refuses at
 * once what the job would refuse later: class not over, nobody to sign, nobody who may have one.
 */
export const askToIssue = command(
	'credentials.askToIssue',
	IssueCertificates,
	async ({ tx, actor, now, today, permit, note }, { classId }) => {
		permit(canIssue(actor));
		const lesson = await classForCertificate(tx, classId, today);
		if (!lesson) throw missing();
		if (lesson.status !== 'finished') throw refused('credentials.issue.classNotOver', { code: lesson.code });
		if (!lesson.signatory) throw refused('credentials.issue.noSignatory');
		const under = await unfinishedJob(tx, actor, ISSUE_CLASS, { classId });
		if (under && !under.own) throw refused('credentials.issue.underWay', { by: under.by });
		if (!under && (await eligibleIn(tx, classId)).size === 0) throw refused('credentials.issue.nobody');
		const jobId = under?.id ?? (await enqueue(tx, { actor, kind: ISSUE_CLASS, input: { classId }, now }));
		note({ classId, jobId });
		return { jobId };
	},
	{ summary: 'Ask for the certificates of a finished class; they are issued in the background' }
);

/**
 * The next certificates of a class, by name; the work of one step of the job. Answers how many, and how many are still
 * to come: what was committed stays, so a job that is killed goes on where it stood.
 */
export const issueBatch = command(
	'credentials.issueBatch',
	IssueBatch,
	async ({ tx, actor, today, now, permit, record }, { classId, most }) => {
		permit(canIssue(actor));
		const { issued, left } = await issueNext(tx, actor.agencyId, classId, today, now, most);
		for (const one of issued) record('credentials.issued', one);
		return { issued: issued.length, left };
	},
	{ summary: 'Issue the next certificates of a finished class' }
);

/** What a program asks before a certificate is given, from now on; certificates already given stay. */
export const setEligibility = command(
	'credentials.setEligibility',
	SetEligibility,
	async ({ tx, actor, now, permit, note }, input) => {
		const program = await tx
			.selectFrom('programs.program')
			.select('id')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', input.programId)
			.executeTakeFirst();
		if (!program) throw missing();
		permit(canIssue(actor));
		const row = {
			posttest_percent: input.posttestPercent,
			needs_reaction: input.needsReaction,
			template_id: input.templateId,
			changed_by: actor.accountId,
			changed_at: now
		};
		await tx
			.insertInto('credentials.eligibility')
			.values({ agency_id: actor.agencyId, program_id: input.programId, ...row })
			.onConflict((conflict) => conflict.columns(['agency_id', 'program_id']).doUpdateSet(row))
			.execute();
		note({ programId: input.programId });
	},
	{ summary: 'Set what a program asks before a certificate is given' }
);
