import { newId } from '#kernel/ids.ts';
import type { Beam } from '#platform/work/command.ts';
import type { SessionChange, SessionFacts } from '../schedule.ts';

export type ChangeToTell = {
	classId: string;
	sessionId: string;
	what: readonly SessionChange[];
	before: SessionFacts;
	after: SessionFacts;
	note: string;
	/** Those with a seat, and those who teach before or after; nobody else hears of it. */
	concerned: readonly string[];
};

/** Keeps what changed, for whom, and tells the rooms to the right; nothing when nothing changed for anybody. */
export async function tellOfChange(
	{ tx, actor, now, record }: Pick<Beam, 'tx' | 'actor' | 'now' | 'record'>,
	change: ChangeToTell
): Promise<void> {
	if (change.what.length === 0) return;
	const changeId = newId(now.getTime());
	await tx
		.insertInto('classes.session_change')
		.values({
			agency_id: actor.agencyId,
			id: changeId,
			session_id: change.sessionId,
			what: [...change.what],
			before: JSON.stringify(change.before),
			after: JSON.stringify(change.after),
			note: change.note,
			account_id: actor.accountId,
			at: now
		})
		.execute();
	// Whoever changed it knows already.
	const people = [...new Set(change.concerned)].filter((personId) => personId !== actor.personId);
	if (people.length > 0)
		await tx
			.insertInto('classes.session_change_person')
			.values(
				people.map((personId) => ({ agency_id: actor.agencyId, change_id: changeId, person_id: personId }))
			)
			.execute();
	record('classes.sessionChanged', { classId: change.classId, sessionId: change.sessionId, changeId });
}
