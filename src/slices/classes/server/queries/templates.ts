import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canManage } from '../../access.ts';
import { daysFrom, spreadModules, type ClassPlan, type DayAgain } from '../../class-plan.ts';
import { TEMPLATE_CHOICES } from '../../class-templates.ts';
import { classMode } from '../../model.ts';
import { sessionHours } from '../../rules.ts';
import { holidaysFrom, modulesOf } from '../hold-plan.ts';
import { planOfTemplate } from '../plan-of.ts';

type Row = {
	id: string;
	name: string;
	purpose: string;
	form: string | null;
	program: string | null;
	mode: string;
	seats: number;
	days: number;
	sessions: number;
	retired: boolean;
};

/** Templates of the agency by name, those no longer offered last; and what Asah ships that was not taken over yet. */
export async function templatesFor(db: Db, actor: Actor) {
	if (!canManage(actor)) throw missing();
	const { rows } = await sql<Row>`
		select t.id, t.name, t.purpose, t.form, g.name as program, t.mode, t.seats, t.retired_at is not null as retired,
			count(distinct s.day)::int as days, count(s.sort)::int as sessions
		from classes.template t
		left join programs.program g on g.agency_id = t.agency_id and g.id = t.program_id
		left join classes.template_session s on s.agency_id = t.agency_id and s.template_id = t.id
		where t.agency_id = ${actor.agencyId}
		group by t.agency_id, t.id, g.name order by retired, t.name limit 500`.execute(db);
	const names = new Set(rows.map(({ name }) => name));
	return {
		templates: rows.map((row) => ({ ...row, mode: classMode(row.mode) })),
		choices: TEMPLATE_CHOICES.filter(({ name }) => !names.has(name)).map((one) => ({
			choice: one.choice,
			name: one.name,
			purpose: one.purpose,
			form: one.form,
			mode: classMode(one.mode),
			seats: one.seats,
			days: new Set(one.sessions.map(({ day }) => day)).size,
			sessions: one.sessions.length
		}))
	};
}

/** One template with its lines. Refuses: missing. */
export async function templateById(db: Db, actor: Actor, templateId: string) {
	if (!canManage(actor)) throw missing();
	const row = await db
		.selectFrom('classes.template as t')
		.leftJoin('programs.program as g', (on) =>
			on.onRef('g.agency_id', '=', 't.agency_id').onRef('g.id', '=', 't.program_id')
		)
		.select([
			't.id',
			't.name',
			't.purpose',
			't.form',
			't.edition',
			't.retired_at',
			't.program_id as programId',
			'g.name as program'
		])
		.where('t.agency_id', '=', actor.agencyId)
		.where('t.id', '=', templateId)
		.executeTakeFirst();
	if (!row) throw missing();
	const { plan } = await planOfTemplate(db, actor.agencyId, templateId);
	const { retired_at, ...facts } = row;
	return { ...facts, retired: retired_at !== null, plan };
}

export type PlannedLine = {
	topic: string;
	from: string;
	minutes: number;
	mode: string;
	/** Null: teaches none, or none is left for it. */
	module: string | null;
	teaches: boolean;
	hours: number;
	room: string | null;
	anyRoom: boolean;
	facilitators: readonly string[];
} & DayAgain & {
		/** Holidays that its day was pushed over, by name; null for a weekend or a day that was taken. */
		over: (string | null)[];
	};

/** The sessions of a plan as a class of this program would hold them from this day on. Writes nothing. */
export async function previewOf(
	db: Db,
	actor: Actor,
	plan: ClassPlan,
	programId: string,
	startsOn: string
): Promise<PlannedLine[]> {
	if (!canManage(actor)) throw missing();
	const program = await db
		.selectFrom('programs.program')
		.select('version_id')
		.where('agency_id', '=', actor.agencyId)
		.where('id', '=', programId)
		.executeTakeFirst();
	if (!program) throw missing();
	const holidays = await holidaysFrom(db, actor.agencyId, startsOn);
	const days = daysFrom(plan.sessions, startsOn, holidays);
	const modules = spreadModules(
		plan.sessions,
		program.version_id === null ? [] : await modulesOf(db, actor.agencyId, program.version_id)
	);
	const rooms = await roomNames(
		db,
		actor.agencyId,
		plan.sessions.flatMap(({ roomId }) => roomId ?? [])
	);
	return plan.sessions.map((session, index) => {
		const day = days.get(session.day) ?? { on: startsOn, wanted: startsOn, skipped: [] };
		const module = modules[index] ?? null;
		return {
			...day,
			over: [...new Set(day.skipped.map((skipped) => holidays.get(skipped) ?? null))],
			topic: session.topic,
			from: session.from,
			minutes: session.minutes,
			mode: session.mode,
			teaches: session.teaches,
			module: module?.name ?? null,
			hours: module === null ? 0 : (session.learningHours ?? sessionHours(session.minutes, true)),
			room: session.roomId === null ? null : (rooms.get(session.roomId) ?? null),
			anyRoom: session.anyRoom,
			facilitators: session.facilitators
		};
	});
}

async function roomNames(db: Db, agencyId: string, ids: readonly string[]): Promise<Map<string, string>> {
	if (ids.length === 0) return new Map();
	const rows = await db
		.selectFrom('classes.room')
		.select(['id', 'name'])
		.where('agency_id', '=', agencyId)
		.where('id', 'in', [...ids])
		.execute();
	return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What the form of a template chooses from: programs, offices that quotas can be for, rooms in use. Refuses: missing. */
export async function templateFormChoices(db: Db, actor: Actor) {
	if (!canManage(actor)) throw missing();
	const { rows: programs } = await sql<{ id: string; name: string }>`
		select id, name from programs.program where agency_id = ${actor.agencyId} order by name limit 500`.execute(
		db
	);
	const { rows: units } = await sql<{ id: string; name: string }>`
		select u.id, u.name from people.unit u
		where u.agency_id = ${actor.agencyId} and u.valid_to is null and nlevel(u.path) <= 2 order by u.name limit 500`.execute(
		db
	);
	const { rows: rooms } = await sql<{ id: string; name: string }>`
		select id, name from classes.room where agency_id = ${actor.agencyId} and active order by name limit 500`.execute(
		db
	);
	return { programs, units, rooms };
}
