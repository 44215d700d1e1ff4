import { sql } from 'kysely';
import { invalidField, missing } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import { IS_CHOSEN } from './chosen-forms.ts';

export type LockedForm = {
	versionId: string;
	templateId: string;
	number: number;
	revision: number;
	inUse: boolean;
	savedBy: string;
	items: number;
	/** By a class or a program, or answered. */
	chosen: boolean;
	isLatest: boolean;
	shipped: boolean;
};

/** A version and its template. Refuses: missing. */
export async function lockForm(tx: Tx, agencyId: string, versionId: string): Promise<LockedForm> {
	const { rows } = await sql<LockedForm>`
		select v.id as "versionId", v.template_id as "templateId", v.number, v.revision, v.in_use_since is not null as "inUse", v.saved_by as "savedBy",
			(select count(*)::int from evaluation.form_item i where i.agency_id = v.agency_id and i.version_id = v.id) as items,
			${IS_CHOSEN} as chosen, t.shipped is not null as shipped,
			not exists (select from evaluation.form_version n where n.agency_id = v.agency_id and n.template_id = v.template_id and n.number > v.number) as "isLatest"
		from evaluation.form_version v
		join evaluation.form_template t on t.agency_id = v.agency_id and t.id = v.template_id
		where v.agency_id = ${agencyId} and v.id = ${versionId}
		for update of v, t`.execute(tx);
	const held = rows[0];
	if (held === undefined) throw missing();
	return held;
}

/** A template. Refuses: missing. */
export async function lockFormOf(
	tx: Tx,
	agencyId: string,
	templateId: string
): Promise<{ shipped: boolean }> {
	const { rows } = await sql<{ shipped: boolean }>`
		select t.shipped is not null as shipped from evaluation.form_template t
		where t.agency_id = ${agencyId} and t.id = ${templateId} for update`.execute(tx);
	const held = rows[0];
	if (held === undefined) throw missing();
	return held;
}

/** A template with the latest of its versions in use. Refuses: missing. */
export async function lockFormTemplate(tx: Tx, agencyId: string, templateId: string) {
	const { shipped } = await lockFormOf(tx, agencyId, templateId);
	const { rows } = await sql<{ versionId: string; number: number; inUse: boolean }>`
		select v.id as "versionId", v.number, v.in_use_since is not null as "inUse" from evaluation.form_version v
		where v.agency_id = ${agencyId} and v.template_id = ${templateId} order by v.number desc`.execute(tx);
	return {
		shipped,
		latest: rows.find(({ inUse }) => inUse) ?? null,
		hasDraft: rows.some(({ inUse }) => !inUse)
	};
}

/** What a class or a program is given: in use, and offered. Locked, so that it is not taken back to a draft in the same moment. */
export async function mustBeInUse(
	tx: Tx,
	agencyId: string,
	versionId: string | null,
	field: string
): Promise<void> {
	if (versionId === null) return;
	const { rows } = await sql`
		select from evaluation.form_version v
		join evaluation.form_template t on t.agency_id = v.agency_id and t.id = v.template_id and t.retired_at is null
		where v.agency_id = ${agencyId} and v.id = ${versionId} and v.in_use_since is not null
		for share of v`.execute(tx);
	if (rows.length === 0) throw invalidField(field, 'evaluation.form.notOffered');
}
