import { createHash } from 'node:crypto';
import { newId } from '#kernel/ids.ts';
import { command } from '#platform/work/command.ts';
import { canFreeze } from '../access.ts';
import { Freeze } from '../input.ts';
import { hoursByUnit } from './learning-hours.ts';

/** Keeps the JP report of a year as it stands now, with its fingerprint, so that it can be handed out and proven. */
export const freezeReport = command(
	'reports.freeze',
	Freeze,
	async ({ tx, actor, now, permit, note }, { year }) => {
		permit(canFreeze(actor));
		const units = await hoursByUnit(tx, actor, year, null);
		const facts = JSON.stringify({ year, units });
		const id = newId();
		await tx
			.insertInto('reports.snapshot')
			.values({
				agency_id: actor.agencyId,
				id,
				kind: 'learningHours',
				year,
				title: `JP ${year}`,
				facts,
				sha256: createHash('sha256').update(facts).digest('hex'),
				made_by: actor.personId,
				made_at: now
			})
			.execute();
		note({ snapshotId: id });
		return { snapshotId: id };
	},
	{ summary: 'Freeze the JP report of a year' }
);
