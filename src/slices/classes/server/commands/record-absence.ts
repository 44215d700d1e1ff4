import { hasAbility } from '#kernel/actor.ts';
import { invalidField, missing } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { staffOf } from '#slices/people/public.server.ts';
import { canWriteAbsence } from '../../cohort-access.ts';
import { RecordAbsence, RemoveAbsence } from '../../cohort-input.ts';

constraintMeans('absence_once', 'classes.absence.twice');

/**
 * Writes down that somebody is on leave or on duty elsewhere: the counters then count without them. Refuses: nobody with
 * this NIP within reach, away on these days already.
 */
export const recordAbsence = command(
	'classes.recordAbsence',
	RecordAbsence,
	async ({ tx, actor, now, permit, note }, { nip, kind, startsOn, endsOn, source }) => {
		const found = await tx
			.selectFrom('people.staff')
			.select('person_id')
			.where('agency_id', '=', actor.agencyId)
			.where('nip', '=', nip)
			.executeTakeFirst();
		const person = found?.person_id ? await staffOf(tx, found.person_id) : null;
		permit(hasAbility(actor, 'people.staffing'));
		// Other units' people are not there: trying tells nobody whose NIP exists.
		if (!person || !canWriteAbsence(actor, person.unitPath))
			throw invalidField('nip', 'classes.absence.unknownNip');
		const absenceId = newId(now.getTime());
		await tx
			.insertInto('classes.absence')
			.values({
				agency_id: actor.agencyId,
				id: absenceId,
				person_id: person.personId,
				kind,
				starts_on: startsOn,
				ends_on: endsOn,
				source,
				created_by: actor.accountId,
				created_at: now
			})
			.execute();
		note({ absenceId, personId: person.personId });
		return { absenceId, name: person.name };
	},
	{ summary: 'Write down leave or duty elsewhere of somebody' }
);

/** Takes a line back, whether it was wrong or the leave was given up. */
export const removeAbsence = command(
	'classes.removeAbsence',
	RemoveAbsence,
	async ({ tx, actor, permit, note }, { absenceId }) => {
		const line = await tx
			.selectFrom('classes.absence')
			.select('person_id')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', absenceId)
			.forUpdate()
			.executeTakeFirst();
		if (!line) throw missing();
		permit(canWriteAbsence(actor, (await staffOf(tx, line.person_id))?.unitPath ?? ''));
		await tx
			.deleteFrom('classes.absence')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', absenceId)
			.execute();
		note({ absenceId, personId: line.person_id });
		return { absenceId };
	},
	{ summary: 'Take leave or duty of somebody back' }
);
