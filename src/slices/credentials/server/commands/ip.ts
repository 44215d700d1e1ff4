import { sql } from 'kysely';
import { invalidField, missing, refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { yearOf } from '#kernel/time.ts';
import { enqueue, unfinishedJob } from '#platform/jobs/jobs.ts';
import { refreshStatistics } from '#platform/db/refresh-statistics.ts';
import { command } from '#platform/work/command.ts';
import { canKeepSanctions, canMeasureIp } from '../../access.ts';
import { MeasureIp, RecordSanction, WithdrawSanction } from '../../rule-input.ts';
import { measure } from '../measure-ip.ts';

/** Has the index of a year measured by a job that the person can watch and leave; a second press answers the same job. */
export const askForIp = command(
	'credentials.askForIp',
	MeasureIp,
	async ({ tx, actor, now, today, permit, note }, { year }) => {
		permit(canMeasureIp(actor));
		if (year > yearOf(today)) throw refused('credentials.ip.yearToCome', { year });
		const underway = await unfinishedJob(tx, actor, measureIp.name, { year });
		const jobId = underway?.own
			? underway.id
			: await enqueue(tx, { actor, kind: measureIp.name, input: { year }, now });
		note({ jobId, year });
		return { jobId };
	},
	{ summary: 'Have the professionalism index of a year measured by a job' }
);

/**
 * Measures the index of everybody whom the rules of the year measure, and reckons the JP of the year anew from their rules;
 * a run is kept with the version that made it. Refuses: a year to come.
 */
export const measureIp = command(
	'credentials.measureIp',
	MeasureIp,
	async ({ tx, actor, now, today, permit, note, progress }, { year }) => {
		permit(canMeasureIp(actor));
		if (year > yearOf(today)) throw refused('credentials.ip.yearToCome', { year });
		const run = await measure(tx, actor, { year, now, today, progress });
		await refreshStatistics(tx, 'credentials.ip_score');
		note({ ipRunId: run.runId, year });
		return run;
	},
	{ summary: 'Measure the professionalism index of a year' }
);

/** Keeps that a sanction was given: its level, the day and number of the decree, nothing of what was done. */
export const recordSanction = command(
	'credentials.recordSanction',
	RecordSanction,
	async ({ tx, actor, now, today, permit, note }, { nip, level, decidedOn, decree }) => {
		permit(canKeepSanctions(actor));
		if (decidedOn > today) throw invalidField('decidedOn', 'credentials.sanction.toCome');
		const digits = nip.replace(/\D/g, '');
		const person = await tx
			.selectFrom('people.person')
			.select('id')
			.where('agency_id', '=', actor.agencyId)
			.where('nip', '=', digits)
			.executeTakeFirst();
		if (!person) throw invalidField('nip', 'credentials.sanction.nobody');
		const id = newId(now.getTime());
		await tx
			.insertInto('credentials.sanction')
			.values({
				agency_id: actor.agencyId,
				id,
				person_id: person.id,
				level,
				decided_on: decidedOn,
				decree,
				recorded_by_name: actor.name,
				recorded_at: now
			})
			.execute();
		note({ sanctionId: id });
		return { sanctionId: id };
	},
	{ summary: 'Keep a disciplinary sanction for the index' }
);

/** Takes a sanction back that was entered by mistake or annulled, with the reason; the record stays. */
export const withdrawSanction = command(
	'credentials.withdrawSanction',
	WithdrawSanction,
	async ({ tx, actor, now, permit, note }, { sanctionId, reason }) => {
		permit(canKeepSanctions(actor));
		const { rows } = await sql<{ withdrawn: boolean }>`
			select withdrawn_at is not null as withdrawn from credentials.sanction
			where agency_id = ${actor.agencyId} and id = ${sanctionId} for update`.execute(tx);
		const [sanction] = rows;
		if (!sanction) throw missing();
		if (sanction.withdrawn) throw refused('credentials.sanction.already');
		await tx
			.updateTable('credentials.sanction')
			.set({ withdrawn_at: now, withdrawn_by_name: actor.name, withdrawn_reason: reason })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', sanctionId)
			.execute();
		note({ sanctionId });
	},
	{ summary: 'Take a disciplinary sanction back' }
);
