import { invalidField, missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { parseNip } from '#kernel/nip.ts';
import { readGrade } from '#kernel/grades.ts';
import type { Tx } from '#platform/db/db.ts';
import { command, type Beam } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canOrganise } from '../../access.ts';
import { LeaveStaff, MoveStaff, WelcomeStaff } from '../../history-input.ts';
import { applyMovement } from '../history/apply-movement.ts';
import { lockOrders } from '../history/effective.ts';
import { placeOf } from '../queries/places.ts';
import { unitPlace } from '../queries/units.ts';

constraintMeans('posting_one_at_a_time', 'people.move.overlap');

type Ordered = {
	personId: string;
	effectiveOn: string;
	reason: string;
	orderNumber?: string | undefined;
};
type NewPost = { unitId: string; title: string; kind: string; level: string; isHead: boolean };

/**
 * Somebody changes unit or post, from a day on; a day to come waits for it. Refuses: out of reach on either side, a day
 * not after the post held began, another head there, somebody who left, another order that waits already.
 */
export const moveStaff = command(
	'people.moveStaff',
	MoveStaff,
	async (beam, input) => {
		const { tx, actor, permit } = beam;
		await lockOrders(tx, actor.agencyId);
		const place = await placeOf(tx, input.personId);
		const unit = await unitPlace(tx, input.unitId);
		if (!unit) throw missing();
		permit(canOrganise(actor, place.unitPath) && canOrganise(actor, unit.path));
		return order(beam, 'move', input, input);
	},
	{ summary: 'Order that a person changes unit or post from a day on' }
);

/** Somebody leaves the agency from a day on: posts, roles and exceptions end with it. Refuses as `people.moveStaff`. */
export const leaveStaff = command(
	'people.leaveStaff',
	LeaveStaff,
	async (beam, input) => {
		const { tx, actor, permit } = beam;
		await lockOrders(tx, actor.agencyId);
		permit(canOrganise(actor, (await placeOf(tx, input.personId)).unitPath));
		return order(beam, 'leave', input, null);
	},
	{ summary: 'Order that a person leaves the agency from a day on' }
);

/**
 * Somebody comes from another agency, or back. Sex and date of birth are read from the NIP. Refuses: a NIP that can't
 * be, somebody who works here already, a grade that does not exist, and as `people.moveStaff`.
 */
export const welcomeStaff = command(
	'people.welcomeStaff',
	WelcomeStaff,
	async (beam, input) => {
		const { tx, actor, permit, today, now } = beam;
		await lockOrders(tx, actor.agencyId);
		const unit = await unitPlace(tx, input.unitId);
		if (!unit) throw missing();
		permit(canOrganise(actor, unit.path));
		const nip = parseNip(input.nip, today);
		if (!nip.ok) throw invalidField('nip', nip.code, nip.params);
		const grade = input.grade === undefined ? null : readGrade(input.grade);
		if (input.grade !== undefined && grade === null) throw invalidField('grade', 'people.standing.noGrade');
		const known = await tx
			.selectFrom('people.person')
			.select(['id', 'active', 'name'])
			.where('agency_id', '=', actor.agencyId)
			.where('nip', '=', nip.nip)
			.forUpdate()
			.executeTakeFirst();
		if (known?.active) throw refused('people.move.worksHere', { name: known.name });
		const personId = known?.id ?? newId();
		if (!known)
			await tx
				.insertInto('people.person')
				.values({
					agency_id: actor.agencyId,
					id: personId,
					nip: nip.nip,
					name: input.name,
					front_title: input.frontTitle ?? null,
					back_title: input.backTitle ?? null,
					sex: nip.sex,
					birth_date: nip.birthDate,
					employment_kind: nip.kind,
					grade: grade?.name ?? null,
					// Works here from the day that the movement says, which may be to come.
					active: false,
					created_at: now,
					changed_at: now
				})
				.execute();
		return order(beam, 'arrive', { ...input, personId }, input);
	},
	{ summary: 'Order that somebody begins to work in the agency from a day on' }
);

/** Written down, and done at once unless its day is to come. */
export async function order(
	{ tx, actor, now, today, note, record }: Beam,
	kind: 'arrive' | 'move' | 'leave',
	{ personId, effectiveOn, reason, orderNumber }: Ordered,
	post: NewPost | null
) {
	await refuseIfAnotherWaits(tx, actor.agencyId, personId);
	const from = await tx
		.selectFrom('people.posting')
		.select('unit_id')
		.where('agency_id', '=', actor.agencyId)
		.where('person_id', '=', personId)
		.where('valid_to', 'is', null)
		.executeTakeFirst();
	const orderId = newId();
	const waits = effectiveOn > today;
	const movement = {
		person_id: personId,
		kind,
		effective_on: effectiveOn,
		to_unit_id: post?.unitId ?? null,
		title: post?.title ?? null,
		post_kind: post?.kind ?? null,
		level: post?.level ?? null,
		is_head: post?.isHead ?? false
	};
	await tx
		.insertInto('people.movement')
		.values({
			agency_id: actor.agencyId,
			id: orderId,
			...movement,
			from_unit_id: from?.unit_id ?? null,
			reason,
			order_number: orderNumber ?? null,
			status: waits ? 'planned' : 'done',
			made_by: actor.accountId,
			made_at: now
		})
		.execute();
	if (!waits) {
		await applyMovement(tx, actor.agencyId, movement, today);
		record('people.moved', { personId });
	}
	note({ personId, orderId });
	return { orderId, personId, waits };
}

async function refuseIfAnotherWaits(tx: Tx, agencyId: string, personId: string): Promise<void> {
	const waiting = await tx
		.selectFrom('people.movement')
		.select('effective_on')
		.where('agency_id', '=', agencyId)
		.where('person_id', '=', personId)
		.where('status', '=', 'planned')
		.executeTakeFirst();
	if (waiting) throw refused('people.move.waiting', { date: waiting.effective_on });
}
