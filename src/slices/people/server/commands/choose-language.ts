import { missing } from '#kernel/errors.ts';
import { command } from '#platform/work/command.ts';
import { ChooseLanguage } from '../../history-input.ts';

/** Keeps the language that somebody chose for the screen, so that letters to them speak it too. One's own only. */
export const chooseLanguage = command(
	'people.chooseLanguage',
	ChooseLanguage,
	async ({ tx, actor, permit, note }, { language }) => {
		const { agencyId, personId } = actor;
		permit(personId !== null);
		if (personId === null) throw missing();
		await tx
			.updateTable('people.person')
			.set({ language })
			.where('agency_id', '=', agencyId)
			.where('id', '=', personId)
			.execute();
		note({ personId });
		return {};
	},
	{ summary: 'Keep the language of the screen for letters' }
);
