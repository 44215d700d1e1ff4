import { sql } from 'kysely';
import { invalidField, missing, refused } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canChooseForms } from '../../access.ts';
import { ChooseForms } from '../../form-input.ts';

/**
 * Which forms a class uses: at its end, and after its sessions. A session that somebody has answered keeps the form it
 * was answered in; at the end there is one form for all. Refuses: a form that is not in use, or another form at the end
 * once somebody has answered.
 */
export const chooseForms = command(
	'evaluation.chooseForms',
	ChooseForms,
	async ({ tx, actor, permit, note }, { classId, finalVersionId = null, sessionVersionId = null }) => {
		// Alone: who answers in this moment either comes before, or meets the new form.
		await sql`select pg_advisory_xact_lock(hashtextextended('box:' || ${classId}::text, 0))`.execute(tx);
		const held = await classOf(tx, actor.agencyId, classId);
		permit(canChooseForms(actor));
		const other = (held.finalVersionId ?? null) !== finalVersionId;
		if (other && held.answered) throw refused('evaluation.form.answered');
		if (['finished', 'cancelled'].includes(held.status)) throw refused('evaluation.form.classOver');
		if (other) await mustBeInUse(tx, actor.agencyId, finalVersionId, 'finalVersionId');
		if ((held.sessionVersionId ?? null) !== sessionVersionId)
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

async function classOf(tx: Tx, agencyId: string, classId: string) {
	const { rows } = await sql<{
		status: string;
		answered: boolean;
		finalVersionId: string | null;
		sessionVersionId: string | null;
	}>`
		select c.status, f.final_version_id as "finalVersionId", f.session_version_id as "sessionVersionId",
			exists (select from evaluation.reaction_box b where b.agency_id = c.agency_id and b.class_id = c.id) as answered
		from classes.class c
		left join evaluation.class_form f on f.agency_id = c.agency_id and f.class_id = c.id
		where c.agency_id = ${agencyId} and c.id = ${classId}
		for share of c`.execute(tx);
	const held = rows[0];
	if (held === undefined) throw missing();
	return held;
}

/** Locked, so that it is not taken back to a draft in the same moment. */
async function mustBeInUse(tx: Tx, agencyId: string, versionId: string | null, field: string): Promise<void> {
	if (versionId === null) return;
	const { rows } = await sql`
		select from evaluation.form_version v
		join evaluation.form_template t on t.agency_id = v.agency_id and t.id = v.template_id and t.retired_at is null
		where v.agency_id = ${agencyId} and v.id = ${versionId} and v.in_use_since is not null
		for share of v`.execute(tx);
	if (rows.length === 0) throw invalidField(field, 'evaluation.form.notOffered');
}
