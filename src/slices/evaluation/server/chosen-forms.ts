import { sql, type RawBuilder } from 'kysely';
import { SESSION_EARLY_MINUTES } from '../model.ts';

/**
 * What the program of class `c` gives the forms of its classes, joined as `name`: what held when the form opened. So a
 * later word of the office changes neither a form that people have before them nor the past.
 */
const ofProgram = (name: string, opens: RawBuilder<unknown>) => sql`
	left join lateral (
		select p.final_version_id, p.session_version_id from programs.version pv
		join evaluation.program_form p on p.agency_id = pv.agency_id and p.program_id = pv.program_id
		where pv.agency_id = c.agency_id and pv.id = c.version_id and p.since <= ${opens}
		order by p.since desc limit 1
	) ${sql.ref(name)} on true`;

/** Rows `f` (what class `c` chose itself) and `d` (what its program gives the form at its end); wants `a` and `t` of the class's end. */
export const FORMS_OF_CLASS = sql`
	left join evaluation.class_form f on f.agency_id = c.agency_id and f.class_id = c.id
	${ofProgram('d', sql`coalesce(t.last_end, (c.ends_on + 1)::timestamp at time zone a.time_zone)`)}`;

/** Rows `f` and `e`, the same of session `s` of class `c`. */
export const FORMS_OF_SESSION = sql`
	left join evaluation.class_form f on f.agency_id = c.agency_id and f.class_id = c.id
	${ofProgram('e', sql`s.ends_at - make_interval(mins => ${SESSION_EARLY_MINUTES})`)}`;

/** Version of the form at the end of class `c`; null for the shipped one. A class that chose once no longer follows its program. */
export const FINAL_VERSION = sql<
	string | null
>`(case when f.class_id is null then d.final_version_id else f.final_version_id end)`;
/** Version of the form after sessions, as class `c` or its program has it at its end; null for none. */
export const SESSION_VERSION_OF_CLASS = sql<
	string | null
>`(case when f.class_id is null then d.session_version_id else f.session_version_id end)`;
/** Version of the form after session `s`; null for none. */
export const SESSION_VERSION = sql<
	string | null
>`(case when f.class_id is null then e.session_version_id else f.session_version_id end)`;

/** Whether a class or a program gives version `v` to anybody, or somebody answered it: then it never changes again. */
export const IS_CHOSEN = sql<boolean>`(exists (select from evaluation.class_form f where f.agency_id = v.agency_id and v.id in (f.final_version_id, f.session_version_id))
	or exists (select from evaluation.program_form f where f.agency_id = v.agency_id and v.id in (f.final_version_id, f.session_version_id))
	or exists (select from evaluation.reaction_box b where b.agency_id = v.agency_id and b.version_id = v.id)
	or exists (select from evaluation.session_box b where b.agency_id = v.agency_id and b.version_id = v.id))`;

/** What programs of the agency give their classes today, one row a program. */
export const NOW_OF_PROGRAMS = sql`(select distinct on (p.program_id) p.* from evaluation.program_form p
	where p.agency_id = platform.current_agency() order by p.program_id, p.since desc)`;
