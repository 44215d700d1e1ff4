import { sql } from 'kysely';
import type { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { invalidField, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { command, type Beam } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import type { Tx } from '#platform/db/db.ts';
import { canManage } from '../../access.ts';
import { AddSession, CancelSession, ChangeSession } from '../../input.ts';
import { changeable, sessionHours } from '../../rules.ts';
import { changesBetween, notStale, sessionMinutes } from '../../schedule.ts';
import { lockClass, lockPeople, lockSession, type LockedClass } from '../lock.ts';
import { engagedAt, roomTakenAt } from '../overlap.ts';
import { missedTeachers } from '../queries/missed-teachers.ts';
import { tellOfChange } from '../session-changes.ts';
import { factsOf, holdRoom, instants } from '../session-facts.ts';
import {
	facilitatorsAt,
	membersOf,
	seatsAt,
	teachingOf,
	writePeople,
	writeTogether
} from '../session-people.ts';
import type { Teaching } from '../teachers.ts';

// Two people may give the same facilitator, room or hour away in the same instant: then nobody has yet been seen first.
constraintMeans('session_facilitator_free', 'classes.session.facilitatorJustTaken');
constraintMeans('session_room_free', 'classes.session.roomJustTaken');
constraintMeans('seat_time_one_place', 'classes.session.personJustTaken');

/**
 * A session of a class. Refuses: class over, outside its days, module of another curriculum; a facilitator, the room or
 * enrolled people are taken then (who, where, when), the room is closed then (why).
 */
export const addSession = command(
	'classes.addSession',
	AddSession,
	async (beam, input) => {
		const { tx, actor, now, permit, note } = beam;
		const held = await lockClass(tx, actor.agencyId, input.classId);
		permit(canManage(actor));
		const plan = await planned(tx, actor, held, input, null);
		const sessionId = newId(now.getTime());
		await writeTogether(tx, actor.agencyId, sessionId, async () => {
			await tx
				.insertInto('classes.session')
				.values({
					agency_id: actor.agencyId,
					id: sessionId,
					class_id: held.id,
					sort: sql<number>`(select coalesce(max(sort), 0) + 1 from classes.session where agency_id = ${actor.agencyId} and class_id = ${held.id})`,
					changed_by: actor.name,
					changed_at: now,
					...plan.facts
				})
				.execute();
			await writePeople(tx, actor.agencyId, sessionId, plan.teaching, plan.members);
		});
		// While a class is being planned its sessions come one by one, and nobody waits for them.
		if (held.status !== 'planned') {
			const facts = await factsOf(tx, actor.agencyId, sessionId);
			await tellOfChange(beam, {
				classId: held.id,
				sessionId,
				what: ['added'],
				before: facts,
				after: facts,
				note: '',
				concerned: [...plan.seats, ...plan.teaching.map(({ personId }) => personId)]
			});
		}
		note({ classId: held.id, sessionId });
		return { classId: held.id, sessionId, missed: await isMissed(tx, sessionId, input, plan) };
	},
	{ summary: 'Adds a session to a class' }
);

/**
 * Those concerned are told what changed, and nobody when nothing did. Refuses: its sheet was already filled, somebody
 * saved it since the form was made (who, when), and as above.
 */
export const changeSession = command(
	'classes.changeSession',
	ChangeSession,
	async (beam, input) => {
		const { tx, actor, now, permit, note } = beam;
		const session = await lockSession(tx, actor.agencyId, input.sessionId);
		permit(canManage(actor));
		notYetHeld(session);
		notStale(input.seen, session.edition, session.saved);
		const before = await factsOf(tx, actor.agencyId, session.id);
		const taught = await facilitatorsAt(tx, actor.agencyId, session.id);
		const attended = await seatsAt(tx, actor.agencyId, session.class.id, { id: session.id });
		const plan = await planned(tx, actor, session.class, input, session.id);
		await writeTogether(tx, actor.agencyId, session.id, async () => {
			await tx
				.updateTable('classes.session')
				.set({ ...plan.facts, ...savedBy(actor, now) })
				.where('agency_id', '=', actor.agencyId)
				.where('id', '=', session.id)
				.execute();
			await writePeople(tx, actor.agencyId, session.id, plan.teaching, plan.members);
		});
		const after = await factsOf(tx, actor.agencyId, session.id);
		await tellOfChange(beam, {
			classId: session.class.id,
			sessionId: session.id,
			what: changesBetween(before, after),
			before,
			after,
			note: input.reason,
			concerned: [
				...attended,
				...plan.seats,
				...[...taught, ...plan.teaching].map(({ personId }) => personId)
			]
		});
		note({ classId: session.class.id, sessionId: session.id });
		return {
			classId: session.class.id,
			sessionId: session.id,
			missed: await isMissed(tx, session.id, input, plan)
		};
	},
	{ summary: 'Changes time, place, topic or facilitators of a session' }
);

/** Calls a session off; its people and its room are free again. Refuses: its sheet was already filled. */
export const cancelSession = command(
	'classes.cancelSession',
	CancelSession,
	async (beam, { sessionId, reason }) => {
		const { tx, actor, now, permit, note } = beam;
		const session = await lockSession(tx, actor.agencyId, sessionId);
		permit(canManage(actor));
		changeable(session.class.status);
		notYetHeld(session);
		const facts = await factsOf(tx, actor.agencyId, session.id);
		const concerned = [
			...(await seatsAt(tx, actor.agencyId, session.class.id, { id: session.id })),
			...(await facilitatorsAt(tx, actor.agencyId, session.id)).map(({ personId }) => personId)
		];
		await tx
			.updateTable('classes.session')
			.set({ cancelled_at: now, ...savedBy(actor, now) })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', session.id)
			.execute();
		await tellOfChange(beam, {
			classId: session.class.id,
			sessionId,
			what: ['cancelled'],
			before: facts,
			after: facts,
			note: reason,
			concerned
		});
		note({ classId: session.class.id, sessionId });
		return { classId: session.class.id };
	},
	{ summary: 'Calls a session off' }
);

export const savedBy = (actor: Actor, now: Date) => ({
	edition: sql<number>`edition + 1`,
	changed_by: actor.name,
	changed_at: now
});

export function notYetHeld(session: { marks: number; cancelled: boolean; topic: string }): void {
	if (session.cancelled) throw refused('classes.attendance.cancelled', { topic: session.topic });
	if (session.marks > 0)
		throw refused('classes.session.alreadyMarked', { topic: session.topic, marks: session.marks });
}

type Typed = Omit<z.output<typeof AddSession>, 'classId'>;

async function planned(tx: Tx, actor: Actor, held: LockedClass, typed: Typed, exceptSession: string | null) {
	changeable(held.status);
	const minutes = sessionMinutes(typed, held);
	if (typed.moduleId !== undefined) await refuseOtherModule(tx, actor, held, typed.moduleId);
	const time = await instants(tx, { ...typed, minutes }, held.zone);
	const teaching = await teachingOf(tx, actor.agencyId, typedTeachers(typed));
	const members = await membersOf(tx, actor.agencyId, held.id, typed.members ?? []);
	const seats = await seatsAt(tx, actor.agencyId, held.id, { id: exceptSession, members });
	if (typed.roomId !== undefined) await holdRoom(tx, actor.agencyId, typed.roomId, time, held.zone);
	if (typed.mode !== 'self_paced')
		await refuseTaken({ tx, actor }, held, exceptSession, time, {
			teaching,
			seats,
			roomId: typed.roomId ?? null
		});
	return {
		minutes,
		teaching,
		members,
		seats,
		facts: {
			topic: typed.topic,
			module_id: typed.moduleId ?? null,
			mode: typed.mode,
			place: typed.place,
			room_id: typed.roomId ?? null,
			latitude: typed.latitude ?? null,
			longitude: typed.longitude ?? null,
			radius_m: typed.radiusM ?? null,
			meeting_link: typed.meetingLink ?? null,
			guests: typed.guests,
			starts_at: time.startsAt,
			ends_at: time.endsAt,
			facilitator_id: teaching[0]?.personId ?? null,
			learning_hours: sessionHours(minutes, typed.moduleId !== undefined)
		}
	};
}

/** Somebody who teaches it is missed at their own counter, which is allowed but has to be seen. */
async function isMissed(
	tx: Tx,
	id: string,
	{ on, from, mode }: Pick<Typed, 'on' | 'from' | 'mode'>,
	{ minutes, teaching }: { minutes: number; teaching: readonly Teaching[] }
): Promise<boolean> {
	if (mode === 'self_paced' || teaching.length === 0) return false;
	const teachers = teaching.map(({ personId }) => personId);
	return (await missedTeachers(tx, [{ id, on, from, minutes, teachers }])).size > 0;
}

function typedTeachers(typed: Typed) {
	if (typed.facilitators === undefined)
		return typed.facilitatorNip === undefined
			? []
			: [{ nip: typed.facilitatorNip, kind: undefined, field: 'facilitatorNip' }];
	return typed.facilitators.flatMap(({ nip, kind }, index) =>
		nip === undefined ? [] : [{ nip, kind, field: `facilitators.${index}.nip` }]
	);
}

/**
 * Is everybody, and the room, free then? Asked under the locks of these people, so that two who book at once are told
 * one after the other; what slips past (a room, a facilitator without a lock) the database refuses.
 */
export async function refuseTaken(
	{ tx, actor }: Pick<Beam, 'tx' | 'actor'>,
	held: LockedClass,
	sessionId: string | null,
	time: { startsAt: Date; endsAt: Date },
	wanted: { teaching: readonly Teaching[]; seats: readonly string[]; roomId: string | null }
): Promise<void> {
	const teachers = wanted.teaching.map(({ personId }) => personId);
	await lockPeople(tx, [...teachers, ...wanted.seats]);
	const engaged = await engagedAt(
		tx,
		actor.agencyId,
		[...new Set([...teachers, ...wanted.seats])],
		time,
		{ id: sessionId, classId: held.id },
		held.zone
	);
	const busyTeacher = engaged.find(({ personId }) => teachers.includes(personId));
	if (busyTeacher)
		throw refused(
			busyTeacher.teaches ? 'classes.session.facilitatorBusy' : 'classes.session.facilitatorAttends',
			{ name: busyTeacher.name, other: busyTeacher.other, when: busyTeacher.when }
		);
	if (wanted.roomId !== null) {
		const taken = await roomTakenAt(tx, actor.agencyId, wanted.roomId, time, sessionId, held.zone);
		if (taken) throw refused('classes.session.roomBusy', taken);
	}
	const first = engaged[0];
	if (first)
		throw first.sameClass
			? refused('classes.session.ownOverlap', { topic: first.topic, when: first.when })
			: refused('classes.session.peopleBusy', {
					name: first.name,
					other: first.other,
					people: engaged.length
				});
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
