import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canEditForms, canSeeForms } from '../access.ts';
import { IS_CHOSEN, NOW_OF_PROGRAMS } from './chosen-forms.ts';
import { itemsOfVersion } from './form-items.ts';

/** Which of the two forms that Asah ships it is, named on the screen in the reader's language; null for one's own. */
export type Shipped = 'final' | 'session' | null;

export type FormTemplate = {
	id: string;
	name: string;
	purpose: string;
	shipped: Shipped;
	retired: boolean;
	/** The latest in use, and a draft after it, with how many items each asks. */
	inUse: { versionId: string; number: number; items: number } | null;
	draft: { versionId: string; number: number; items: number } | null;
	/** Classes that chose one of its versions. */
	classes: number;
	/** Programs that give one of its versions to their classes today. */
	programs: number;
};

/** Forms of the agency, those of Asah first, what is no longer offered last. Refuses: missing. */
export async function formTemplates(db: Db, actor: Actor) {
	if (!canSeeForms(actor)) throw missing();
	const { rows } = await sql<FormTemplate>`
		select t.id, t.name, t.purpose, t.shipped, t.retired_at is not null as retired,
			(select jsonb_build_object('versionId', v.id, 'number', v.number, 'items', (select count(*) from evaluation.form_item i
					where i.agency_id = v.agency_id and i.version_id = v.id))
				from evaluation.form_version v where v.agency_id = t.agency_id and v.template_id = t.id and v.in_use_since is not null
				order by v.number desc limit 1) as "inUse",
			(select jsonb_build_object('versionId', v.id, 'number', v.number, 'items', (select count(*) from evaluation.form_item i
					where i.agency_id = v.agency_id and i.version_id = v.id))
				from evaluation.form_version v where v.agency_id = t.agency_id and v.template_id = t.id and v.in_use_since is null) as draft,
			(select count(distinct f.class_id)::int from evaluation.class_form f
				join evaluation.form_version v on v.agency_id = f.agency_id and v.id in (f.final_version_id, f.session_version_id)
				where v.agency_id = t.agency_id and v.template_id = t.id) as classes,
			(select count(*)::int from ${NOW_OF_PROGRAMS} p
				where exists (select from evaluation.form_version v where v.agency_id = t.agency_id and v.template_id = t.id
					and v.id in (p.final_version_id, p.session_version_id))) as programs
		from evaluation.form_template t
		where t.agency_id = platform.current_agency()
		order by t.retired_at is not null, t.shipped is null, t.shipped, t.name limit 500`.execute(db);
	return { templates: rows, can: { edit: canEditForms(actor) } };
}

export type FormVersionFacts = {
	id: string;
	number: number;
	revision: number;
	inUseSince: Date | null;
	savedBy: string;
	savedAt: Date;
	/** By a class or a program, or answered: then it never changes again. */
	chosen: boolean;
	templateId: string;
	name: string;
	purpose: string;
	shipped: Shipped;
	retired: boolean;
};

/** One version with what it asks and its fellows. Refuses: missing. */
export async function formVersion(db: Db, actor: Actor, versionId: string) {
	if (!canSeeForms(actor)) throw missing();
	const { rows } = await sql<FormVersionFacts>`
		select v.id, v.number, v.revision, v.in_use_since as "inUseSince", v.saved_by as "savedBy", v.saved_at as "savedAt",
			t.id as "templateId", t.name, t.purpose, t.shipped, t.retired_at is not null as retired,
			${IS_CHOSEN} as chosen
		from evaluation.form_version v
		join evaluation.form_template t on t.agency_id = v.agency_id and t.id = v.template_id
		where v.agency_id = platform.current_agency() and v.id = ${versionId}`.execute(db);
	const version = rows[0];
	if (version === undefined) throw missing();
	const versions = await sql<{ id: string; number: number; inUse: boolean }>`
		select v.id, v.number, v.in_use_since is not null as "inUse" from evaluation.form_version v
		where v.agency_id = platform.current_agency() and v.template_id = ${version.templateId} order by v.number desc`.execute(
		db
	);
	const newest = versions.rows[0]?.id === versionId;
	const edits = canEditForms(actor);
	const draft = version.inUseSince === null;
	return {
		version,
		versions: versions.rows,
		items: await itemsOfVersion(db, versionId),
		can: {
			edit: edits && draft,
			copy: edits,
			next: edits && !draft && !version.shipped && newest,
			reopen: edits && !draft && !version.shipped && !version.chosen && newest,
			retire: edits && !draft && !version.shipped
		}
	};
}

export type FormChoice = { versionId: string; name: string; shipped: Shipped; number: number; items: number };

/** What a class may choose: the latest version in use of every form that is offered, the class's own choice besides. */
export async function formChoices(db: Db, kept: readonly (string | null)[]): Promise<FormChoice[]> {
	const ids = kept.filter((id) => id !== null);
	const { rows } = await sql<FormChoice>`
		select v.id as "versionId", t.name, t.shipped, v.number,
			(select count(*)::int from evaluation.form_item i where i.agency_id = v.agency_id and i.version_id = v.id) as items
		from evaluation.form_version v
		join evaluation.form_template t on t.agency_id = v.agency_id and t.id = v.template_id
		where v.agency_id = platform.current_agency() and t.shipped is distinct from 'final' and (v.id = any(${ids}::uuid[])
			or (t.retired_at is null and v.in_use_since is not null and not exists (select from evaluation.form_version n
				where n.agency_id = v.agency_id and n.template_id = v.template_id and n.in_use_since is not null and n.number > v.number)))
		order by t.shipped is null, t.name, v.number`.execute(db);
	return rows;
}
