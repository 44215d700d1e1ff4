import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { unfinishedJob } from '#platform/jobs/jobs.ts';
import { canIssue } from '../../access.ts';
import type { EligibilityRule } from '../../eligibility.ts';
import { classForCertificate } from '../graduates.ts';
import { pastCeiling, type PastCeiling } from '../ceiling-of-class.ts';
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
	/** With the ceiling of assigned JP that the certificate would take them past. */
	people: (Participant & { pastCeiling?: PastCeiling })[];
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
	const people = await standingsOf(db, classId, asked);
	const may = people.filter(({ verdict }) => verdict === 'may').map(({ personId }) => personId);
	const past =
		may.length === 0
			? new Map<string, PastCeiling>()
			: await pastCeiling(db, actor, classId, lesson, may, today);
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
		people: people.map((one) => {
			const ceiling = past.get(one.personId);
			return ceiling ? { ...one, pastCeiling: ceiling } : one;
		}),
		signed: await signedInClass(db, classId),
		seals: await seals(db, now),
		jobId: job?.own ? job.id : null
	};
}
