import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { constraintMeans } from '#platform/work/constraint.ts';
import { canEditForms } from '../../access.ts';
import { DraftForm, FormVersion, RetireForm, SaveForm, StartForm, type FormLine } from '../../form-input.ts';
import { lockForm, lockFormOf, lockFormTemplate } from '../lock-form.ts';

constraintMeans('form_template_name', 'evaluation.form.nameTaken');
constraintMeans('form_version_draft', 'evaluation.form.draftThere');

/** A form of the agency's own as a draft, empty or with the items of another. Refuses: name taken. */
export const startForm = command(
	'evaluation.startForm',
	StartForm,
	async ({ tx, actor, now, permit, note }, { name, purpose, copyOf }) => {
		const of = copyOf === undefined ? null : await lockForm(tx, actor.agencyId, copyOf);
		permit(canEditForms(actor));
		const templateId = newId();
		await tx
			.insertInto('evaluation.form_template')
			.values({ agency_id: actor.agencyId, id: templateId, name, purpose })
			.execute();
		const versionId = await draft(tx, { ...actor, now, templateId, number: 1 });
		if (of) await copyItems(tx, actor.agencyId, of.versionId, versionId);
		note({ templateId, versionId });
		return { templateId, versionId };
	},
	{ summary: 'Starts a reaction form of the agency’s own' }
);

/**
 * The next version of a form, as a draft with the items of the one in use, which stays as it is. Refuses: a form that
 * Asah ships (copy it), a draft that is there already.
 */
export const draftForm = command(
	'evaluation.draftForm',
	DraftForm,
	async ({ tx, actor, now, permit, note }, { templateId }) => {
		const held = await lockFormTemplate(tx, actor.agencyId, templateId);
		permit(canEditForms(actor));
		if (held.shipped) throw refused('evaluation.form.shipped');
		if (held.latest === null || held.hasDraft) throw refused('evaluation.form.draftThere');
		const versionId = await draft(tx, { ...actor, now, templateId, number: held.latest.number + 1 });
		await copyItems(tx, actor.agencyId, held.latest.versionId, versionId);
		note({ templateId, versionId });
		return { versionId };
	},
	{ summary: 'Drafts the next version of a reaction form' }
);

/**
 * What a draft asks, in its order. An item with words that another version has is that item, so that answers may be
 * compared. Refuses: in use, saved by somebody else meanwhile, name taken, no items, the same words twice.
 */
export const saveForm = command(
	'evaluation.saveForm',
	SaveForm,
	async ({ tx, actor, now, permit, note }, { versionId, revision, name, purpose, items }) => {
		const held = await lockForm(tx, actor.agencyId, versionId);
		permit(canEditForms(actor));
		if (held.inUse) throw refused('evaluation.form.inUse');
		if (held.revision !== revision) throw refused('evaluation.form.stale', { who: held.savedBy });
		await tx
			.updateTable('evaluation.form_template')
			.set({ name, purpose })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', held.templateId)
			.execute();
		await tx
			.updateTable('evaluation.form_version')
			.set({ revision: revision + 1, saved_by: actor.name, saved_at: now })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', versionId)
			.execute();
		await writeItems(tx, actor.agencyId, versionId, items);
		note({ templateId: held.templateId, versionId });
		return { templateId: held.templateId, revision: revision + 1 };
	},
	{ summary: 'Saves the draft of a reaction form' }
);

/** From now on classes may choose it, and it changes no more. Refuses: in use already, no items. */
export const useForm = command(
	'evaluation.useForm',
	FormVersion,
	async ({ tx, actor, now, permit, note }, { versionId }) => {
		const held = await lockForm(tx, actor.agencyId, versionId);
		permit(canEditForms(actor));
		if (held.inUse) throw refused('evaluation.form.inUse');
		if (held.items === 0) throw refused('evaluation.form.itemsNeeded');
		await setInUse(tx, actor.agencyId, versionId, now);
		note({ templateId: held.templateId, versionId });
		return { templateId: held.templateId };
	},
	{ summary: 'Puts a reaction form in use' }
);

/** Back to a draft, while no class has chosen it. Refuses: chosen, shipped, no longer the latest, a draft in its way. */
export const reopenForm = command(
	'evaluation.reopenForm',
	FormVersion,
	async ({ tx, actor, permit, note }, { versionId }) => {
		const held = await lockForm(tx, actor.agencyId, versionId);
		permit(canEditForms(actor));
		if (!held.inUse) return { templateId: held.templateId };
		if (held.shipped) throw refused('evaluation.form.shipped');
		if (held.chosen) throw refused('evaluation.form.chosen');
		if (!held.isLatest) throw refused('evaluation.form.draftThere');
		await setInUse(tx, actor.agencyId, versionId, null);
		note({ templateId: held.templateId, versionId });
		return { templateId: held.templateId };
	},
	{ summary: 'Takes a reaction form back to its draft' }
);

