import { missing } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canIssue } from '../../access.ts';
import { MakeTemplate, RetireTemplate, SaveTemplate } from '../../input.ts';
import { FIRST_LAYOUT } from '../../template.ts';

/** A new template with the words that Asah brings in that language, to be changed. */
export const makeTemplate = command(
	'credentials.makeTemplate',
	MakeTemplate,
	async ({ tx, actor, now, permit, note }, { name, language }) => {
		permit(canIssue(actor));
		const templateId = newId();
		await tx
			.insertInto('credentials.template')
			.values({
				agency_id: actor.agencyId,
				id: templateId,
				family_id: newId(),
				version: 1,
				name,
				language,
				layout: JSON.stringify(FIRST_LAYOUT[language]),
				changed_by: actor.accountId,
				changed_at: now
			})
			.execute();
		note({ templateId });
		return { templateId };
	},
	{ summary: 'Make a certificate template' }
);

/**
 * Changes a template. One that certificates are printed with stays as it is, and its next version takes its place in
 * the programs that use it. Answers the version that now holds.
 */
export const saveTemplate = command(
	'credentials.saveTemplate',
	SaveTemplate,
	async ({ tx, actor, now, permit, note }, { templateId, name, layout }) => {
		const former = await lockTemplate(tx, actor.agencyId, templateId);
		permit(canIssue(actor));
		const change = {
			name,
			language: layout.language,
			layout: JSON.stringify(layout),
			changed_by: actor.accountId,
			changed_at: now
		};
		if (former.first_used_at === null) {
			await tx
				.updateTable('credentials.template')
				.set(change)
				.where('agency_id', '=', actor.agencyId)
				.where('id', '=', templateId)
				.execute();
			note({ templateId });
			return { templateId, version: former.version };
		}
		const id = newId();
		const version = former.version + 1;
		await tx
			.insertInto('credentials.template')
			.values({ agency_id: actor.agencyId, id, family_id: former.family_id, version, ...change })
			.execute();
		await tx
			.updateTable('credentials.eligibility')
			.set({ template_id: id })
			.where('agency_id', '=', actor.agencyId)
			.where('template_id', '=', templateId)
			.execute();
		note({ templateId: id, formerId: templateId });
		return { templateId: id, version };
	},
	{ summary: 'Change a certificate template' }
);

/** Offered no more; programs that used it go back to the one that Asah brings. What was printed stays. */
export const retireTemplate = command(
	'credentials.retireTemplate',
	RetireTemplate,
	async ({ tx, actor, now, permit, note }, { templateId }) => {
		await lockTemplate(tx, actor.agencyId, templateId);
		permit(canIssue(actor));
		await tx
			.updateTable('credentials.eligibility')
			.set({ template_id: null })
			.where('agency_id', '=', actor.agencyId)
			.where('template_id', '=', templateId)
			.execute();
		await tx
			.updateTable('credentials.template')
			.set({ retired_at: now })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', templateId)
			.execute();
		note({ templateId });
	},
	{ summary: 'Stop offering a certificate template' }
);

async function lockTemplate(tx: Tx, agencyId: string, templateId: string) {
	const template = await tx
		.selectFrom('credentials.template')
		.select(['family_id', 'version', 'first_used_at'])
		.where('agency_id', '=', agencyId)
		.where('id', '=', templateId)
		.where('retired_at', 'is', null)
		.forUpdate()
		.executeTakeFirst();
	if (!template) throw missing();
	return template;
}
