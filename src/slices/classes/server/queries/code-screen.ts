import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canMark } from '../../access.ts';
import { AFTER_MINUTES, EARLY_MINUTES, stepAt, type Kind } from '../../check-in.ts';
import { isFor, leads, teachesClass } from '../visible.ts';
import { codesBetween, pictureStart } from '../codes.ts';

type Head = {
	class_id: string;
	class: string;
	topic: string;
	starts_at: Date;
	ends_at: Date;
	leads: boolean;
	teaching: boolean;
	secret: string | null;
	check_out: boolean;
	usable: boolean;
	enrolled: number;
	there: number;
	left: number;
	refused: number;
};

async function headOf(db: Db, actor: Actor, sessionId: string): Promise<Head> {
	const rows = await sql<Head>`
		select c.id as class_id, c.name as class, s.topic, s.starts_at, s.ends_at, ${leads(actor)} as leads, ${teachesClass(actor)} as teaching,
			h.secret, coalesce(h.check_out, false) as check_out,
			h.closed_at is null and s.cancelled_at is null and c.status in ('open', 'running') as usable,
			(select count(*)::int from classes.registration r where r.agency_id = c.agency_id and r.class_id = c.id
				and r.status in ('enrolled', 'passed', 'failed') and ${isFor('r')}) as enrolled,
			n.there, n.left,
			(select count(distinct f.person_id)::int from classes.refused_scan f where f.agency_id = s.agency_id and f.session_id = s.id
				and not exists (select from classes.attendance a where a.agency_id = f.agency_id and a.session_id = f.session_id
					and a.person_id = f.person_id and a.status in ('present', 'late'))) as refused
		from classes.session s
		join classes.class c on c.agency_id = s.agency_id and c.id = s.class_id
		left join classes.sheet h on h.agency_id = s.agency_id and h.session_id = s.id
		cross join lateral (select count(*) filter (where a.status in ('present', 'late'))::int as there,
				count(*) filter (where a.checked_out_at is not null)::int as left
			from classes.attendance a where a.agency_id = s.agency_id and a.session_id = s.id) n
		where s.agency_id = ${actor.agencyId} and s.id = ${sessionId}`.execute(db);
	const head = rows.rows[0];
	if (
		!head ||
		!canMark(actor, { facilitatorId: head.leads ? actor.personId : null, teachesClass: head.teaching })
	)
		throw missing();
	return head;
}

export type CodeScreen = Awaited<ReturnType<typeof codeScreen>>;

/**
 * What the facilitator's page needs to go on showing codes without signal: the codes themselves, from now to an hour
 * after the session, and never the key. Empty before the sheet is open and once it is closed. Refuses: missing.
 */
export async function codeScreen(db: Db, actor: Actor, sessionId: string, now: Date) {
	const { secret, leads: _leads, teaching: _teaching, ...head } = await headOf(db, actor, sessionId);
	const opens = head.starts_at.getTime() - EARLY_MINUTES * 60_000;
	const from = Math.max(stepAt(new Date(opens)), stepAt(now) - 1);
	const until = stepAt(new Date(head.ends_at.getTime() + AFTER_MINUTES * 60_000));
	const kinds: Kind[] = head.check_out ? ['in', 'out'] : ['in'];
	const shown = secret !== null && head.usable && until >= from;
	return {
		...head,
		sessionId,
		at: now.getTime(),
		from,
		codes: shown
			? kinds.map((kind) => ({
					kind,
					start: pictureStart(sessionId, kind),
					text: codesBetween(secret, sessionId, kind, from, until)
				}))
			: []
	};
}

/** How many are there by now, and the server's clock: asked every few seconds while there is signal. */
export async function codeCounts(db: Db, actor: Actor, sessionId: string, now: Date) {
	const { there, left, refused, enrolled } = await headOf(db, actor, sessionId);
	return { at: now.getTime(), there, left, refused, enrolled };
}
