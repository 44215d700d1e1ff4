import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { unfinishedJob } from '#platform/jobs/jobs.ts';
import { canIssue } from '../../access.ts';
import type { EligibilityRule } from '../../eligibility.ts';
import { classForCertificate } from '../graduates.ts';
import { ruleOfClass, standingsOf, type Participant } from '../standings.ts';
import { seals, signedInClass, type SealRow } from './signing.ts';
import { templateChoices, type TemplateChoice } from './templates.ts';

export type ClassIssue = {
	classId: string;
	code: string;
	name: string;
	program: string;
	over: boolean;
	/** Who will sign, as it will be printed; null when nobody may. */
	signatory: string | null;
	programId: string;
	rule: EligibilityRule;
	threshold: number;
	templateId: string | null;
	templates: TemplateChoice[];
	people: Participant[];
	signed: { valid: number; signed: number };
	seals: SealRow[];
	jobId: string | null;
};

/** Everything one needs to see before the certificates of a class are issued; for those who issue. */
export async function classIssue(
	db: Db,
	actor: Actor,
	classId: string,
	today: CivilDate,
	now: Date
): Promise<ClassIssue> {
	if (!canIssue(actor)) throw missing();
	const lesson = await classForCertificate(db, classId, today);
	if (!lesson) throw missing();
	const asked = await ruleOfClass(db, classId);
	const { signatory } = lesson;
	const job = await unfinishedJob(db, actor, 'credentials.issueClass', { classId });
	return {
		classId,
		code: lesson.code,
		name: lesson.name,
		program: lesson.program,
		over: lesson.status === 'finished',
		signatory:
			signatory && `${signatory.name}, ${[signatory.acting, signatory.post].filter(Boolean).join(' ')}`,
		...asked,
		templates: await templateChoices(db),
		people: await standingsOf(db, classId, asked),
		signed: await signedInClass(db, classId),
		seals: await seals(db, now),
		jobId: job?.own ? job.id : null
	};
}
