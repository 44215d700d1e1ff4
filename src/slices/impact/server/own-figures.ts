import { sql } from 'kysely';
import type { CivilDate } from '#kernel/time.ts';
import type { Db } from '#platform/db/db.ts';

/**
 * Every figure of a person, what it was before it was corrected, and the fixed studies they stand in, for their own copy
 * (UU 27/2022 Ps 7). Who corrected a figure is told as on their page. Asks nobody's permission.
 */
export async function figuresAbout(db: Db, personId: string) {
	const measured = await sql<{
		indicator: string;
		unitOfMeasure: string;
		period: CivilDate;
		value: number;
		unit: string;
	}>`
		select i.name as indicator, i.unit_of_measure as "unitOfMeasure", m.period, m.value, u.name as unit
		from impact.person_measurement m
		join impact.indicator i on i.agency_id = m.agency_id and i.id = m.indicator_id
		join people.unit u on u.agency_id = m.agency_id and u.id = m.unit_id
		where m.agency_id = (select platform.current_agency()) and m.person_id = ${personId} order by i.name, m.period`.execute(
		db
	);
	const corrected = await sql<{
		indicator: string;
		period: CivilDate;
		was: number;
		becomes: number;
		reason: string;
		changedBy: string;
		changedAt: Date;
	}>`
		select i.name as indicator, c.period, c.was, c.becomes, c.reason, c.changed_by_name as "changedBy", c.changed_at as "changedAt"
		from impact.person_measurement_change c
		join impact.indicator i on i.agency_id = c.agency_id and i.id = c.indicator_id
		where c.agency_id = (select platform.current_agency()) and c.person_id = ${personId} order by c.changed_at, i.name`.execute(
		db
	);
	const studies = await sql<{
		question: string;
		code: string;
		trained: boolean;
		from: CivilDate | null;
		unit: string;
	}>`
		select s.question, p.code, p.treated as trained, p.treated_from as "from", u.name as unit
		from impact.study_person p
		join impact.study s on s.agency_id = p.agency_id and s.id = p.study_id
		join people.unit u on u.agency_id = p.agency_id and u.id = p.unit_id
		where p.agency_id = (select platform.current_agency()) and p.person_id = ${personId} order by s.created_at, s.id`.execute(
		db
	);
	return { measured: measured.rows, corrected: corrected.rows, studies: studies.rows };
}
