import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canEditForms, canSeeForms } from '../access.ts';
import { NOW_OF_PROGRAMS } from './chosen-forms.ts';
import { formChoices, type Shipped } from './forms.ts';

/** A version as it is named; null at the end: the shipped form, after sessions: none. */
export type NamedForm = { versionId: string; name: string; shipped: Shipped; number: number } | null;
export type ProgramFormsSince = {
	since: Date;
	by: string | null;
	final: NamedForm;
	session: NamedForm;
};

const named = (
	column: string,
	as: string
) => sql`(select jsonb_build_object('versionId', v.id, 'name', t.name, 'shipped', t.shipped, 'number', v.number)
	from evaluation.form_version v join evaluation.form_template t on t.agency_id = v.agency_id and t.id = v.template_id
	where v.agency_id = p.agency_id and v.id = ${sql.ref(column)}) as ${sql.ref(as)}`;
const SINCE = sql`p.since, w.name as by, ${named('p.final_version_id', 'final')}, ${named('p.session_version_id', 'session')}`;

/** What classes of a program use by themselves, since when, and what held before. Refuses: missing. */
export async function programForms(db: Db, actor: Actor, programId: string) {
	if (!canSeeForms(actor)) throw missing();
	const programs = await sql<{ id: string; code: string; name: string; following: number; chose: number }>`
		select m.id, m.code, m.name,
			(count(c.id) filter (where f.class_id is null))::int as following, count(f.class_id)::int as chose
		from programs.program m
		left join programs.version v on v.agency_id = m.agency_id and v.program_id = m.id
		left join classes.class c on c.agency_id = v.agency_id and c.version_id = v.id and c.status not in ('finished', 'cancelled')
		left join evaluation.class_form f on f.agency_id = c.agency_id and f.class_id = c.id
		where m.agency_id = platform.current_agency() and m.id = ${programId}
		group by m.id, m.code, m.name`.execute(db);
	const program = programs.rows[0];
	if (program === undefined) throw missing();
	const { rows } = await sql<ProgramFormsSince>`
		select ${SINCE}
		from evaluation.program_form p
		left join people.person w on w.agency_id = p.agency_id and w.id = p.set_by
		where p.agency_id = platform.current_agency() and p.program_id = ${programId}
		order by p.since desc limit 50`.execute(db);
	const [now = null] = rows;
	return {
		program,
		now,
		history: rows,
		choices: await formChoices(db, [now?.final?.versionId ?? null, now?.session?.versionId ?? null]),
		can: { set: canEditForms(actor) }
	};
}

export type ProgramWithForms = { id: string; name: string; final: NamedForm; session: NamedForm };

/** Programs whose classes take other forms than the shipped one by themselves; asked by the page of forms, which guards itself. */
export async function programsWithForms(db: Db): Promise<ProgramWithForms[]> {
	const { rows } = await sql<ProgramWithForms>`
		select m.id, m.name, ${named('p.final_version_id', 'final')}, ${named('p.session_version_id', 'session')}
		from ${NOW_OF_PROGRAMS} p
		join programs.program m on m.agency_id = p.agency_id and m.id = p.program_id
		where p.final_version_id is not null or p.session_version_id is not null
		order by m.name limit 200`.execute(db);
	return rows;
}
