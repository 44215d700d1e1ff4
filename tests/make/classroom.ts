import type { Actor } from '#kernel/actor.ts';
import { decideRequest, enrol } from '#slices/classes/server/commands/decide-registration.ts';
import { requestSeat } from '#slices/classes/server/commands/request-seat.ts';
import { createClass, openClass } from '#slices/classes/server/commands/write-class.ts';
import { addSession } from '#slices/classes/server/commands/write-session.ts';
import { town } from './town.ts';

type Facts = {
	seats?: number;
	open?: boolean;
	from?: string;
	to?: string;
	facilitator?: string;
	attendancePercent?: number;
};

/**
 * The town with its training office, a supervisor and a facilitator, and classes to say little about. Each test asks
 * for a `nextDay`, so that people and facilitators of one test are free in the next.
 */
export async function classroom() {
	const it = await town();
	const office = it.as('officer', ['classes.read', 'classes.manage'], '');
	const kasi = it.as('kasi', ['classes.read', 'classes.approveTeam']);
	const trainer = it.as('trainer', ['classes.teach']);
	let day = 0;
	let on = '';

	const session = (classId: string, { from = '08:00', to = '10:00', facilitator }: Facts = {}) => ({
		classId,
		topic: 'Antrean',
		moduleId: it.need.moduleId,
		mode: 'class',
		on,
		from,
		to,
		...(facilitator === undefined ? {} : { facilitatorNip: it.nip(facilitator) })
	});

	return {
		...it,
		office,
		kasi,
		trainer,
		session,
		nextDay: (): void => {
			day += 1;
			on = new Date(Date.UTC(2027, 0, day)).toISOString().slice(0, 10);
		},
		/** The day of the test. */
		today: (): string => on,
		/** An hour of that day, in the agency's zone. */
		at: (clock: string): Date => new Date(`${on}T${clock}:00+07:00`),
		/** A class of one session on the day of the test; open unless asked otherwise. */
		aClass: async ({ seats = 10, open = true, attendancePercent, ...hours }: Facts = {}) => {
			const { classId } = await it.does(office, createClass, {
				name: 'Pelayanan prima',
				mode: 'class',
				seats,
				startsOn: on,
				endsOn: on,
				programId: it.need.programId,
				...(attendancePercent === undefined ? {} : { attendancePercent })
			});
			const { sessionId } = await it.does(office, addSession, session(classId, hours));
			if (open) await it.does(office, openClass, { classId });
			return { classId, sessionId };
		},
		enrolled: (classId: string, ...names: string[]) =>
			it.does(office, enrol, { classId, nips: names.map((name) => it.nip(name)).join(' ') }),
		asks: async (name: string, classId: string): Promise<string> =>
			(await it.does(it.as(name), requestSeat, { classId })).registrationId,
		yes: (actor: Actor, registrationId: string) =>
			it.does(actor, decideRequest, { registrationId, decision: 'approve' }),
		/** Where everybody of a class stands, by name. */
		statuses: async (classId: string): Promise<Record<string, string>> => {
			const rows = await it.owner.query<{ name: string; status: string }>(
				'select p.name, r.status from classes.registration r join people.person p using (agency_id) where p.id = r.person_id and r.class_id = $1',
				[classId]
			);
			return Object.fromEntries(rows.rows.map((row) => [row.name, row.status]));
		},
		/** How often the other rooms were told this of a class. */
		told: async (name: string, classId: string): Promise<number> => {
			const rows = await it.owner.query(
				`select 1 from platform.event where name = $1 and payload->>'classId' = $2`,
				[name, classId]
			);
			return rows.rows.length;
		}
	};
}
