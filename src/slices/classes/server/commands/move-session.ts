import { sql } from 'kysely';
import { refused } from '#kernel/errors.ts';
import { addDays } from '#kernel/time.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canManage } from '../../access.ts';
import { MoveSession } from '../../input.ts';
import { changeable } from '../../rules.ts';
import { changesBetween, daysAround, notStale } from '../../schedule.ts';
import { lockSession } from '../lock.ts';
import { tellOfChange } from '../session-changes.ts';
import { factsOf, holdRoom, instants } from '../session-facts.ts';
import { facilitatorsAt, seatsAt } from '../session-people.ts';
import { notYetHeld, refuseTaken, savedBy } from './write-session.ts';

/**
 * A session goes to another day, at the same hour unless another is given; the days of the class follow it. Refuses: its
 * sheet was filled, somebody saved it since, and whoever or whatever is taken then (who, where, when).
 */
export const moveSession = command(
	'classes.moveSession',
	MoveSession,
	async (beam, input) => {
		const { tx, actor, now, permit, note } = beam;
		const session = await lockSession(tx, actor.agencyId, input.sessionId);
		permit(canManage(actor));
		changeable(session.class.status);
		notYetHeld(session);
		notStale(input.seen, session.edition, session.saved);
		const held = session.class;
		const stands = await standing(tx, actor.agencyId, session.id, held.zone);
		const from = input.from ?? stands.from;
		const time = await instants(tx, { on: input.on, from, minutes: stands.minutes }, held.zone);
		if (time.startsAt.getTime() === session.startsAt.getTime())
			throw refused('classes.move.sameTime', { topic: session.topic });
		const teaching = await facilitatorsAt(tx, actor.agencyId, session.id);
		const seats = await seatsAt(tx, actor.agencyId, held.id, { id: session.id });
		if (stands.roomId !== null) await holdRoom(tx, actor.agencyId, stands.roomId, time, held.zone);
		if (stands.mode !== 'self_paced')
			await refuseTaken({ tx, actor }, held, session.id, time, { teaching, seats, roomId: stands.roomId });
		const before = await factsOf(tx, actor.agencyId, session.id);
		await tx
			.updateTable('classes.session')
			.set({ starts_at: time.startsAt, ends_at: time.endsAt, ...savedBy(actor, now) })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', session.id)
			.execute();
		const days = daysAround(held, input.on, stands.others);
		if (days.startsOn !== held.startsOn || days.endsOn !== held.endsOn)
			await tx
				.updateTable('classes.class')
				.set({ starts_on: days.startsOn, ends_on: days.endsOn, ...savedBy(actor, now) })
				.where('agency_id', '=', actor.agencyId)
				.where('id', '=', held.id)
				.execute();
		const after = await factsOf(tx, actor.agencyId, session.id);
		await tellOfChange(beam, {
			classId: held.id,
			sessionId: session.id,
			what: changesBetween(before, after),
			before,
			after,
			note: input.reason,
			concerned: [...seats, ...teaching.map(({ personId }) => personId)]
		});
		note({ classId: held.id, sessionId: session.id });
		return {
			classId: held.id,
			sessionId: session.id,
			on: input.on,
			from,
			until: endDay(input.on, from, stands)
		};
	},
	{ summary: 'Moves a session to another day or hour' }
);

type Standing = { from: string; minutes: number; mode: string; roomId: string | null; others: string[] };

/** The hour of a session, and the days of the others of its class, on the agency's calendar. */
async function standing(tx: Tx, agencyId: string, sessionId: string, zone: string): Promise<Standing> {
	const rows = await sql<Standing>`
		select to_char(s.starts_at at time zone ${zone}, 'HH24:MI') as from, s.mode, s.room_id as "roomId",
			(extract(epoch from s.ends_at - s.starts_at) / 60)::int as minutes,
			coalesce((select array_agg(distinct to_char(o.starts_at at time zone ${zone}, 'YYYY-MM-DD')) from classes.session o
				where o.agency_id = s.agency_id and o.class_id = s.class_id and o.id <> s.id and o.cancelled_at is null), '{}') as others
		from classes.session s where s.agency_id = ${agencyId} and s.id = ${sessionId}`.execute(tx);
	const row = rows.rows[0];
	if (!row) throw new Error('a locked session without a row');
	return row;
}

const endDay = (on: string, from: string, { minutes }: Standing): string => {
	const [hours = 0, past = 0] = from.split(':').map(Number);
	return addDays(on, Math.floor((hours * 60 + past + minutes - 1) / 1440));
};
