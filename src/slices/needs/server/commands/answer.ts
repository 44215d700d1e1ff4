import { sharedCommand } from '#platform/work/together.ts';
import { AnswerItems } from '../../input.ts';
import { takeAnswers } from '../answering.ts';

/**
 * Answers to items of the open campaign's instrument, of oneself or of somebody one was chosen to rate; saved at once,
 * again replaces. Refuses: not one's to answer, not open, outside its days, not asked, hidden by a condition, outside
 * the scale. Thousands answer on one morning, so those of one moment share a transaction (decision 12).
 */
export const answerItems = sharedCommand(
	'needs.answer',
	AnswerItems,
	{
		lane: (actor, { campaignId, personId }) => `${campaignId} ${personId ?? ''} ${actor.personId ?? ''}`,
		body: async (beam, parts) => {
			const taken = await takeAnswers(
				beam.tx,
				beam,
				parts.map(({ actor, permit, input }) => ({
					actor,
					permit,
					campaignId: input.campaignId,
					personId: input.personId ?? actor.personId ?? '00000000-0000-0000-0000-000000000000',
					as: input.as,
					answers: input.answers.map((answer) => ({
						itemId: answer.itemId,
						competencyId: answer.competencyId ?? null,
						number: answer.number ?? null,
						mastery: answer.mastery ?? null,
						words: answer.words ?? null,
						codes: answer.codes ?? null
					}))
				}))
			);
			return taken.map((outcome, at) => {
				if (outcome.status === 'rejected') return outcome;
				const { sheet, filled } = outcome.value;
				const about = { campaignId: sheet.campaign.id, personId: sheet.personId };
				parts[at]?.note(about);
				if (filled.complete) parts[at]?.record('needs.rated', about);
				return { status: 'fulfilled', value: { saved: filled.answers.length, complete: filled.complete } };
			});
		}
	},
	// Beside whom it is about, a name would tell who rated them.
	{ audit: 'withoutName', summary: 'Answer questions of the open needs campaign' }
);
