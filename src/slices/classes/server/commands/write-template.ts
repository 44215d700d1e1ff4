import { sql } from 'kysely';
import type { z } from 'zod';
import { invalidField, missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command, type Beam } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canManage } from '../../access.ts';
import type { ClassPlan } from '../../class-plan.ts';
import { templateOf } from '../../class-templates.ts';
import { notStale } from '../../schedule.ts';
import { MakeTemplate, RetireTemplate, SaveTemplate, TakeTemplate } from '../../template-input.ts';
import { lockClass } from '../lock.ts';
import { planOfClass } from '../plan-of.ts';

constraintMeans('template_name', 'classes.template.nameTaken');
constraintMeans('template_quota_once', 'classes.seatRules.quotaTwice');

type Facts = Omit<z.output<typeof SaveTemplate>, 'templateId' | 'seen'>;

/**
 * A template as its form says, new or changed; classes made of it before stay as they are. Refuses: name taken, saved by
 * somebody else meanwhile, a session without day, hour or length.
 */
export const saveTemplate = command(
	'classes.saveTemplate',
	SaveTemplate,
	async (beam, { templateId, seen, ...facts }) => {
		const { tx, actor, permit, note } = beam;
		permit(canManage(actor));
		if (facts.sessions.length === 0)
			throw invalidField('sessions.0.topic', 'classes.template.sessionsNeeded');
		const held = templateId === undefined ? null : await lockTemplate(tx, actor.agencyId, templateId);
		if (held) notStale(seen, held.edition, held.saved);
		const id = await write(beam, held, facts);
		note({ templateId: id });
		return { templateId: id };
	},
	{ summary: 'Writes a template of a class' }
);

/**
 * A template of a class that was held: days and hours, rooms, parts in which it was taught, rules for seats; not who
 * taught and for whom. Refuses: no sessions, name taken.
 */
export const makeTemplate = command(
	'classes.makeTemplate',
	MakeTemplate,
	async (beam, input) => {
		const { tx, actor, permit, note } = beam;
		const held = await lockClass(tx, actor.agencyId, input.classId);
		permit(canManage(actor));
		const { plan, programId } = await planOfClass(tx, actor.agencyId, held.id);
		if (plan.sessions.length === 0) throw refused('classes.copy.noSessions');
		const form = await formOf(tx, actor.agencyId, held.id);
		const templateId = await write(beam, null, factsOf(plan, input, programId, form));
		note({ templateId, classId: held.id });
		return { templateId };
	},
	{ summary: 'Makes a template of a class' }
);

/** One of the templates that Asah ships, as one of the agency's own. Refuses: no such choice, name taken. */
export const takeTemplate = command(
	'classes.takeTemplate',
	TakeTemplate,
	async (beam, { choice }) => {
		beam.permit(canManage(beam.actor));
		const facts = templateOf(choice);
		if (!facts) throw missing();
		const templateId = await write(beam, null, facts);
		beam.note({ templateId, choice });
		return { templateId };
	},
	{ summary: 'Takes over a template that Asah ships' }
);

/** No longer offered for new classes, or offered again. */
export const retireTemplate = command(
	'classes.retireTemplate',
	RetireTemplate,
	async ({ tx, actor, now, permit, note }, { templateId, retired }) => {
		permit(canManage(actor));
		const held = await lockTemplate(tx, actor.agencyId, templateId);
		await tx
			.updateTable('classes.template')
			.set({
				retired_at: retired ? now : null,
				edition: held.edition + 1,
				saved_by: actor.name,
				saved_at: now
			})
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', templateId)
			.execute();
		note({ templateId, retired: retired ? 1 : 0 });
		return { templateId };
	},
	{ summary: 'Stops offering a template of a class, or offers it again' }
);

type LockedTemplate = { id: string; edition: number; saved: { who: string; when: string } };

async function lockTemplate(tx: Tx, agencyId: string, templateId: string): Promise<LockedTemplate> {
	const { rows } = await sql<{ id: string; edition: number; who: string; when: string }>`
		select t.id, t.edition, t.saved_by as who, to_char(t.saved_at at time zone a.time_zone, 'YYYY-MM-DD"T"HH24:MI') as when
		from classes.template t join platform.agency a on a.agency_id = t.agency_id
		where t.agency_id = ${agencyId} and t.id = ${templateId} for update of t`.execute(tx);
	const [row] = rows;
	if (!row) throw missing();
	return { id: row.id, edition: row.edition, saved: { who: row.who, when: row.when } };
}