/** A draft goes; with its first draft the whole form. Refuses: in use. */
export const dropForm = command(
	'evaluation.dropForm',
	FormVersion,
	async ({ tx, actor, permit, note }, { versionId }) => {
		const held = await lockForm(tx, actor.agencyId, versionId);
		permit(canEditForms(actor));
		if (held.inUse) throw refused('evaluation.form.inUse');
		const only = held.number === 1;
		await tx
			.deleteFrom('evaluation.form_version')
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', versionId)
			.execute();
		if (only)
			await tx
				.deleteFrom('evaluation.form_template')
				.where('agency_id', '=', actor.agencyId)
				.where('id', '=', held.templateId)
				.execute();
		await dropUnused(tx, actor.agencyId);
		note({ templateId: held.templateId, versionId });
		return { templateId: only ? null : held.templateId };
	},
	{ summary: 'Drops the draft of a reaction form' }
);

/** No longer offered to classes, or offered again; those that chose it keep it. Refuses: shipped. */
export const retireForm = command(
	'evaluation.retireForm',
	RetireForm,
	async ({ tx, actor, now, permit, note }, { templateId, retired }) => {
		const held = await lockFormOf(tx, actor.agencyId, templateId);
		permit(canEditForms(actor));
		if (held.shipped) throw refused('evaluation.form.shipped');
		await tx
			.updateTable('evaluation.form_template')
			.set({ retired_at: retired ? now : null })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', templateId)
			.execute();
		note({ templateId, retired: retired ? 1 : 0 });
		return { templateId };
	},
	{ summary: 'Stops offering a reaction form, or offers it again' }
);

type NewDraft = { agencyId: string; name: string; now: Date; templateId: string; number: number };

async function draft(tx: Tx, { agencyId, name, now, templateId, number }: NewDraft): Promise<string> {
	const id = newId();
	await tx
		.insertInto('evaluation.form_version')
		.values({ agency_id: agencyId, id, template_id: templateId, number, saved_by: name, saved_at: now })
		.execute();
	return id;
}

const setInUse = (tx: Tx, agencyId: string, versionId: string, since: Date | null) =>
	tx
		.updateTable('evaluation.form_version')
		.set({ in_use_since: since })
		.where('agency_id', '=', agencyId)
		.where('id', '=', versionId)
		.execute();

const copyItems = (tx: Tx, agencyId: string, from: string, to: string) =>
	sql`
		insert into evaluation.form_item (agency_id, version_id, item_code, sort)
		select agency_id, ${to}::uuid, item_code, sort from evaluation.form_item
		where agency_id = ${agencyId} and version_id = ${from}`.execute(tx);

async function writeItems(
	tx: Tx,
	agencyId: string,
	versionId: string,
	items: readonly FormLine[]
): Promise<void> {
	// Two drafts with the same new words at once would make two items of them.
	await sql`select pg_advisory_xact_lock(hashtextextended('reaction_item:' || ${agencyId}::text, 0))`.execute(
		tx
	);
	await tx
		.deleteFrom('evaluation.form_item')
		.where('agency_id', '=', agencyId)
		.where('version_id', '=', versionId)
		.execute();
	const asked = JSON.stringify(
		items.map((item, sort) => ({ ...item, sort, code: `X.${randomBytes(5).toString('hex')}` }))
	);
	await sql`
		with asked as (
			select x.*, i.code as known
			from jsonb_to_recordset(${asked}::jsonb) as x(aspect text, kind text, "wordingId" text, "wordingEn" text, sort integer, code text)
			left join evaluation.reaction_item i on i.agency_id = ${agencyId}::uuid and i.aspect = x.aspect and i.kind = x.kind
				and i.wording_id = x."wordingId" and i.wording_en = x."wordingEn"
		), made as (
			insert into evaluation.reaction_item (agency_id, code, aspect, kind, wording_id, wording_en, sort)
			select ${agencyId}::uuid, code, aspect, kind, "wordingId", "wordingEn", sort from asked where known is null
		)
		insert into evaluation.form_item (agency_id, version_id, item_code, sort)
		select ${agencyId}::uuid, ${versionId}::uuid, coalesce(known, code), sort from asked`.execute(tx);
	await dropUnused(tx, agencyId);
}

/** Items that no version asks and nobody answered. */
const dropUnused = (tx: Tx, agencyId: string) =>
	sql`
		delete from evaluation.reaction_item i
		where i.agency_id = ${agencyId}
			and not exists (select from evaluation.form_item f where f.agency_id = i.agency_id and f.item_code = i.code)
			and not exists (select from evaluation.reaction_answer x where x.agency_id = i.agency_id and x.item_code = i.code)
			and not exists (select from evaluation.session_answer x where x.agency_id = i.agency_id and x.item_code = i.code)
			and not exists (select from evaluation.reaction_change x where x.agency_id = i.agency_id and x.item_code = i.code)`.execute(
		tx
	);
