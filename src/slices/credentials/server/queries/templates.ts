import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { missing } from '#kernel/errors.ts';
import type { Db } from '#platform/db/db.ts';
import { canIssue } from '../../access.ts';
import { Layout } from '../../template.ts';

export type TemplateChoice = { id: string; name: string; language: string; version: number };

/** The newest version of every template that is still offered, by name. */
export async function templateChoices(db: Db): Promise<TemplateChoice[]> {
	const { rows } = await sql<TemplateChoice>`
		select id, name, language, version from (
			select distinct on (family_id) id, name, language, version, retired_at from credentials.template
			where agency_id = (select platform.current_agency()) order by family_id, version desc) newest
		where retired_at is null order by name`.execute(db);
	return rows;
}

export type TemplateSheet = {
	id: string;
	name: string;
	version: number;
	layout: Layout;
	/** The day of the first certificate printed with it. */
	firstUsedOn: string | null;
};

/** One template, for those who issue. */
export async function templateFor(db: Db, actor: Actor, templateId: string): Promise<TemplateSheet> {
	if (!canIssue(actor)) throw missing();
	const { rows } = await sql<Omit<TemplateSheet, 'layout'> & { layout: unknown }>`
		select id, name, version, layout, first_used_at::date as "firstUsedOn" from credentials.template
		where agency_id = (select platform.current_agency()) and id = ${templateId}`.execute(db);
	const row = rows[0];
	if (!row) throw missing();
	return { ...row, layout: Layout.parse(row.layout) };
}

/** The longest name, with titles, and the longest post of people in the agency: what a template must hold. */
export async function longestName(
	db: Db
): Promise<{ name: string; nip: string | null; post: string; unit: string }> {
	const { rows } = await sql<{ name: string; nip: string | null; post: string; unit: string }>`
		select concat_ws(' ', front_title, concat_ws(', ', name, back_title)) as name, nip,
			coalesce((select post_title from people.staff where agency_id = (select platform.current_agency()) order by length(post_title) desc limit 1), '') as post,
			coalesce(unit_name, '') as unit
		from people.staff where agency_id = (select platform.current_agency())
		order by length(concat_ws(' ', front_title, concat_ws(', ', name, back_title))) desc limit 1`.execute(db);
	return rows[0] ?? { name: 'Nama Lengkap', nip: null, post: '', unit: '' };
}
