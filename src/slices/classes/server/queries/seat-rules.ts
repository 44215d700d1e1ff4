import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#platform/db/db.ts';
import { canManage } from '../../access.ts';
import { approvalOf } from '../../model.ts';
import { quotasOf, seatPolicy } from '../candidates.ts';

/** How seats of a class are asked for and shared out. Asks nobody's permission: whoever sees the class sees its rules. */
export async function seatRulesOf(db: Db, actor: Actor, classId: string) {
	const [head, programs, quotas] = await Promise.all([
		sql<{ approval: string; asks_until: string | null; answer_hours: number | null }>`
			select approval, asks_until, answer_hours from classes.class where agency_id = ${actor.agencyId} and id = ${classId}`.execute(
			db
		),
		sql<{ id: string; name: string }>`
			select g.id, g.name from classes.prerequisite q join programs.program g on g.agency_id = q.agency_id and g.id = q.program_id
			where q.agency_id = ${actor.agencyId} and q.class_id = ${classId} order by g.name`.execute(db),
		quotasOf(db, actor.agencyId, classId)
	]);
	const [row] = head.rows;
	if (!row) throw new Error('a class that was just read does not exist');
	return {
		approval: approvalOf(row.approval),
		asksUntil: row.asks_until,
		answerHours: row.answer_hours,
		prerequisites: programs.rows,
		quotas
	};
}

/** What the form of the rules chooses from: other programs than the class's own, and offices of the agency. */
export async function seatRuleChoices(db: Db, actor: Actor, programId: string) {
	const [programs, units] = await Promise.all([
		sql<{ id: string; name: string }>`
			select id, name from programs.program where agency_id = ${actor.agencyId} and id <> ${programId} order by name limit 500`.execute(
			db
		),
		sql<{ id: string; name: string }>`
			select u.id, u.name from people.unit u
			where u.agency_id = ${actor.agencyId} and u.valid_to is null and nlevel(u.path) <= 2 order by u.name limit 500`.execute(
			db
		)
	]);
	return { programs: programs.rows, units: units.rows };
}

export type Deputy = {
	id: string;
	supervisor: string;
	deputy: string;
	valid_from: string;
	valid_to: string;
	mine: boolean;
};

/** Deputies from today on: those whom the actor named or who are named for them, and for the office everybody's. */
export async function deputiesOf(db: Db, actor: Actor, today: string) {
	const rows = await sql<Deputy>`
		select d.id, s.name as supervisor, p.name as deputy, d.valid_from, d.valid_to,
			coalesce(d.supervisor_id = ${actor.personId}::uuid, false) as mine
		from classes.deputy d
		join people.person s on s.agency_id = d.agency_id and s.id = d.supervisor_id
		join people.person p on p.agency_id = d.agency_id and p.id = d.deputy_id
		where d.agency_id = ${actor.agencyId} and d.ended_at is null and d.valid_to >= ${today}::date
			and (${canManage(actor)}::boolean or d.supervisor_id = ${actor.personId}::uuid or d.deputy_id = ${actor.personId}::uuid)
		order by d.valid_from, s.name, d.id limit 500`.execute(db);
	return { deputies: rows.rows, policy: await seatPolicy(db, actor.agencyId) };
}
