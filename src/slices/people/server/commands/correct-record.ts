import { sql } from 'kysely';
import { invalidField, missing, refused } from '#kernel/errors.ts';
import { readGrade } from '#kernel/grades.ts';
import { newId } from '#kernel/ids.ts';
import { isValidDate } from '#kernel/time.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canDecideCorrection } from '../../access.ts';
import { AskCorrection, DecideCorrection, OneCorrection } from '../../history-input.ts';
import type { Correctable } from '../../privacy.ts';
import { valueOf } from '../queries/corrections.ts';
import { placeOf } from '../queries/places.ts';

constraintMeans('correction_waiting', 'people.correction.already');

/**
 * "This is wrong in my record": the field, what should stand there, and what shows it. Refuses: an account without a
 * person, what stands there already, a value that can't be, one of the same field that waits.
 * @law UU 27/2022 Ps 6
 */
export const askCorrection = command(
	'people.askCorrection',
	AskCorrection,
	async ({ tx, actor, now, permit, note }, { field, evidence, ...asked }) => {
		const personId = actor.personId;
		permit(personId !== null);
		if (personId === null) throw missing();
		refuseNonsense(field, asked.proposed);
		const proposed = asStored(field, asked.proposed);
		const current = await valueOf(tx, personId, field);
		if (current === proposed) throw invalidField('proposed', 'people.correction.same');
		const correctionId = newId();
		await tx
			.insertInto('people.correction')
			.values({
				agency_id: actor.agencyId,
				id: correctionId,
				person_id: personId,
				field,
				current,
				proposed,
				evidence,
				status: 'waiting',
				asked_at: now
			})
			.execute();
		note({ correctionId, personId });
		return { correctionId };
	},
	{ summary: 'Ask for a correction of one’s own record' }
);

/** Taken back by who asked, while it waits. */
export const withdrawCorrection = command(
	'people.withdrawCorrection',
	OneCorrection,
	async ({ tx, actor, permit, note }, { correctionId }) => {
		const found = await lockCorrection(tx, actor.agencyId, correctionId);
		if (found.person_id !== actor.personId) throw missing();
		permit(true);
		await tx
			.updateTable('people.correction')
			.set({ status: 'withdrawn' })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', correctionId)
			.execute();
		note({ correctionId });
		return { correctionId };
	},
	{ summary: 'Take back a correction that waits' }
);

/**
 * A verifier decides with a reason. Approved, it is written at once, and stays known, so that a later import that brings
 * the old value again is seen. Refuses: one's own, out of reach, decided already, a value that no longer can be.
 */
export const decideCorrection = command(
	'people.decideCorrection',
	DecideCorrection,
	async ({ tx, actor, now, permit, note }, { correctionId, decision, answer }) => {
		const found = await lockCorrection(tx, actor.agencyId, correctionId);
		permit(canDecideCorrection(actor, await placeOf(tx, found.person_id)));
		await tx
			.updateTable('people.correction')
			.set({ status: decision, decided_at: now, decided_by: actor.name, answer })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', correctionId)
			.execute();
		if (decision === 'approved')
			await writeCorrection(
				tx,
				actor.agencyId,
				found.person_id,
				correctable(found.field),
				found.proposed,
				now
			);
		note({ correctionId, personId: found.person_id, decision });
		return { correctionId };
	},
	{ summary: 'Approve or reject a correction, with the reason' }
);

/** Refuses: none of this agency, decided already. */
async function lockCorrection(tx: Tx, agencyId: string, correctionId: string) {
	const found = await tx
		.selectFrom('people.correction')
		.select(['person_id', 'field', 'proposed', 'status', 'decided_by'])
		.where('agency_id', '=', agencyId)
		.where('id', '=', correctionId)
		.forUpdate()
		.executeTakeFirst();
	if (!found) throw missing();
	if (found.status !== 'waiting') throw refused('people.correction.decided', { who: found.decided_by ?? '' });
	return found;
}

/** The check constraint of people.correction keeps the list. */
const correctable = (field: string): Correctable => field as Correctable;

function refuseNonsense(field: Correctable, value: string): void {
	if (field === 'birth_date' && !isValidDate(value)) throw invalidField('proposed', 'kernel.field.date');
	if (field === 'grade' && readGrade(value) === null)
		throw invalidField('proposed', 'people.standing.noGrade');
	if (field === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))
		throw invalidField('proposed', 'kernel.field.invalid');
	if (field === 'name' && value.length > 200) throw invalidField('proposed', 'kernel.field.invalid');
}

/** As it will stand: what was approved is later compared with what a file brings. */
const asStored = (field: Correctable, value: string): string =>
	field === 'grade' ? (readGrade(value)?.name ?? value) : value;

async function writeCorrection(
	tx: Tx,
	agencyId: string,
	personId: string,
	field: Correctable,
	value: string,
	now: Date
): Promise<void> {
	if (field === 'other') return;
	if (field === 'post_title')
		await sql`update people.posting set title = ${value}
			where agency_id = ${agencyId} and person_id = ${personId} and valid_to is null`.execute(tx);
	else {
		const written = asStored(field, value);
		const change =
			field === 'birth_date' ? sql`birth_date = ${written}::date` : sql`${sql.ref(field)} = ${written}`;
		await sql`update people.person set ${change}, changed_at = ${now}
			where agency_id = ${agencyId} and id = ${personId}`.execute(tx);
	}
}
