import { sql } from 'kysely';
import type { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { invalidField, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import type { Tx } from '#platform/db/db.ts';
import { canManage } from '../../access.ts';
import { AddSession, CancelSession, ChangeSession } from '../../input.ts';
import { changeable, sessionHours, sessionMinutes } from '../../rules.ts';
import { lockClass, lockPeople, lockSession, type LockedClass } from '../lock.ts';
import { busyElsewhere, teachesElsewhere } from '../overlap.ts';

// Two people may give the same facilitator away in the same instant: then nobody has yet been seen to be first.
constraintMeans('session_facilitator_free', 'classes.session.facilitatorJustTaken');

/**
 * A session of a class. Refuses: class over, outside its days, facilitator teaches elsewhere then (who, where, when),
 * module of another curriculum, enrolled people have another class then.
 */
export const addSession = command(
	'classes.addSession',
	AddSession,
	async ({ tx, actor, now, permit, note }, input) => {
		const held = await lockClass(tx, actor.agencyId, input.classId);
		permit(canManage(actor));
		const facts = await sessionFacts(tx, actor, held, input, null);
		const sessionId = newId(now.getTime());
		await tx
			.insertInto('classes.session')
			.values({
				agency_id: actor.agencyId,
				id: sessionId,
				class_id: held.id,
				sort: sql<number>`(select coalesce(max(sort), 0) + 1 from classes.session where agency_id = ${actor.agencyId} and class_id = ${held.id})`,
				...facts
			})
			.execute();
		await refuseBusyPeople(tx, actor, held);
		note({ classId: held.id, sessionId });
		return { classId: held.id, sessionId };
	},
	{ summary: 'Adds a session to a class' }
);

/** Refuses: its sheet was already filled, and as above. */
export const changeSession = command(
	'classes.changeSession',
	ChangeSession,
	async ({ tx, actor, permit, note }, input) => {
		const session = await lockSession(tx, actor.agencyId, input.sessionId);
		permit(canManage(actor));
		notYetHeld(session);
		const facts = await sessionFacts(tx, actor, session.class, input, session.id);
		await tx
			.updateTable('classes.session')
			.set(facts)
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', session.id)
			.execute();
		await refuseBusyPeople(tx, actor, session.class);
		note({ classId: session.class.id, sessionId: session.id });
		return { classId: session.class.id, sessionId: session.id };
	},
	{ summary: 'Changes time, place, topic or facilitator of a session' }
);

/** Calls a session off; its facilitator is free again. Refuses: its sheet was already filled. */
export const cancelSession = command(
	'classes.cancelSession',
	CancelSession,
	async ({ tx, actor, now, permit, note }, { sessionId }) => {
		const session = await lockSession(tx, actor.agencyId, sessionId);
		permit(canManage(actor));
		changeable(session.class.status);
		notYetHeld(session);
		await tx
			.updateTable('classes.session')
			.set({ cancelled_at: now })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', session.id)
			.execute();
		note({ classId: session.class.id, sessionId });
		return { classId: session.class.id };
	},
	{ summary: 'Calls a session off' }
);

function notYetHeld(session: { marks: number; cancelled: boolean; topic: string }): void {
	if (session.cancelled) throw refused('classes.attendance.cancelled', { topic: session.topic });
	if (session.marks > 0)
		throw refused('classes.session.alreadyMarked', { topic: session.topic, marks: session.marks });
}

type Typed = Omit<z.output<typeof AddSession>, 'classId'>;

async function sessionFacts(
	tx: Tx,
	actor: Actor,
	held: LockedClass,
	typed: Typed,
	exceptSession: string | null
) {
	changeable(held.status);
	const minutes = sessionMinutes(typed, held);
	if (typed.moduleId !== undefined) await refuseOtherModule(tx, actor, held, typed.moduleId);
	const { startsAt, endsAt } = await instants(tx, typed, held.zone);
	const facilitatorId =
		typed.facilitatorNip === undefined ? null : await facilitatorOf(tx, actor, typed.facilitatorNip);
	if (facilitatorId !== null) {
		const clash = await teachesElsewhere(
			tx,
			actor.agencyId,
			facilitatorId,
			startsAt,
			endsAt,
			exceptSession,
			held.zone
		);
		if (clash) throw refused('classes.session.facilitatorBusy', clash);
	}
	return {
		topic: typed.topic,
		module_id: typed.moduleId ?? null,
		mode: typed.mode,
		place: typed.place,
		starts_at: startsAt,
		ends_at: endsAt,
		facilitator_id: facilitatorId,
		learning_hours: sessionHours(minutes, typed.moduleId !== undefined)
	};
}

/** The clock on the wall of the agency's zone as instants; PostgreSQL knows the zones, so nothing here has to. */
async function instants(tx: Tx, typed: Typed, zone: string): Promise<{ startsAt: Date; endsAt: Date }> {
	const rows = await sql<{ startsAt: Date; endsAt: Date }>`
		select (${typed.on}::date + ${typed.from}::time) at time zone ${zone} as "startsAt",
			(${typed.on}::date + ${typed.to}::time) at time zone ${zone} as "endsAt"`.execute(tx);
	const row = rows.rows[0];
	if (!row) throw new Error('a select without rows');
	return row;
}

async function facilitatorOf(tx: Tx, actor: Actor, nip: string): Promise<string> {
	const person = await tx
		.selectFrom('people.person')
		.select('id')
		.where('agency_id', '=', actor.agencyId)
		.where('nip', '=', nip)
		.where('active', '=', true)
		.executeTakeFirst();
	if (!person) throw invalidField('facilitatorNip', 'classes.session.unknownFacilitator');
	return person.id;
}

async function refuseOtherModule(tx: Tx, actor: Actor, held: LockedClass, moduleId: string): Promise<void> {
	const module = await tx
		.selectFrom('programs.module')
		.select('id')
		.where('agency_id', '=', actor.agencyId)
		.where('version_id', '=', held.versionId)
		.where('id', '=', moduleId)
		.executeTakeFirst();
	if (!module) throw invalidField('moduleId', 'classes.session.otherModule');
}

/** After the session stands: does it take enrolled people out of another class? Then all of it is rolled back. */
async function refuseBusyPeople(tx: Tx, actor: Actor, held: LockedClass): Promise<void> {
	const rows = await tx
		.selectFrom('classes.registration')
		.select('person_id')
		.where('agency_id', '=', actor.agencyId)
		.where('class_id', '=', held.id)
		.where('status', '=', 'enrolled')
		.execute();
	const people = rows.map((row) => row.person_id);
	await lockPeople(tx, people);
	const busy = await busyElsewhere(tx, actor.agencyId, held.id, people, held.zone);
	const first = busy[0];
	if (first)
		throw refused('classes.session.peopleBusy', {
			name: first.name,
			other: first.other,
			people: busy.length
		});
}
