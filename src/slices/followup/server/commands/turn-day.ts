import { sql } from 'kysely';
import { z } from 'zod';
import { command } from '#platform/work/command.ts';
import { keepsHouse } from '../../access.ts';
import { closeDue } from '../close-evaluations.ts';
import { openDue, remindRaters, replaceSupervisors } from '../evaluation-raters.ts';

/**
 * The day of follow-up: evaluations that are due are opened, those whose time is over are closed and handed to the
 * estimator, raters whose turn it is are asked or reminded, check-ins due today are told, and on the first of a month the
 * commonest obstacles go to heads of units. The day is the caller's key, so that it begins once.
 */
export const turnFollowUpDay = command(
	'followup.turnDay',
	z.object({}),
	async ({ tx, actor, now, today, permit, record, note }) => {
		permit(keepsHouse(actor));
		const { closed, evidence } = await closeDue(tx, today, now);
		const replaced = await replaceSupervisors(tx, today);
		const reminded = await remindRaters(tx, today);
		const opened = await openDue(tx, today);
		const due = await sql`
			select from followup.check_in_due d
			join followup.action_plan p on p.agency_id = d.agency_id and p.id = d.action_plan_id and p.status in ('approved', 'running')
			where d.agency_id = ${actor.agencyId} and d.due_on = ${today}::date and d.check_in_id is null limit 1`.execute(
			tx
		);
		if (closed > 0) record('followup.evaluated', { on: today });
		if (opened + replaced > 0) record('followup.ratersAsked', { on: today });
		if (reminded > 0) record('followup.ratersReminded', { on: today });
		if (due.rows.length > 0) record('followup.checkInsDue', { on: today });
		if (today.endsWith('-01')) record('followup.obstaclesTold', { on: today });
		note({ evaluations: opened });
		return { opened, closed, evidence, replaced, reminded };
	},
	{ summary: 'Do what follow-up has to do today; the system does it each morning' }
);
