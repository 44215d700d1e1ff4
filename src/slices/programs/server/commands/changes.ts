import { missing, refused } from '#kernel/errors.ts';
import { command } from '#platform/work/command.ts';
import { canEdit } from '../../access.ts';
import { AskChange, DecideChange } from '../../input.ts';

/** A finding asks that a version be changed. Its id is the request's, so that heard twice it stands there once. */
export const askChange = command(
	'programs.askChange',
	AskChange,
	async ({ tx, actor, now, permit, note }, { changeId, versionId, wording, evidence, severity }) => {
		permit(canEdit(actor));
		await tx
			.insertInto('programs.change_request')
			.values({
				agency_id: actor.agencyId,
				id: changeId,
				version_id: versionId,
				wording,
				evidence,
				severity,
				asked_at: now
			})
			.onConflict((conflict) => conflict.doNothing())
			.execute();
		note({ versionId, changeRequestId: changeId });
		return {};
	},
	{ summary: 'Ask that a curriculum version be changed' }
);

/** What became of a change request; participants of its classes read the answer. Refuses: decided already. */
export const decideChange = command(
	'programs.decideChange',
	DecideChange,
	async ({ tx, actor, now, permit, note, record }, { changeId, decision, answer }) => {
		const change = await tx
			.selectFrom('programs.change_request')
			.select(['version_id as versionId', 'decision'])
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', changeId)
			.forUpdate()
			.executeTakeFirst();
		if (!change) throw missing();
		permit(canEdit(actor));
		if (change.decision !== null) throw refused('programs.change.alreadyDecided');
		await tx
			.updateTable('programs.change_request')
			.set({ decision, answer, decided_at: now, decided_by: actor.personId })
			.where('agency_id', '=', actor.agencyId)
			.where('id', '=', changeId)
			.execute();
		record('programs.changeDecided', { changeRequestId: changeId });
		note({ versionId: change.versionId, changeRequestId: changeId });
		return {};
	},
	{ summary: 'Answer a change request' }
);
