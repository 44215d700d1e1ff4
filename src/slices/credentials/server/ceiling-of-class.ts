import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { type CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';
import { countsInYear } from '../jp.ts';
import { settingOn } from '../jp-setting.ts';
import { hoursOfClass } from '../rules.ts';
import { graduatesOf, type ClassForCertificate } from './graduates.ts';
import { jpSettings } from './jp-settings.ts';
import { jpRates } from './rates.ts';

/** Assigned JP of somebody's year once this class counts, and the ceiling of their kind of employment that they pass. */
export type PastCeiling = { assigned: number; ceiling: number };

/**
 * Of the people who would get a certificate now, those whom it takes past the ceiling of assigned JP (PPPK), by person.
 * A warning for whoever presses "issue": it refuses nothing, because what was learned was learned.
 * @law PerLAN 15/2020: PPPK at most 24 JP by assignment
 */
export async function pastCeiling(
	db: Db,
	actor: Actor,
	classId: string,
	lesson: ClassForCertificate,
	personIds: readonly string[],
	today: CivilDate
): Promise<Map<string, PastCeiling>> {
	const setting = settingOn(await jpSettings(db), lesson.endsOn);
	const year = countsInYear({ endDate: lesson.endsOn, certificateDate: today }, setting.yearBy);
	const { rows } = await sql<{ personId: string; assigned: number; ceiling: number }>`
		with ceiling as (
			select distinct on (employment_kind) employment_kind, learning_hours as hours from credentials.jp_target
			where agency_id = platform.current_agency() and nature = 'ceiling'
				and valid_from <= make_date(${year}, 12, 31) and (valid_to is null or valid_to > make_date(${year}, 12, 31))
			order by employment_kind, valid_from desc
		)
		select p.id as "personId", c.hours as ceiling, (
			select coalesce(sum(e.learning_hours), 0) from credentials.jp_entry e
			where e.agency_id = p.agency_id and e.person_id = p.id and e.year = ${year} and e.status = 'counted' and e.assigned) as assigned
		from people.person p join ceiling c on c.employment_kind = p.employment_kind
		where p.agency_id = platform.current_agency() and p.id = any(${[...personIds]}::uuid[])`.execute(db);
	if (rows.length === 0) return new Map();
	const rates = await jpRates(db, actor.agencyId);
	const graduates = await graduatesOf(
		db,
		classId,
		rows.map(({ personId }) => personId)
	);
	// Hours that were counted elsewhere are not counted twice, and a form without a rate is refused at the press.
	const hours = new Map(
		graduates.map((graduate) => {
			const reckoned = hoursOfClass(rates, lesson, graduate, setting.rounding);
			return [graduate.personId, reckoned.ok && graduate.twin === null ? reckoned.jp : 0];
		})
	);
	return new Map(
		rows
			.map(({ personId, assigned, ceiling }) => {
				const more = hours.get(personId) ?? 0;
				return { personId, more, assigned: assigned + more, ceiling };
			})
			.filter(({ more, assigned, ceiling }) => more > 0 && assigned > ceiling)
			.map(({ personId, assigned, ceiling }) => [personId, { assigned, ceiling }])
	);
}