async function formOf(tx: Tx, agencyId: string, classId: string): Promise<string | undefined> {
	const row = await tx
		.selectFrom('classes.class')
		.select('form')
		.where('agency_id', '=', agencyId)
		.where('id', '=', classId)
		.executeTakeFirst();
	return row?.form;
}

function factsOf(
	plan: ClassPlan,
	named: { name: string; purpose: string },
	programId: string | null,
	form: string | undefined
): Facts {
	return SaveTemplate.parse({
		...named,
		programId: programId ?? undefined,
		form,
		mode: plan.mode,
		seats: plan.seats,
		place: plan.place,
		approval: plan.approval,
		asksDays: plan.asksDays ?? undefined,
		answerHours: plan.answerHours ?? undefined,
		attendancePercent: plan.attendancePercent ?? undefined,
		prerequisites: plan.prerequisites,
		quotas: plan.quotas.map(({ unitId, postKind, most }) => ({
			unitId: unitId ?? undefined,
			postKind: postKind ?? undefined,
			most
		})),
		sessions: plan.sessions.map((session) => ({
			day: session.day,
			weekend: session.weekend,
			from: session.from,
			minutes: session.minutes,
			topic: session.topic,
			teaches: session.teaches,
			module: session.module ?? undefined,
			mode: session.mode,
			place: session.place,
			room: session.roomId ?? undefined,
			lead: session.teachers[0]?.kind,
			second: session.teachers[1]?.kind
		}))
	});
}

/** The template with all its lines; what it had before is replaced as a whole. */
async function write({ tx, actor, now }: Beam, held: LockedTemplate | null, facts: Facts): Promise<string> {
	const agency_id = actor.agencyId;
	const id = held?.id ?? newId(now.getTime());
	const row = {
		name: facts.name,
		purpose: facts.purpose,
		program_id: facts.programId ?? null,
		form: facts.form ?? null,
		mode: facts.mode,
		seats: facts.seats,
		place: facts.place,
		approval: facts.approval,
		asks_days: facts.asksDays ?? null,
		answer_hours: facts.answerHours ?? null,
		attendance_percent: facts.attendancePercent ?? null,
		edition: (held?.edition ?? 0) + 1,
		saved_by: actor.name,
		saved_at: now
	};
	await tx
		.insertInto('classes.template')
		.values({ agency_id, id, ...row })
		.onConflict((conflict) => conflict.columns(['agency_id', 'id']).doUpdateSet(row))
		.execute();
	await tx
		.deleteFrom('classes.template_session')
		.where('agency_id', '=', agency_id)
		.where('template_id', '=', id)
		.execute();
	await tx
		.deleteFrom('classes.template_prerequisite')
		.where('agency_id', '=', agency_id)
		.where('template_id', '=', id)
		.execute();
	await tx
		.deleteFrom('classes.template_quota')
		.where('agency_id', '=', agency_id)
		.where('template_id', '=', id)
		.execute();
	await tx
		.insertInto('classes.template_session')
		.values(
			facts.sessions.map((session, index) => ({
				agency_id,
				template_id: id,
				sort: index + 1,
				day: session.day,
				weekend: session.weekend,
				from_time: session.from,
				minutes: session.minutes,
				topic: session.topic,
				teaches: session.teaches,
				module: session.teaches ? (session.module ?? null) : null,
				mode: session.mode,
				place: session.place,
				room_id: session.room === 'any' ? null : (session.room ?? null),
				any_room: session.room === 'any',
				facilitators: [session.lead, session.second].filter((kind) => kind !== undefined)
			}))
		)
		.execute();
	if (facts.prerequisites.length > 0)
		await tx
			.insertInto('classes.template_prerequisite')
			.values(facts.prerequisites.map((program_id) => ({ agency_id, template_id: id, program_id })))
			.execute();
	const quotas = facts.quotas.flatMap(({ most, ...of }) => (most === undefined ? [] : [{ ...of, most }]));
	if (quotas.length > 0)
		await tx
			.insertInto('classes.template_quota')
			.values(
				quotas.map(({ unitId, postKind, most }, index) => ({
					agency_id,
					template_id: id,
					sort: index + 1,
					unit_id: unitId ?? null,
					post_kind: postKind ?? null,
					most
				}))
			)
			.execute();
	return id;
}
