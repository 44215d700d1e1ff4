import { sql } from 'kysely';
import { invalidField, missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { personByNip } from '#slices/people/public.server.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canManage, canNameDeputy } from '../../access.ts';
import { EndDeputy, NameDeputy, SetSeatPolicy, SetSeatRules } from '../../input.ts';
import { changeable } from '../../rules.ts';
import { lockClass } from '../lock.ts';
import { promoteWaiting } from '../seats.ts';

constraintMeans('deputy_one', 'classes.deputy.another');
constraintMeans('quota_once', 'classes.seatRules.quotaTwice');

/**
 * Who must agree to requests, until when one may ask, how long an offered seat is kept, what must have been passed
 * before, and how many seats some may hold together. Refuses: class over, last day after its end, the class's own program.
 */
export const setSeatRules = command(
	'classes.setSeatRules',
	SetSeatRules,
	async (beam, input) => {
		const { tx, actor, permit, note } = beam;
		const held = await lockClass(tx, actor.agencyId, input.classId);
		permit(canManage(actor));
		changeable(held.status);
		if (input.asksUntil !== undefined && input.asksUntil > held.endsOn)
			throw invalidField('asksUntil', 'classes.seatRules.afterClass');
		await sql`update classes.class set approval = ${input.approval}, asks_until = ${input.asksUntil ?? null}, answer_hours = ${input.answerHours ?? null}
			where agency_id = ${actor.agencyId} and id = ${held.id}`.execute(tx);
		await sql`delete from classes.prerequisite where agency_id = ${actor.agencyId} and class_id = ${held.id}`.execute(
			tx
		);
		const known = await sql`
			insert into classes.prerequisite (agency_id, class_id, program_id)
			select g.agency_id, ${held.id}, g.id from programs.program g
			where g.agency_id = ${actor.agencyId} and g.id = any(${input.prerequisites}::uuid[])
				and g.id <> (select program_id from programs.version where agency_id = g.agency_id and id = ${held.versionId})`.execute(
			tx
		);
		if (Number(known.numAffectedRows ?? 0) < new Set(input.prerequisites).size)
			throw invalidField('prerequisites', 'classes.seatRules.ownProgram');
		await sql`delete from classes.quota where agency_id = ${actor.agencyId} and class_id = ${held.id}`.execute(
			tx
		);
		const quotas = input.quotas.filter(({ most }) => most !== undefined);
		if (quotas.length > 0)
			await tx
				.insertInto('classes.quota')
				.values(
					quotas.map(({ unitId, postKind, most }) => ({
						agency_id: actor.agencyId,
						id: newId(),
						class_id: held.id,
						unit_id: unitId ?? null,
						post_kind: postKind ?? null,
						most: most ?? 1
					}))
				)
				.execute();
		const moved = await promoteWaiting(beam, { ...held, answerHours: input.answerHours ?? null });
		note({ classId: held.id });
		return { classId: held.id, promoted: moved.length };
	},
	{ summary: 'Sets who may ask for a seat, who agrees, and how seats are shared out' }
);

/** The agency's own hours and no-show rule. */
export const setSeatPolicy = command(
	'classes.setSeatPolicy',
	SetSeatPolicy,
	async ({ tx, actor, permit, note }, input) => {
		permit(canManage(actor));
		const row = {
			decide_hours: input.decideHours,
			no_shows: input.noShows,
			no_show_months: input.noShowMonths
		};
		await tx
			.insertInto('classes.seat_policy')
			.values({ agency_id: actor.agencyId, ...row })
			.onConflict((conflict) => conflict.column('agency_id').doUpdateSet(row))
			.execute();
		note({ decideHours: input.decideHours, noShows: input.noShows });
		return {};
	},
	{ summary: 'Sets how long supervisors have and when empty seats count' }
);

/**
 * Somebody decides requests of a team while its supervisor is away; who names nobody else is the supervisor. Refuses:
 * unknown NIP, oneself, days that overlap another deputy's.
 */
export const nameDeputy = command(
	'classes.nameDeputy',
	NameDeputy,
	async ({ tx, actor, now, today, permit, note }, input) => {
		const supervisorId = input.supervisorId ?? actor.personId;
		if (supervisorId === null) throw missing();
		permit(canNameDeputy(actor, supervisorId));
		if (input.to < today) throw invalidField('to', 'classes.deputy.past');
		const deputyId = await personByNip(tx, actor.agencyId, input.deputyNip);
		if (deputyId === undefined) throw invalidField('deputyNip', 'classes.deputy.unknown');
		if (deputyId === supervisorId) throw invalidField('deputyNip', 'classes.deputy.oneself');
		const id = newId(now.getTime());
		await tx
			.insertInto('classes.deputy')
			.values({
				agency_id: actor.agencyId,
				id,
				supervisor_id: supervisorId,
				deputy_id: deputyId,
				valid_from: input.from,
				valid_to: input.to,
				named_by: actor.accountId,
				named_at: now
			})
			.execute();
		note({ deputyId: id });
		return { deputyId: id };
	},
	{ summary: 'Names who decides requests of a team while its supervisor is away' }
);

/** Ends a deputy's time early. Refuses: over already. */
export const endDeputy = command(
	'classes.endDeputy',
	EndDeputy,
	async ({ tx, actor, now, permit, note }, input) => {
		const deputy = await tx
			.selectFrom('classes.deputy')
			.select(['supervisor_id', 'ended_at'])
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', input.deputyId)
			.forUpdate()
			.executeTakeFirst();
		if (!deputy) throw missing();
		permit(canNameDeputy(actor, deputy.supervisor_id));
		if (deputy.ended_at !== null) throw refused('classes.deputy.over');
		await tx
			.updateTable('classes.deputy')
			.set({ ended_at: now })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', input.deputyId)
			.execute();
		note({ deputyId: input.deputyId });
		return {};
	},
	{ summary: 'Ends a deputy’s time early' }
);
