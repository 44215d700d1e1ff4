import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { cleanPicture } from '#platform/files/strip-metadata.ts';
import { command } from '#platform/work/command.ts';
import { canDecide, canSee, canWrite } from '../../access.ts';
import { AnswerCheckIn, CheckIn } from '../../input.ts';
import { afterCheckIn, planStep, writtenAt } from '../../rules.ts';
import { answerDue } from '../dues.ts';
import { keepEvidence, keepThumb } from '../evidence.ts';
import { lockPlan } from '../lock.ts';

/**
 * Tells how it goes, with a photo or document if there is one, and answers the check-in that was due when it was written;
 * 100 % ends the plan. The same told again within a day, as from a second tab, is one telling and writes nothing.
 * Refuses what is neither picture nor PDF by its content.
 */
export const checkIn = command(
	'followup.checkIn',
	CheckIn,
	async (
		{ tx, actor, now, permit, record },
		{ actionPlanId, progress, note, obstacle, photo, thumb, writtenAt: said }
	) => {
		const plan = await lockPlan(tx, actionPlanId);
		if (!canSee(actor, plan)) throw missing();
		permit(canWrite(actor, plan));
		const { at, arrivedAt } = writtenAt(said, plan.decidedAt, now);
		if (
			await wasTold(tx, { actionPlanId, at, progress, note, obstacle: obstacle ?? null, photo: photo?.bytes })
		)
			return;
		const status = planStep(plan.status, afterCheckIn(progress));
		const photoId = photo ? await keepEvidence(tx, actor, photo, now) : null;
		const thumbId = photoId !== null && thumb ? await keepThumb(tx, actor, thumb, now) : null;
		const checkInId = newId();
		await tx
			.insertInto('followup.check_in')
			.values({
				agency_id: actor.agencyId,
				id: checkInId,
				action_plan_id: actionPlanId,
				at,
				arrived_at: arrivedAt,
				progress,
				note,
				obstacle: obstacle ?? null,
				photo_id: photoId,
				thumb_id: thumbId
			})
			.execute();
		await answerDue(tx, actionPlanId, checkInId, at);
		await tx
			.updateTable('followup.action_plan')
			.set({ status })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', actionPlanId)
			.execute();
		record('followup.checkedIn', { actionPlanId });
	},
	{ summary: 'Check in on an action plan' }
);

type Told = {
	actionPlanId: string;
	at: Date;
	progress: number;
	note: string;
	obstacle: string | null;
	photo: Uint8Array | undefined;
};

/** Whether a check-in of a day before or after says the same, with the same picture if there is one. */
async function wasTold(
	tx: Tx,
	{ actionPlanId, at, progress, note, obstacle, photo }: Told
): Promise<boolean> {
	const { rows } = await sql<{ sha256: string | null }>`
		select f.sha256 from followup.check_in k
		left join platform.file f on f.agency_id = k.agency_id and f.id = k.photo_id
		where k.agency_id = platform.current_agency() and k.action_plan_id = ${actionPlanId}
			and k.at between ${at}::timestamptz - interval '1 day' and ${at}::timestamptz + interval '1 day'
			and k.progress = ${progress} and k.note = ${note} and k.obstacle is not distinct from ${obstacle}`.execute(
		tx
	);
	// A picture is looked at only where the words are the same already.
	if (rows.length === 0 || photo === undefined) return rows.some(({ sha256 }) => sha256 === null);
	const picture = createHash('sha256')
		.update(cleanPicture(photo) ?? photo)
		.digest('hex');
	return rows.some(({ sha256 }) => sha256 === picture);
}

/** The supervisor's answer to a check-in; the first stands. */
export const answerCheckIn = command(
	'followup.answerCheckIn',
	AnswerCheckIn,
	async ({ tx, actor, now, permit, record }, { checkInId, answer }) => {
		const found = await tx
			.selectFrom('followup.check_in')
			.select(['action_plan_id', 'answered_at'])
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', checkInId)
			.forUpdate()
			.executeTakeFirst();
		if (!found) throw missing();
		const plan = await lockPlan(tx, found.action_plan_id);
		if (!canSee(actor, plan)) throw missing();
		permit(canDecide(actor, plan));
		if (found.answered_at !== null) throw refused('followup.answer.given');
		if (actor.personId === null) throw refused('followup.answer.noPerson');
		await tx
			.updateTable('followup.check_in')
			.set({ answer, answered_at: now, answered_by: actor.personId })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', checkInId)
			.execute();
		record('followup.checkInAnswered', { actionPlanId: plan.id, checkInId });
	},
	{ summary: 'Answer a check-in' }
);
