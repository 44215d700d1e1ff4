import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canChooseForms } from '../../access.ts';
import { ChooseForms, ClassOfForms } from '../../form-input.ts';
import { FINAL_VERSION, FORMS_OF_CLASS, SESSION_VERSION_OF_CLASS } from '../chosen-forms.ts';
import { END_OF_CLASS } from '../class-end.ts';
import { mustBeInUse } from '../lock-form.ts';

/**
 * Which forms a class uses: at its end, and after its sessions; from then on it no longer follows its program. A session
 * that somebody has answered keeps the form it was answered in; at the end there is one form for all. Refuses: a form
 * that is not in use, or another form at the end once somebody has answered.
 */
export const chooseForms = command(
	'evaluation.chooseForms',
	ChooseForms,
	async ({ tx, actor, permit, note }, { classId, finalVersionId = null, sessionVersionId = null }) => {
		const held = await lockChoice(tx, actor.agencyId, classId);
		permit(canChooseForms(actor));
		const other = held.finalVersionId !== finalVersionId;
		if (other && held.answered) throw refused('evaluation.form.answered');
		if (['finished', 'cancelled'].includes(held.status)) throw refused('evaluation.form.classOver');
		if (other) await mustBeInUse(tx, actor.agencyId, finalVersionId, 'finalVersionId');
		if (held.sessionVersionId !== sessionVersionId)
			await mustBeInUse(tx, actor.agencyId, sessionVersionId, 'sessionVersionId');
		await tx
			.insertInto('evaluation.class_form')
			.values({
				agency_id: actor.agencyId,
				class_id: classId,
				final_version_id: finalVersionId,
				session_version_id: sessionVersionId
			})
			.onConflict((conflict) =>
				conflict
					.columns(['agency_id', 'class_id'])
					.doUpdateSet({ final_version_id: finalVersionId, session_version_id: sessionVersionId })
			)
			.execute();
		note({ classId });
		return {};
	},
	{ summary: 'Chooses the reaction forms of a class' }
);

/**
 * The class takes what its program gives again. Refuses: a class that is over, or whose form at the end would become
 * another one once somebody has answered.
 */
export const followProgramForms = command(
	'evaluation.followProgramForms',
	ClassOfForms,
	async ({ tx, actor, permit, note }, { classId }) => {
		const held = await lockChoice(tx, actor.agencyId, classId);
		permit(canChooseForms(actor));
		if (['finished', 'cancelled'].includes(held.status)) throw refused('evaluation.form.classOver');
		await tx
			.deleteFrom('evaluation.class_form')
			.where('agency_id', '=', actor.agencyId)
			.where('class_id', '=', classId)
			.execute();
		const given = await choiceOf(tx, actor.agencyId, classId);
		if (held.answered && given?.finalVersionId !== held.finalVersionId)
			throw refused('evaluation.form.answered');
		note({ classId });
		return {};
	},
	{ summary: 'Lets a class take the reaction forms of its program again' }
);

/** Alone: who answers in this moment either comes before, or meets the new form. Refuses: missing. */
async function lockChoice(tx: Tx, agencyId: string, classId: string): Promise<Choice> {
	await sql`select pg_advisory_xact_lock(hashtextextended('box:' || ${classId}::text, 0))`.execute(tx);
	await sql`select from classes.class where agency_id = ${agencyId} and id = ${classId} for share`.execute(
		tx
	);
	const held = await choiceOf(tx, agencyId, classId);
	if (held === undefined) throw missing();
	return held;
}

type Choice = {
	status: string;
	answered: boolean;
	finalVersionId: string | null;
	sessionVersionId: string | null;
};

async function choiceOf(tx: Tx, agencyId: string, classId: string): Promise<Choice | undefined> {
	const { rows } = await sql<Choice>`
		select c.status, ${FINAL_VERSION} as "finalVersionId",
			${SESSION_VERSION_OF_CLASS} as "sessionVersionId",
			exists (select from evaluation.reaction_box b where b.agency_id = c.agency_id and b.class_id = c.id) as answered
		from classes.class c
		join platform.agency a on a.agency_id = c.agency_id
		${END_OF_CLASS} ${FORMS_OF_CLASS}
		where c.agency_id = ${agencyId} and c.id = ${classId}`.execute(tx);
	return rows[0];
}
