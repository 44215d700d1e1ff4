import { sql } from 'kysely';
import type { Db, Tx } from '#platform/db/db.ts';
import { itemKind, reactionAspect, type FormKey, type ReactionItem } from '../model.ts';
import { FINAL_VERSION, FORMS_OF_CLASS, FORMS_OF_SESSION, SESSION_VERSION } from './chosen-forms.ts';
import { END_OF_CLASS } from './class-end.ts';
import { tablesOf } from './form-tables.ts';

/** The latest version of a form that Asah ships: for the end of a class, which a class uses by itself, or for sessions. */
const shipped = (form: 'final' | 'session') => sql<string | null>`(select v.id from evaluation.form_version v
	join evaluation.form_template t on t.agency_id = v.agency_id and t.id = v.template_id
	where v.agency_id = platform.current_agency() and t.shipped = ${form}
	order by v.number desc limit 1)`;

export async function shippedForm(tx: Tx, form: 'final' | 'session'): Promise<string> {
	const { rows } = await sql<{ id: string | null }>`select ${shipped(form)} as id`.execute(tx);
	const id = rows[0]?.id ?? null;
	if (id === null) throw new Error(`no ${form} form: the agency was made without its seed`);
	return id;
}

/**
 * The version that a class's or session's form is made of: the one its box was made for, else what the class chose, else
 * what its program gave when the form opened, else the shipped one. Null: there is no form after this session.
 */
export async function versionOfForm(db: Db, form: FormKey): Promise<string | null> {
	const tables = tablesOf(form);
	const { rows } =
		form.sessionId === null
			? await sql<{ versionId: string | null }>`
				select coalesce(b.version_id, ${FINAL_VERSION}, ${shipped('final')}) as "versionId"
				from classes.class c
				join platform.agency a on a.agency_id = c.agency_id
				${END_OF_CLASS} ${FORMS_OF_CLASS}
				left join ${tables.box} b on b.agency_id = c.agency_id and b.${tables.column} = c.id
				where c.agency_id = platform.current_agency() and c.id = ${form.classId}`.execute(db)
			: await sql<{ versionId: string | null }>`
				select coalesce(b.version_id, ${SESSION_VERSION}) as "versionId"
				from classes.class c
				join classes.session s on s.agency_id = c.agency_id and s.class_id = c.id and s.id = ${form.sessionId}
				${FORMS_OF_SESSION}
				left join ${tables.box} b on b.agency_id = c.agency_id and b.${tables.column} = s.id
				where c.agency_id = platform.current_agency() and c.id = ${form.classId}`.execute(db);
	return rows[0]?.versionId ?? null;
}

export async function itemsOfVersion(db: Db, versionId: string): Promise<ReactionItem[]> {
	const { rows } = await sql<Omit<ReactionItem, 'kind' | 'aspect'> & { kind: string; aspect: string }>`
		select i.code, i.aspect, i.kind, i.wording_id as "wordingId", i.wording_en as "wordingEn"
		from evaluation.form_item f
		join evaluation.reaction_item i on i.agency_id = f.agency_id and i.code = f.item_code
		where f.agency_id = platform.current_agency() and f.version_id = ${versionId}
		order by f.sort, i.code`.execute(db);
	return rows.map((row) => ({ ...row, kind: itemKind(row.kind), aspect: reactionAspect(row.aspect) }));
}
