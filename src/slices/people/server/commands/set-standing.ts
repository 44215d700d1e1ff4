import { sql } from 'kysely';
import { invalidField } from '#kernel/errors.ts';
import { readGrade } from '#kernel/grades.ts';
import { command } from '#platform/work/command.ts';
import { canOrganise } from '../../access.ts';
import { SetStanding } from '../../history-input.ts';
import { refreshStandings } from '../history/refresh-standings.ts';
import { placeOf } from '../queries/places.ts';

/**
 * Grade or kind of employment from a day on (TMT), past or to come; the person's current one follows on its day.
 * Refuses: out of reach, a grade that does not exist.
 */
export const setStanding = command(
	'people.setStanding',
	SetStanding,
	async ({ tx, actor, today, permit, note }, { personId, grade, employmentKind, validFrom, reason }) => {
		const place = await placeOf(tx, personId);
		permit(canOrganise(actor, place.unitPath));
		const read = grade === undefined ? null : readGrade(grade);
		if (grade !== undefined && read === null) throw invalidField('grade', 'people.standing.noGrade');
		await sql`insert into people.standing (agency_id, person_id, valid_from, grade, employment_kind, seen, reason)
			values (${actor.agencyId}, ${personId}, ${validFrom}, ${read?.name ?? null}, ${employmentKind ?? null}, false, ${reason})
			on conflict (agency_id, person_id, valid_from) do update set
				grade = coalesce(excluded.grade, people.standing.grade),
				employment_kind = coalesce(excluded.employment_kind, people.standing.employment_kind),
				seen = false, reason = excluded.reason`.execute(tx);
		await refreshStandings(tx, actor.agencyId, today, personId);
		note({ personId });
		return { personId };
	},
	{ summary: 'Record a grade or kind of employment from a day on' }
);
